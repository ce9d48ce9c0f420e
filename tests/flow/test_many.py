"""More alternatives than are told apart: functions among them are all followed, and so are those in pairs."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

MANY = 20
MADE = [f"async () => fetch('https://a{number}.test/x')" for number in range(MANY)]
TABLE = "const table = {\n" + ",\n".join(f"k{number}: {made}" for number, made in enumerate(MADE)) + " };"
PAIRS = "const pairs = [\n" + ",\n".join(f"['k{number}', {made}]" for number, made in enumerate(MADE)) + "];"
FOUND = {
    "or nothing": f"{TABLE} function pick(k) {{ if (!k) return null; return table[k]; }} async function main(k) {{ const h = pick(k); if (h) await h(); }} main(process.argv[2]);",
    "or a text": f"{TABLE} const any = (k) => (k ? table[k] : 'none'); async function main(k) {{ const h = any(k); if (typeof h === 'function') await h(); }} main(process.argv[2]);",
    "one of pairs": f"{PAIRS} async function main(k) {{ const pair = pairs[k]; await pair[1](); }} main(process.argv[2]);",
    "a pair that is found": f"{PAIRS} async function main(k) {{ const [, h] = pairs.find(([name]) => name === k) ?? []; if (h) await h(); }} main(process.argv[2]);",
}


@pytest.mark.parametrize("name", cases(FOUND))
def test_each_of_many_functions_may_be_called(name: str) -> None:
    assert run(FOUND[name]) == {f"GET a{number}.test/x": (0, 1) for number in range(MANY)}
    assert not [call for call in audited({"main.ts": FOUND[name]}).calls if call.dead]


@pytest.mark.parametrize("name", cases(FOUND))
def test_a_function_that_is_none_of_them_is_not_called(name: str) -> None:
    found = audited({"main.ts": "const spare = async () => fetch('https://b.test/x'); " + FOUND[name]})
    assert [call.host for call in found.calls if call.dead] == ["b.test"]


def test_pairs_of_unlike_lengths_are_kept_apart() -> None:
    short = ",\n".join(f"['https://b{number}.test/x']" for number in range(MANY))
    source = f"{PAIRS} const short = [{short}]; const all = [...pairs, ...short]; async function main(k) {{ const one = all[k]; if (one.length === 2) await one[1](); }} main(process.argv[2]);"
    assert {f"GET a{number}.test/x" for number in range(MANY)} <= set(run(source))
