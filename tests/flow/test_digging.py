"""What lies at a path of an object, or a default."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

CASES: dict[str, str] = {
    "lodash": "import _ from 'lodash'; fetch(_.get({ api: { url: 'https://a.test' } }, 'api.url') + '/one');",
    "lodash, named": "import { get } from 'lodash'; fetch(get({ api: { url: 'https://a.test' } }, 'api.url', 'https://b.test') + '/one');",
    "lodash by method": "import get from 'lodash/get'; fetch(get({ api: { url: 'https://a.test' } }, ['api', 'url']) + '/one');",
    "lodash, require": "const _ = require('lodash'); fetch(_.get({ api: {} }, 'api.url', 'https://a.test') + '/one');",
    "an item of a list": "import _ from 'lodash'; fetch(_.get({ urls: ['https://a.test'] }, 'urls[0]') + '/one');",
    "a Map's get is another": "const m = new Map([['x.y', 'https://a.test']]); fetch(m.get('x.y') + '/one');",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CASES))
def test_what_is_found(name: str) -> None:
    assert run(CASES[name]) == {"GET a.test/one": (1, 1)}


@pytest.mark.parametrize("every", ["_.get(config, 'a.every', 45000)", "_.get(config, path, 45000)"])
def test_the_default_of_an_interval(every: str) -> None:
    source = f"import _ from 'lodash'; const config = JSON.parse('1'); const path = JSON.parse('2'); setInterval(() => fetch('https://a.test/one'), {every});"
    (trigger,) = audited({"main.ts": source}).triggers
    assert [item.ms for item in trigger.intervals] == [45_000]


def test_nothing_is_made_up_without_a_default() -> None:
    source = "import _ from 'lodash'; setInterval(() => fetch('https://a.test/one'), _.get(JSON.parse('1'), 'every'));"
    (trigger,) = audited({"main.ts": source}).triggers
    assert trigger.intervals == ()
