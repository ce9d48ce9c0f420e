"""Whatever a file holds: extraction raises nothing, and its facts are whole."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callaudit.syntax.facts import ModuleFacts
from callaudit.syntax.soundness import sound
from callaudit.syntax.typescript import extract_module

from .test_errors import BROKEN

LANGUAGES = ("ts", "tsx", "js", "jsx")
ANY = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])

SNIPPETS = (
    "import a, { type b as c, default as d } from './x';\nimport * as ns from 'y';\nimport z = require('z');\n",
    "export default class A<T> extends B.C<T> implements D { static #x = 1; constructor(private readonly y: Y) {} }\n",
    "@Controller('x')\nexport class A { @Get(':id') async one(@Param('id') id: string) { return await fetch(id); } }\n",
    "export const { a, b: c = 1, ...rest } = f(), [d,, e = 2, ...g] = h;\n",
    "for (const x of xs) { if (x) continue; else break } for (let i = 0; i < 3; i++) f(i)\n",
    "while (a) do b(); while (c)\nouter: for (const k in o) { for await (const v of o[k]) continue outer }\n",
    "try { await f?.(`a${b}c`) } catch ({ message }) { throw new E(message) } finally { g() }\n",
    "switch (a) { case 'x': { f(); break } default: return }\n",
    "const x = <A.B c={d} {...e}>{f.map((g) => <li key={g} onClick={() => h(g)}>{g} &amp; text</li>)}</A.B>;\n",
    "namespace N.M { export enum E { A, B = 2, 'C' } } declare module 'x' { export function f(): void }\n",
    "module.exports = { a, b: function* () { yield* c }, get d() { return 1 }, async [e]() {} }; exports.f = 1\n",
    "const f = async <T,>(a: T, { b = 1 }: P = {}, ...c: any[]): Promise<T> => (a as unknown as T)!;\n",
    "export type { T } from './t'; export * as n from 'm'; export * from './k'; export { a as default, b };\n",
    "interface I extends J<K> { a: string; b(): void } type U = A | B\n",
    "x = a ? b : c ?? d || e && f; y ||= -1; delete z.q\n",
)


def whole(text: str | bytes, language: str) -> ModuleFacts:
    """The facts of `text`, checked for what every later stage relies on."""
    source = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    facts = extract_module("file", source, language)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=ModuleFacts)
    assert sound(facts) == (facts, ())
    assert facts.lines == source.count(b"\n") + 1
    functions, classes = len(facts.functions), len(facts.classes)
    for function in facts.functions:
        assert 1 <= function.line <= function.end_line <= facts.lines
        assert function.column >= 1
        assert -1 <= function.parent < functions
        assert -1 <= function.cls < classes
    for cls in facts.classes:
        assert all(0 < number < functions for number in cls.methods)
        assert 0 <= cls.parent < functions
    for item in (*facts.imports, *facts.exports, *facts.bindings, *facts.interfaces):
        assert 1 <= item.line <= facts.lines
    assert all(1 <= line <= facts.lines for line in facts.errors)
    return facts


@ANY
@given(st.binary(max_size=200), st.sampled_from(LANGUAGES))
def test_bytes(text: bytes, language: str) -> None:
    whole(text, language)


@ANY
@given(
    st.lists(st.sampled_from([*"(){}[]<>;,.=:?!@#`'\"/*&|+- \n", "=>", "const ", "export ", "class ", "a"])),
    st.sampled_from(LANGUAGES),
)
def test_signs(signs: list[str], language: str) -> None:
    whole("".join(signs), language)


@ANY
@given(st.sampled_from(SNIPPETS), st.sampled_from(LANGUAGES), st.data())
def test_a_text_that_is_cut_off(snippet: str, language: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(snippet)))
    end = data.draw(st.integers(start, len(snippet)))
    whole(snippet[start:end], language)


@ANY
@given(st.sampled_from(SNIPPETS), st.sampled_from(SNIPPETS), st.sampled_from(LANGUAGES), st.data())
def test_words_left_out_doubled_and_exchanged(one: str, other: str, language: str, data: st.DataObject) -> None:
    words = re.findall(r"\w+|\s+|[^\w\s]", one)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(words) - 1))
        what = data.draw(st.sampled_from(("leave out", "double", "exchange", "insert")))
        if what == "leave out" and len(words) > 1:
            del words[at]
        elif what == "double":
            words.insert(at, words[at])
        elif what == "exchange":
            to = data.draw(st.integers(0, len(words) - 1))
            words[at], words[to] = words[to], words[at]
        else:
            words.insert(at, data.draw(st.sampled_from(re.findall(r"\w+|[^\w\s]", other))))
    whole("".join(words), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [*SNIPPETS, *BROKEN.values(), "", "\n", "\ufeffa()", "a(" * 300, "<a>" * 300])
def test_a_text(text: str, language: str) -> None:
    whole(text, language)


@pytest.mark.parametrize("opening", ["(", "[", "{a:", "a?b:", "!", "() => ", "<a>", "`${", "a.b(", "if(a)", "class{a="])
def test_what_nests_too_deeply_is_left_unread_and_said(opening: str) -> None:
    facts = whole("f(1);\n" + opening * 3_000, "tsx")
    assert facts.notice or facts.errors


def test_a_parse_that_never_ends_is_given_up() -> None:
    facts = whole("[e=[.e)", "tsx")
    assert facts.notice == "the parser did not finish within its budget; the file was not analyzed"
    assert facts.errors == (1,)
