"""Numbers that are added to what is not known, and items of lists of which some are left out."""

from __future__ import annotations

import re

import pytest

from tests.projects import audited, run


@pytest.mark.parametrize(
    "number",
    [
        "new Date().getUTCMonth() + 1",
        "1 + new Date().getHours()",
        "Number(process.argv[2]) + 1",
        "Math.floor(Date.now() / 1000) + 60",
        "process.argv.length + 1",
        "(await (await fetch('https://b.example/page')).json()).page + 1",
    ],
)
def test_a_sum_is_one_part_of_a_path(number: str) -> None:
    inventory = audited({"main.ts": f"const n = {number}\nfetch(`https://a.example/${{n}}/x`)"})
    (call,) = [one for one in inventory.calls if one.host == "a.example"]
    assert re.fullmatch(r"/\{[^{}]*\}/x", call.path)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("'/v' + process.argv.length + 1", "/v{}1"),
        ("'/v' + (process.argv.length + 1)", "/v{}"),
        ("'/v' + 1 + 2", "/v12"),
        ("`/v${1 + 2}`", "/v3"),
        ("'/v' + (-2) ** 3", "/v-8"),
        ("'/v' + (-8) ** 0.5", "/v{}"),
        ("'/v' + (process.argv[2] + '1')", "/v{}1"),
    ],
)
def test_what_follows_a_text_is_a_part_of_it(text: str, path: str) -> None:
    assert run(f"fetch('https://a.example' + {text})") == {f"GET a.example{path}": (1, 1)}


ASKS_WHERE_NONE_IS_TOLD = """
async function send(amount?: number) {{
  if ({test}) amount = await (await fetch('https://a.example/all')).json()
  await fetch('https://a.example/send', {{ method: 'POST' }})
}}
export async function go(needed: number, kept: number) {{ await send({amount}) }}
go(Number(process.argv[2]), Number(process.argv[3]))
"""


@pytest.mark.parametrize("amount", ["needed - kept + 1", "1 + needed", "process.argv.length - 3 + kept"])
def test_a_sum_is_given_and_may_be_zero(amount: str) -> None:
    sent = {"POST a.example/send": (1, 1)}
    assert run(ASKS_WHERE_NONE_IS_TOLD.format(test="amount === undefined", amount=amount)) == sent
    found = run(ASKS_WHERE_NONE_IS_TOLD.format(test="!amount", amount=amount))
    assert found == {**sent, "GET a.example/all": (0, 1)}


def test_a_sum_of_numbers_that_are_known_is_no_zero() -> None:
    found = run(ASKS_WHERE_NONE_IS_TOLD.format(test="!amount", amount="1 + 2"))
    assert found == {"POST a.example/send": (1, 1)}


LIST = "const names = ['a', 'b', 'c']\n"


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        ("names.slice(new Date().getDay())[0]", "abc"),
        ("names.slice(new Date().getDay())[1]", "bc"),
        ("names.filter((name) => name > process.argv[2])[0]", "abc"),
        ("names[0]", "a"),
        ("names.slice(1)[0]", "b"),
        ("names.filter((name) => name !== 'a')[0]", "b"),
    ],
)
def test_an_item_behind_those_that_may_be_left_out_is_any_of_the_rest(item: str, kept: str) -> None:
    low = 0 if len(kept) > 1 else 1
    found = run(f"{LIST}const name = {item}\nif (name) fetch(`https://a.example/${{name}}`)")
    assert {path: most for path, (_, most) in found.items()} == {f"GET a.example/{name}": 1 for name in kept}
    assert all(least == low for least, _ in found.values())
