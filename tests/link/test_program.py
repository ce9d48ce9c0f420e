"""What a name in one file means in another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from callaudit.link.definitions import Defined, Definition, Foreign, ModuleObject, Unlinked
from callaudit.link.module import Module
from callaudit.link.program import Program
from callaudit.project import Resolver, load_project
from callaudit.syntax.extraction import extract


def program(files: dict[str, str]) -> Program:
    """The linked program of a small project."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"package.json": '{"name": "app", "dependencies": {"axios": "1"}}', **files}.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        project = load_project(Path(folder))
        facts, _ = extract(project)
        linked = Program(project, {item.path: Module(item) for item in facts}, Resolver(project))
        for path in linked.modules:  # the resolver reads the folder
            for item in linked.modules[path].facts.imports + linked.modules[path].facts.exports:
                if item.source:
                    linked.source(path, item.source)
        return linked


A = "export const x = 1; export default function run() {}"

NAMES: dict[str, tuple[dict[str, str], str, Definition | None]] = {
    "declared here": ({"m.ts": "const x = 1"}, "x", Defined("m.ts", "x")),
    "declared nowhere": ({"m.ts": "x()"}, "x", None),
    "imported": ({"a.ts": A, "m.ts": "import { x } from './a'"}, "x", Defined("a.ts", "x")),
    "under another name": ({"a.ts": A, "m.ts": "import { x as y } from './a'"}, "y", Defined("a.ts", "x")),
    "not under its own name": ({"a.ts": A, "m.ts": "import { x as y } from './a'"}, "x", None),
    "default": ({"a.ts": A, "m.ts": "import y from './a'"}, "y", Defined("a.ts", "run")),
    "default by name": ({"a.ts": A, "m.ts": "import { default as y } from './a'"}, "y", Defined("a.ts", "run")),
    "anonymous default": (
        {"a.ts": "export default () => {}", "m.ts": "import y from './a'"},
        "y",
        Defined("a.ts", "*default*"),
    ),
    "namespace": ({"a.ts": A, "m.ts": "import * as y from './a'"}, "y", ModuleObject("a.ts")),
    "exported under another name": (
        {"a.ts": "const x = 1; export { x as z }", "m.ts": "import { z } from './a'"},
        "z",
        Defined("a.ts", "x"),
    ),
    "a type": ({"a.ts": "export class X {}", "m.ts": "import type { X } from './a'"}, "X", Defined("a.ts", "X")),
    "one type among values": (
        {"a.ts": "export class X {}", "m.ts": "import { type X } from './a'"},
        "X",
        Defined("a.ts", "X"),
    ),
    "a package": ({"m.ts": "import x from 'axios'"}, "x", Foreign("axios", ("default",))),
    "a name of a package": ({"m.ts": "import { get as x } from 'axios'"}, "x", Foreign("axios", ("get",))),
    "a package as a whole": ({"m.ts": "import * as x from 'axios'"}, "x", Foreign("axios", ())),
    "a part of a package": ({"m.ts": "import { x } from 'axios/lib/y'"}, "x", Foreign("axios/lib/y", ("x",))),
    "Node": ({"m.ts": "import { get } from 'node:http'"}, "get", Foreign("http", ("get",))),
    "require in an import": ({"a.ts": A, "m.ts": "import x = require('./a')"}, "x", ModuleObject("a.ts")),
    "CommonJS as default": ({"a.js": "exports.x = 1", "m.ts": "import y from './a'"}, "y", ModuleObject("a.js")),
    "a name of CommonJS": (
        {"a.js": "exports.x = 1", "m.ts": "import { x } from './a'"},
        "x",
        Defined("a.js", "*exports.x*"),
    ),
    "a name in an object of CommonJS": (
        {"a.js": "const x = 1; module.exports = { x, y: 2 }", "m.ts": "import { x } from './a'"},
        "x",
        Defined("a.js", "x"),
    ),
    "no such file": (
        {"m.ts": "import { x } from './gone'"},
        "x",
        Unlinked("./gone", "no such file: gone"),
    ),
    "no such export": (
        {"a.ts": A, "m.ts": "import { z } from './a'"},
        "z",
        Unlinked("./a", "a.ts exports no z"),
    ),
    "an asset": ({"m.ts": "import x from './a.css'"}, "x", Unlinked("./a.css", "asset")),
}

