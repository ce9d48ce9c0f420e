"""Lists whose length something else changes than what made them: how many items they have is not known."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import cases, run

ASK = "for (const id of list) await fetch('https://a.test/one');"
OPEN = (0, None)
FILL = {"fill.ts": "export function fill(items: string[]) { items.push('x', 'y'); }\nexport const read = (items: string[]) => items.length;"}  # fmt: skip
LISTS = {
    "another name": (f"const list = ['a']; const other = list; other.push('b'); {ASK}", OPEN),
    "another name of an empty list": (f"async function f() {{ const list: string[] = []; let other; other = list; other.push('b', 'c'); {ASK} }} f();", OPEN),
    "a field by another name": ("class C { list = ['a']; async run() { const mine = this.list; mine.push('b'); for (const id of this.list) await fetch('https://a.test/one'); } } new C().run();", OPEN),
    "out of an object": ("const state = { list: ['a'] }; const { list } = state; list.push('b'); for (const id of state.list) await fetch('https://a.test/one');", OPEN),
    "into an object": (f"const list = ['a']; const state = {{ kept: list }}; state.kept.push('b'); {ASK}", OPEN),
    "a function": (f"const list = ['a']; const add = (to: string[], one: string) => to.push(one); add(list, 'b'); {ASK}", OPEN),
    "a function of another module": (f"import {{ fill }} from './fill'; const list = ['a']; fill(list); {ASK}", OPEN),
    "through another function": (f"import {{ fill }} from './fill'; function twice(l: string[]) {{ fill(l); fill(l); }} const list = ['a']; twice(list); {ASK}", OPEN),
    "a method": (f"class Box {{ fill(into: string[]) {{ into.unshift('x'); }} }} const list = ['a']; new Box().fill(list); {ASK}", OPEN),
    "a package": (f"import {{ collect }} from 'some-package'; const list: string[] = []; collect(list); {ASK}", OPEN),
    "by its length": (f"const list = ['a', 'b', 'c']; list.length = 1; {ASK}", OPEN),
    "by the method of all lists": (f"const list = ['a']; Array.prototype.push.apply(list, ['b', 'c']); {ASK}", OPEN),
    "what a function is handed": (f"async function f(list: string[]) {{ list.push('c'); {ASK} }} f(['a', 'b']);", OPEN),
    "what it is handed by default": (f"async function f(list = ['a', 'b']) {{ list.push('c'); {ASK} }} f();", OPEN),
    # ---
    "only read": (f"import {{ read }} from './fill'; const list = ['a', 'b']; read(list); {ASK}", (2, 2)),
    "read by another name": (f"const list = ['a', 'b']; const other = list; console.log(other.length); {ASK}", (2, 2)),
    "another list of the function": (f"function f(kept: string[]) {{ const own: string[] = []; own.push(...kept); return own; }} const list = ['a', 'b']; f(list); {ASK}", (2, 2)),
    "a package that is handed items": (f"import {{ send }} from 'some-package'; const list = ['a', 'b']; send(list); {ASK}", (2, 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(LISTS))
def test_how_many_items_a_list_has(name: str) -> None:
    source, wanted = LISTS[name]
    assert run(source, FILL) == {"GET a.test/one": wanted}


HEAD = "const ids = ['a', 'b']; const kept = ids.filter((id) => id !== process.argv[2]); const nested = [['a', 'b'], ['c']];\n"
MADE = {
    "numbered": ("[...kept.entries()]", (0, 2)),
    "entries alone": ("kept.entries()", (0, 2)),
    "spread": ("[...kept, 'z']", (0, 3)),
    "joined": ("kept.concat(['z'])", (0, 3)),
    "joined behind": ("ids.concat(kept)", (0, 4)),
    "joined with something": ("ids.concat(process.argv)", OPEN),
    "flattened": ("nested.flat()", (3, 3)),
    "flattened by a function": ("nested.flatMap((one) => one)", (3, 3)),
    "flattened, of something": ("[ids, process.argv].flat()", OPEN),
    # ---
    "all of them": ("ids.entries()", (2, 2)),
    "spread whole": ("[...ids, 'z']", (3, 3)),
    "joined whole": ("ids.concat(ids)", (4, 4)),
    "no lists": ("ids.flatMap((id) => id + '!')", (2, 2)),
}


@pytest.mark.parametrize("name", cases(MADE))
def test_what_is_made_of_lists_that_lack_items(name: str) -> None:
    made, wanted = MADE[name]
    assert run(f"{HEAD}for (const id of {made}) await fetch('https://a.test/one');") == {"GET a.test/one": wanted}
