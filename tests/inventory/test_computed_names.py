"""Functions that are set under names that are computed are not dead: who calls them is not known."""

# ruff: noqa: E501 - a program a line reads best
from __future__ import annotations

import pytest

from tests.projects import audited, cases

ASK = "fetch('https://a.test/one')"
USED = "const api = new Api(process.argv);\napi.put();"
WHY = "it is set under a name that is computed: who calls it is not known"
SET = {
    "by a class": f"class Api {{ constructor(names) {{ for (const n of names) this[n] = () => {ASK}; }} }}\n{USED}",
    "by a function": f"function Api(names) {{ for (var n of names) {{ this[n] = function () {{ return {ASK}; }}; }} }}\n{USED}",
    "by a function without a name": (
        f"const n = process.argv[2];\nconst api = new function () {{ this[n] = function () {{ return {ASK}; }}; }}();\n"
        "api.put();"
    ),
    "by another name of it": (
        f"function Api() {{ const self = this; ['put'].forEach(function (n) {{ self[n] = function () {{ return {ASK}; }}; }}); }}"
        f"\n{USED}"
    ),
    "of a prototype": f"class Api {{}}\nfor (const n of names()) Api.prototype[n] = function () {{ return {ASK}; }};\n{USED}",
    "through another function": (
        f"const ask = () => {ASK};\nclass Api {{ constructor(names) {{ for (const n of names) this[n] = () => ask(); }} }}\n"
        f"{USED}"
    ),
}
DEAD = {
    "a function that nobody calls": f"const ask = () => {ASK};\nclass Api {{ constructor(names) {{ this[names[0]] = () => 1; }} }}\n{USED}",
    "a method that nobody calls": f"class Api {{ constructor(names) {{ this[names[0]] = 1; }} ask() {{ return {ASK}; }} }}\n{USED}",
}


@pytest.mark.parametrize("name", cases(SET))
def test_what_is_set_under_a_computed_name_is_not_known(name: str) -> None:
    inventory = audited({"main.js": SET[name]})
    assert [call.dead for call in inventory.calls] == [False]
    assert [one.why for one in inventory.unknowns] == [WHY]


@pytest.mark.parametrize("name", cases(DEAD))
def test_what_stands_beside_it_is_dead(name: str) -> None:
    inventory = audited({"main.js": DEAD[name]})
    assert [call.dead for call in inventory.calls] == [True]
    assert not [one for one in inventory.unknowns if one.why == WHY]