BARRELS: dict[str, tuple[dict[str, str], str, Definition | None]] = {
    "by name": ({"i.ts": "export { x } from './a'"}, "x", Defined("a.ts", "x")),
    "under another name": ({"i.ts": "export { x as y } from './a'"}, "y", Defined("a.ts", "x")),
    "everything": ({"i.ts": "export * from './a'"}, "x", Defined("a.ts", "x")),
    "every type": ({"i.ts": "export type * from './a'"}, "x", Defined("a.ts", "x")),
    "everything but the default": ({"i.ts": "export * from './a'"}, "default", None),
    "the default under a name": ({"i.ts": "export { default as y } from './a'"}, "y", Defined("a.ts", "run")),
    "the default as default": ({"i.ts": "export { default } from './a'"}, "default", Defined("a.ts", "run")),
    "as a namespace": ({"i.ts": "export * as y from './a'"}, "y", ModuleObject("a.ts")),
    "imported before": ({"i.ts": "import { x } from './a'; export { x }"}, "x", Defined("a.ts", "x")),
    "a namespace imported before": ({"i.ts": "import * as y from './a'; export { y }"}, "y", ModuleObject("a.ts")),
    "a default imported before": ({"i.ts": "import y from './a'; export { y }"}, "y", Defined("a.ts", "run")),
    "a chain": (
        {"i.ts": "export * from './j'", "j.ts": "export * from './k'", "k.ts": "export { x as y } from './a'"},
        "y",
        Defined("a.ts", "x"),
    ),
    "a cycle": ({"i.ts": "export * from './j'", "j.ts": "export * from './i'"}, "x", None),
    "a cycle with a way out": (
        {"i.ts": "export * from './j'", "j.ts": "export * from './i'; export * from './a'"},
        "x",
        Defined("a.ts", "x"),
    ),
    "a cycle of names": ({"i.ts": "export { x } from './j'", "j.ts": "export { x } from './i'"}, "x", None),
    "its own before those of others": (
        {"i.ts": "export * from './a'; export const x = 2"},
        "x",
        Defined("i.ts", "x"),
    ),
    "the first of two": (
        {"i.ts": "export * from './b'; export * from './a'", "b.ts": "export const x = 2"},
        "x",
        Defined("b.ts", "x"),
    ),
    "of a package": ({"i.ts": "export { get as x } from 'axios'"}, "x", Foreign("axios", ("get",))),
    "of a package's everything": ({"i.ts": "export * as x from 'axios'"}, "x", Foreign("axios", ())),
    "no such name": ({"i.ts": "export * from './a'"}, "z", None),
}


@pytest.mark.parametrize("case", NAMES)
def test_name(case: str) -> None:
    files, name, expected = NAMES[case]
    assert program(files).name("m.ts", name) == expected


@pytest.mark.parametrize("case", BARRELS)
def test_barrel(case: str) -> None:
    files, name, expected = BARRELS[case]
    assert program({"a.ts": A, **files}).export("i.ts", name) == expected


def test_the_same_name_in_two_modules_is_two_things() -> None:
    linked = program({
        "a.ts": "export const x = 1; const y = 1",
        "b.ts": "export const x = 2",
        "m.ts": "import { x } from './a'; const y = 2",
        "n.ts": "import { x } from './b'",
    })  # fmt: skip
    assert linked.name("m.ts", "x") == Defined("a.ts", "x")
    assert linked.name("n.ts", "x") == Defined("b.ts", "x")
    assert linked.name("m.ts", "y") == Defined("m.ts", "y")
    assert linked.name("n.ts", "y") is None


def test_exported_names_are_those_of_all_barrels_once() -> None:
    linked = program({
        "a.ts": A,
        "b.ts": "export const x = 2, y = 3; export default 4; const z = 5",
        "i.ts": "export * from './a'; export * from './b'; export * as n from './a'; export default 1",
        "j.ts": "export * from './i'; export * from './j'",
    })  # fmt: skip
    assert linked.exported_names("i.ts") == ["default", "n", "x", "y"]
    assert linked.exported_names("j.ts") == ["n", "x", "y"]


def test_interfaces_are_found_through_imports_and_barrels() -> None:
    linked = program({
        "a.ts": "export interface I { x: string } export type T = I",
        "i.ts": "export * from './a'; export type { I as J } from './a'",
        "m.ts": "import type { I, J } from './i'; import { T } from './i'; import { K } from 'axios'; interface L {}",
    })  # fmt: skip
    found = {name: linked.interface("m.ts", name) for name in "IJTKLM"}
    places = {name: (item[0], item[1].name) if item else None for name, item in found.items()}
    assert places == {
        "I": ("a.ts", "I"), "J": ("a.ts", "I"), "T": ("a.ts", "T"), "K": None, "L": ("m.ts", "L"), "M": None,
    }  # fmt: skip
