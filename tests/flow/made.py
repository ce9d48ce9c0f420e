"""Small programs put together of templates, as no one writes them: what they do is nobody's concern, only that it ends.

A hole is `§` and a letter; what is open when no choices are left is filled with the first template of its kind.
"""
# ruff: noqa: E501 - one template a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

HOLE = re.compile("§([A-Z])")
TEMPLATES = {
    "N": ("a", "b", "x", "list", "map", "n"),
    "F": ("f", "g", "h"),
    "C": ("A", "B", "M"),
    "K": ("load", "a", "b", "then", "length", "get"),
    "I": ("0", "3", "-1", "n", "1e21", "x.length", "NaN"),
    "U": ("'https://a.test/x'", "`https://a.test/${§E}`", "BASE + §E", "§F(§E)", "new URL(§E, BASE)"),
    "L": ("[]", "list", "[§E, §E]", "§L.map(§L)", "[...§L, §E]", "§L.filter((x) => §T)", "Object.keys(§O)"),
    "O": ("{}", "map", "{ §K: §E }", "{ ...§O, §K: §E }", "{ get §K() { return §E; } }", "{ §K() { §S } }"),
    "T": ("x", "n++ < §I", "§N === §E", "list.length === §I", "list.includes(§E)", "!map.§K", "§T && §T"),
    "H": ("() => §E", "§F", "(x) => §F(§E)", "async (x) => { §S }", "§F.bind(null, §E)", "function g(x) { return g(x); }"),
    "Q": ("fetch(§U)", "§F(§E)", "await §F(§E, §H)", "new §C(§E).§K(§E)", "this.§K(§E)", "§L.forEach(§H)", "Promise.all(§L.map(§H))", "§N.§K(§E)", "super.§K(§E)"),
    "E": ("1", "x", "'a'", "this", "§N", "§N.§K", "§N[§E]", "§Q", "§H", "§O", "§L", "new §C(§E)", "§F(§E)", "(§N = §E)", "(n += §E)", "(§T ? §E : §E)", "`${§E}`", "class extends §C { a = §E }"),
    "S": ("§Q;", "return §E;", "const §N = §E;", "§N = §E;", "§N.§K = §E;", "list.push(§E);", "if (§T) { §S }", "if (§T) return §E;", "for (const x of §L) { §S }", "while (§T) { §S }", "try { §S } catch { §S }", "switch (§E) { case 1: §S default: §S }", "setTimeout(§H, §I);", "setInterval(§H, 1000);", "list = §L.filter(§H);", "process.on('exit', §H);", "§S §S"),
    "X": (
        "async function §F(x, y?) { §S §S }",
        "const §F = §H;",
        "const §F = §F.bind(null, §F);",
        "function §F(n = 3) { if (n <= 0) return; §S return §F(n - 1); }",
        "class §C { load = §E; a = §E; constructor(x) { this.b = §E; §S } get(x) { §S return this.b; } }",
        "class §C extends §C { load = §Q; then() { return super.load(§E); } }",
        "class §C extends mixin(§C) { load = §E; a = §E; }",
        "function mixin(Base) { return class extends Base { load = §E; get = §Q; get a() { §S } }; }",
        "const §N = §E;",
        "§C.prototype.§K = §H;",
        "§S",
    ),
}  # fmt: skip
BEGINNING = "const BASE = 'https://a.test'; let list: any[] = []; let n = 0; const map: any = {};\n"
MOST_CHOICES = 45
MOST_DEPTH = 6


def _filled(template: str, choose: Callable[[int], int], left: list[int], depth: int = 0) -> str:
    def one(hole: re.Match[str]) -> str:
        kind = TEMPLATES[hole[1]]
        if not left[0] or depth > MOST_DEPTH:
            return _filled(kind[0], choose, left, depth + 1)
        left[0] -= 1
        return _filled(kind[choose(len(kind))], choose, left, depth + 1)

    return HOLE.sub(one, template)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program of a few declarations that asks for something."""
    left = [MOST_CHOICES]

    def choose(many: int) -> int:
        return draw(st.integers(0, many - 1))

    parts = [_filled("§X", choose, left) for _ in range(draw(st.integers(2, 6)))]
    return BEGINNING + "\n".join((*parts, "f(1); new A(1).load(1); fetch(BASE);"))
