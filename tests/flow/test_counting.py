"""A number that counts on is a parameter of the paths that it stands in, whatever it begins with."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, run

EVERY = "setInterval(() => {next}, 1000);"
COUNTING = {
    "field, ++": "class S {{ height = 800; async next() {{ await fetch(`https://a.test/blocks/${{this.height}}`); {step} }} }}"
    " const s = new S(); " + EVERY.format(next="s.next()"),
    "static field": "class S {{ static height = 800; static async next() {{ {step} await fetch(`https://a.test/blocks/${{S.height}}`); }} }}"
    " " + EVERY.format(next="S.next()"),
    "object of the module": "const state = {{ height: 800 }};"
    " async function next() {{ await fetch('https://a.test/blocks/' + state.height); {step} }} " + EVERY.format(next="next()"),
    "variable of the module": "let height = 800;"
    " async function next() {{ await fetch('https://a.test/blocks/' + height); {step} }} " + EVERY.format(next="next()"),
    "variable around": "function make() {{ let height = 800;"
    " return async () => {{ await fetch('https://a.test/blocks/' + height); {step} }}; }} setInterval(make(), 1000);",
    "field of another object": "class S {{ height = 800; async next() {{ await fetch(`https://a.test/blocks/${{this.height}}`); }} }}"
    " const s = new S(); setInterval(() => {{ s.next(); {step} }}, 1000);",
}  # fmt: skip
OWNERS = {
    "field, ++": "this.height",
    "static field": "S.height",
    "object of the module": "state.height",
    "variable of the module": "height",
    "variable around": "height",
    "field of another object": "s.height",
}
STEPS = ["{0}++;", "{0} += 1;", "{0} -= 10;", "{0} = {0} + 1;"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", list(COUNTING))
def test_what_counts_on_is_a_parameter(name: str, step: str) -> None:
    source = COUNTING[name].format(step=step.format(OWNERS[name]))
    assert run(source) == {"GET a.test/blocks/{}": (1, 1)}


@pytest.mark.parametrize("step", ["", "other++;", "report({0} + 1);"])
@pytest.mark.parametrize("name", list(COUNTING))
def test_what_stays_is_a_constant(name: str, step: str) -> None:
    source = "let other = 1; " + COUNTING[name].format(step=step.format(OWNERS[name]))
    assert run(source) == {"GET a.test/blocks/800": (1, 1)}


@pytest.mark.parametrize(
    "source",
    [
        "async function all(page = 1) { const a = await fetch('https://a.test/list/' + page); if (a.more) await all(page + 1); } all();",
        "const all = async (page) => { const a = await fetch(`https://a.test/list/${page}`); if (a.more) return all(1 + page); }; all(1);",
    ],
)
def test_the_levels_of_a_function_ask_for_one_page_after_the_other(source: str) -> None:
    assert run(source) == {"GET a.test/list/{}": (1, None)}
    assert audited({"main.ts": source}).retries == ()


def test_a_number_that_counts_attempts_is_one_still() -> None:
    source = """
    async function load(tries = 0) {
      try { return await fetch('https://a.test/x'); } catch (e) { if (tries < 2) return load(tries + 1); throw e; }
    }
    load();
    """
    (retry,) = audited({"main.ts": source}).retries
    assert retry.max_attempts == 3
