"""Calls through files and exports that the repository does not have are not known; nothing behind them is dead."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited

POLLS: dict[str, Files] = {
    "a file that is not there": {
        "main.ts": "import { info } from './generated/api';\nsetInterval(() => { info(); }, 5000);",
    },
    "a class of a file that is not there": {
        "main.ts": """
            import { Api } from './generated/api';
            const api = new Api('x');
            setInterval(async () => { await api.system.info(); }, 5000);
        """,
    },
    "an export that is not there": {
        "main.ts": "import { info } from './api';\nasync function tick() { await info(); }\nsetInterval(tick, 5000);",
        "api.ts": "export const other = 1;",
    },
    "a default export's member": {
        "main.ts": "import api from './generated/api.js';\nsetInterval(() => api.info(), 5000);",
    },
    "an injected class": {
        "main.ts": """
            import { Injectable } from '@angular/core';
            import { Api } from './generated/api';
            @Injectable()
            export class Live {
              constructor(private api: Api) { setInterval(() => { this.api.info(); }, 5000); }
            }
        """,
    },
}

SILENT: dict[str, Files] = {
    "a type": {
        "main.ts": "import { Info } from './generated/models';\nsetInterval((i: Info) => { i.list.push(1); }, 5000);"
    },
    "an interface that is exported": {
        "main.ts": "import { Info } from './models';\nlet all: Info[];\nsetInterval(() => { all.pop(); }, 5000);",
        "models.ts": "export interface Info { a: string }",
    },
    "an interface of what a constructor is given": {
        "main.ts": """
            import { Injectable } from '@angular/core';
            import { Info } from './models';
            @Injectable()
            export class Live {
              constructor(private info: Info) { setInterval(() => { this.info.list.slice(); }, 5000); }
            }
        """,
        "models.ts": "export interface Info { list: string[] }",
    },
    "a stylesheet": {"main.ts": "import css from './main.css';\nsetInterval(() => { css.toString(); }, 5000);"},
    "a function that is there": {
        "main.ts": "import { info } from './api';\nsetInterval(() => { info(); }, 5000);",
        "api.ts": "export const info = () => 1;",
    },
}

SENT = "export async function orders() { return fetch('https://a.test/orders'); }"

HANDED: dict[str, Files] = {
    "a function": {
        "main.ts": "import { handle } from './generated/rpc';\nimport { orders } from './orders';\n"
        "handle(() => wrap());\n"
        "async function wrap() { return orders(); }",
        "orders.ts": SENT,
    },
    "an object of functions": {
        "main.ts": "import { orders } from './orders';\nimport { t } from './rpc';\n"
        "export const router = t.router({ list: t.query(async () => { const one = make(); return one.all(); }) });\n"
        "class Orders { async all() { return orders(); } }\nfunction make() { return kept; }\n"
        "let kept: any = null;\nexport function start() { kept = new Orders(); }",
        "rpc.ts": "export const other = 1;",
        "orders.ts": SENT,
    },
}


@pytest.mark.parametrize("name", POLLS)
def test_a_poll_through_what_is_missing_asks_what_is_not_known(name: str) -> None:
    inventory = audited({"package.json": '{"dependencies": {"@angular/core": "17.0.0"}}', **POLLS[name]})
    (poll,) = [one for one in inventory.triggers if one.kind == "timer"]
    assert poll.asks_unknown
    assert poll.calls_network
    assert not poll.endpoints
    assert not inventory.calls
    (unknown,) = inventory.unknowns
    assert unknown.file == "main.ts"
    assert "may send requests" in unknown.why


@pytest.mark.parametrize("name", SILENT)
def test_what_is_no_call_of_something_missing_says_nothing(name: str) -> None:
    inventory = audited(SILENT[name])
    assert not inventory.unknowns
    assert not any(one.asks_unknown or one.calls_network for one in inventory.triggers)


@pytest.mark.parametrize("name", HANDED)
def test_what_is_handed_to_something_missing_is_not_dead(name: str) -> None:
    inventory = audited(HANDED[name])
    (call,) = inventory.calls
    assert not call.dead


def test_what_is_not_handed_to_it_is_dead_all_the_same() -> None:
    files = {
        "main.ts": "import { handle } from './generated/rpc';\nimport './orders';\nhandle(() => 1);",
        "orders.ts": SENT,
    }
    (call,) = audited(files).calls
    assert call.dead
