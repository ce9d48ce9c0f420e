"""Switches of settings that something unknown is spread over, and objects that functions inside of a function fill."""

from __future__ import annotations

import pytest

from tests.projects import run

SAVED = "JSON.parse(process.argv[2])"
SETTINGS = [
    f"const load = () => ({{ ...USUAL, ...{SAVED} }});",
    f"function load() {{ if (!process.argv[2]) return USUAL; return {{ ...USUAL, ...{SAVED} }}; }}",
    f"const load = () => (process.argv[2] ? {{ on: false, url: '', ...{SAVED} }} : USUAL);",
]


@pytest.mark.parametrize("load", SETTINGS)
def test_a_switch_may_be_turned_by_what_is_spread_over_it(load: str) -> None:
    source = f"""
        const USUAL = {{ on: false, url: '' }};
        {load}
        const settings = load();
        if (settings.on && settings.url) await fetch('https://a.test/sent');
    """
    assert run(source) == {"GET a.test/sent": (0, 1)}


def test_other_words_stand_for_what_is_spread_over_them() -> None:
    source = f"""
        const settings = {{ base: 'https://a.test', method: 'POST', ...{SAVED} }};
        await fetch(settings.base + '/x', {{ method: settings.method }});
    """
    assert run(source) == {"POST a.test/x": (1, 1)}


def test_a_switch_that_is_spread_before_is_known() -> None:
    source = f"const s = {{ ...{SAVED}, on: false }}; if (s.on) await fetch('https://a.test/sent');"
    assert run(source) == {}


FILLED = """
    function keys(list: any[]) {
      const found: Record<string, string> = {};
      %s
      return { found };
    }
    const { found } = keys(JSON.parse(process.argv[2]));
    %s
"""


@pytest.mark.parametrize(
    "fill",
    [
        "list.forEach((one) => { found.first = one.key; });",
        "list.filter((one) => one.on).forEach((one) => { if (one.kind === 'a') { found.first = one.key; } });",
        "const put = (key: string) => { found.first = key; }; for (const one of list) put(one.key);",
    ],
)
@pytest.mark.parametrize("test", ["Object.keys(found).length > 0", "found.first"])
def test_what_functions_inside_set_may_be_there(fill: str, test: str) -> None:
    source = FILLED % (fill, f"if ({test}) await fetch('https://a.test/sent');")
    assert "GET a.test/sent" in run(source)


def test_what_nothing_fills_is_empty() -> None:
    source = FILLED % (
        "list.forEach((one) => { one.seen = true; });",
        "if (found.first) await fetch('https://a.test/x');",
    )
    assert run(source) == {}
