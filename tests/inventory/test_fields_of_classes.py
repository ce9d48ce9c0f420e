"""What the fields of classes begin with: it runs where a container makes an object, and is dead where nothing does."""

from __future__ import annotations

import pytest

from tests.projects import audited, called

NEST = {"package.json": '{"dependencies": {"@nestjs/core": "10.0.0", "@nestjs/common": "10.0.0"}}'}
POLL = "setInterval(() => fetch('https://a.test/live'), 5000)"


@pytest.mark.parametrize("field", [f"private timer = {POLL};", f"readonly timers = [{POLL}];"])
@pytest.mark.parametrize("constructor", ["", "constructor() { fetch('https://a.test/first'); }"])
def test_a_provider_that_a_container_makes_begins_its_fields(field: str, constructor: str) -> None:
    source = f"""
        import {{ Injectable }} from '@nestjs/common';
        @Injectable()
        export class Live {{ {field} {constructor} }}
    """
    inventory = audited({**NEST, "live.ts": source})
    first = {"GET a.test/first": (1, 1)} if constructor else {}
    assert called(inventory, "script", "Live.constructor") == {"GET a.test/live": (1, 1), **first}
    assert [one.intervals[0].ms for one in inventory.triggers] == [5000]


@pytest.mark.parametrize(
    "field", ["now = fetch('https://a.test/now');", "now = [1].map(() => fetch('https://a.test/now'));"]
)
def test_what_nothing_makes_is_dead(field: str) -> None:
    inventory = audited({"live.ts": f"export class Live {{ {field} }}"})
    assert [(call.path, call.dead) for call in inventory.calls] == [("/now", True)]


def test_what_is_made_is_not_dead() -> None:
    inventory = audited({"main.ts": "class Live { now = fetch('https://a.test/now'); }\nnew Live();"})
    assert [(call.path, call.dead) for call in inventory.calls] == [("/now", False)]


def test_a_field_that_is_a_function_does_nothing_by_itself() -> None:
    source = """
        import { Injectable } from '@nestjs/common';
        @Injectable()
        export class Live { later = () => fetch('https://a.test/later'); }
    """
    inventory = audited({**NEST, "live.ts": source})
    assert not inventory.entries
    assert [call.dead for call in inventory.calls] == [True]
