"""Values that code takes from JSON files, in each spelling, and the files that give none."""

from __future__ import annotations

import pytest

from tests.projects import audited, run

SETTINGS = {"config/api.json": '{"url": "https://a.example/v1", "every": 5000, "names": ["x", "y"]}'}


@pytest.mark.parametrize(
    "taken",
    [
        "import settings from './config/api.json'",
        "import settings from './config/api.json' with { type: 'json' }",
        "import * as settings from './config/api.json'",
        "import settings from '@/config/api.json'",
        "const settings = require('./config/api.json')",
        "const settings = require('./config/api')",
    ],
)
def test_what_a_json_file_says_is_known(taken: str) -> None:
    assert run(f"{taken}\nfetch(settings.url + '/p')", SETTINGS) == {"GET a.example/v1/p": (1, 1)}


@pytest.mark.parametrize(
    "taken",
    [
        "import { url } from './config/api.json'",
        "import { url as root } from './config/api.json'\nconst url = root",
        "const { url } = require('./config/api.json')",
        "const url = require('./config/api').url",
        "const { default: { url } } = await import('./config/api.json')",
        "const url = (await import('./config/api.json')).default.url",
    ],
)
def test_a_part_of_a_json_file_is_known(taken: str) -> None:
    assert run(f"{taken}\nfetch(url + '/p')", SETTINGS) == {"GET a.example/v1/p": (1, 1)}


def test_its_numbers_are_intervals_and_its_lists_are_rounds() -> None:
    source = """
    const settings = require('./config/api.json')
    setInterval(() => fetch(settings.url), settings.every)
    for (const name of settings.names) fetch(`${settings.url}/${name}`)
    """
    assert run(source, SETTINGS) == {
        "GET a.example/v1": (1, 1),
        "GET a.example/v1/x": (1, 1),
        "GET a.example/v1/y": (1, 1),
    }
    (timer,) = audited({"main.ts": source, **SETTINGS}).triggers
    assert [one.ms for one in timer.intervals] == [5000]


def test_a_file_of_each_network_gives_one_way_each() -> None:
    files = {
        "live.json": '{"api": "https://live.example"}',
        "trial.json": '{"api": "https://trial.example"}',
        "networks.js": """
        const live = require('./live.json')
        const trial = require('./trial.json')
        function endpoints (network) {
          if (network === 'live') return live
          return trial
        }
        module.exports = { get: (name) => endpoints(process.env.NETWORK)[name] }
        """,
    }
    source = "const { get } = require('./networks')\nfetch(get('api') + '/p')"
    assert run(source, files) == {"GET live.example/p": (1, 1)}
    (script,) = audited({"main.ts": source, **files}).entries
    assert [one.other_hosts for one in script.reaches] == [("trial.example",)]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"other/api.json": '{"url": "https://a.example/v1"}'},
        {"config/api.json": '{"url": "https://a.example/v1", "text": "' + "x" * 70_000 + '"}'},
        {"config/api.json": '{"url": "https://a.example/v1"}', "config/api.ts": "export const url = process.env.API"},
    ],
)
def test_nothing_is_made_up_where_no_file_says_it(files: dict[str, str]) -> None:
    assert "GET a.example/v1/p" not in run("const { url } = require('./config/api')\nfetch(url + '/p')", files)


def test_it_is_no_file_of_code() -> None:
    inventory = audited({"main.ts": "import s from './config/api.json'\nfetch(s.url)", **SETTINGS})
    assert inventory.files.analyzed == 1
    assert {one.file for one in inventory.entries} == {"main.ts"}


CALLS = "async function () { await fetch('https://a.example/s') }"


@pytest.mark.parametrize(
    "source",
    [
        "import { send } from './api'\nsend()",
        "import { send as go } from './api'\nexport const later = () => go()\nlater()",
        "const { send } = await import('./api')\nsend()",
        "const api = (await import('./api')).default\napi.send()",
        "import api from './api'\napi.send()",
    ],
)
def test_parts_of_what_a_commonjs_module_is_are_imported_by_name(source: str) -> None:
    assert run(source, {"api.js": f"module.exports = {{ send: {CALLS}, other () {{}} }}"}) == {
        "GET a.example/s": (1, 1)
    }


def test_a_part_that_a_commonjs_module_has_not_is_not_another_one() -> None:
    source = "import { other } from './api'\nother()"
    assert run(source, {"api.js": f"module.exports = {{ send: {CALLS}, other () {{}} }}"}) == {}
