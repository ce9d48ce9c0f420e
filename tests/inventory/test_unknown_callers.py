"""What nothing is seen to call is dead, unless something calls a method of its name on an object that is not known."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited

SERVICE = """
    export class Prices {
      async refresh() { return this.pull(); }
      private async pull() { return fetch('https://a.test/prices'); }
      async other() { return fetch('https://a.test/other'); }
    }
"""

CALLED: dict[str, str] = {
    "of a container of a package": """
        import { createContainer } from 'awilix';
        const container = createContainer();
        const work = async (name: string) => { await container.resolve(name).refresh(); };
        void work(process.argv[2]);
    """,
    "of a parameter without a type": """
        import express from 'express';
        import './prices';
        const app = express();
        const each = (one) => one.refresh();
        app.get('/x', (req, res) => { each(req.app.locals.prices); res.end(); });
    """,
    "of a parameter that may be anything": """
        import './prices';
        export async function start(plugins: Record<string, any>) {
          for (const name of Object.keys(plugins)) await plugins[name].refresh();
        }
        void start(JSON.parse('{}'));
    """,
    "of what fits an interface": """
        import './prices';
        interface Refreshed { refresh(): Promise<unknown>; }
        export async function start(all: Refreshed[]) { for (const one of all) await one.refresh(); }
        void start([]);
    """,
}

NOT_CALLED: dict[str, str] = {
    "nobody": "import './prices'; void fetch('https://a.test/y');",
    "of an object of a package": """
        import { Feed } from 'feeds';
        import './prices';
        const run = async (feed: Feed) => { await feed.refresh(); await fetch('https://a.test/y'); };
        void run(new Feed());
    """,
    "of an object of the platform": """
        import './prices';
        document.querySelector('#list').refresh();
        void fetch('https://a.test/y');
    """,
    "in code that is dead itself": """
        import './prices';
        export async function gone(one: any) { await one.refresh(); }
        void fetch('https://a.test/y');
    """,
    "of another class": """
        import './prices';
        class Other { async refresh() { return fetch('https://a.test/y'); } }
        void new Other().refresh();
    """,
}


def _files(source: str) -> Files:
    return {"main.ts": source, "prices.ts": SERVICE}


@pytest.mark.parametrize("name", CALLED)
def test_what_a_call_on_an_unknown_object_may_run_is_not_dead(name: str) -> None:
    inventory = audited(_files(CALLED[name]))
    dead = {call.path: call.dead for call in inventory.calls}
    assert dead == {"/prices": False, "/other": True}
    (unknown,) = [one for one in inventory.unknowns if one.what == "refresh()"]
    assert unknown.file == "main.ts"
    assert "Prices.refresh at prices.ts:2" in unknown.why


@pytest.mark.parametrize("name", NOT_CALLED)
def test_what_no_call_can_mean_is_dead(name: str) -> None:
    inventory = audited(_files(NOT_CALLED[name]))
    assert {call.path: call.dead for call in inventory.calls} == {"/prices": True, "/other": True, "/y": False}
    assert not [one for one in inventory.unknowns if one.what == "refresh()"]
