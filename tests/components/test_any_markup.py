"""Whatever a component's file holds: nothing is raised, positions lie in the file, and what is not read is said."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callaudit.syntax.facts import ModuleFacts
from callaudit.syntax.ir import Call, Name
from callaudit.syntax.soundness import sound
from callaudit.syntax.typescript import extract_module
from callaudit.syntax.walking import walk

LANGUAGES = ("vue", "svelte", "astro")
ANY = settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
PIECES = (
    *("<template>", "</template>", "<script>", "<script setup>", "<script setup lang='ts'>", "</script>", "<style>"),
    *(
        "</style>",
        "<!--",
        "-->",
        "---\n",
        "\n",
        "\r\n",
        "\t",
        " ",
        "<div>",
        "</div>",
        "<p/>",
        "<b ",
        ">",
        "/>",
        "'",
        '"',
    ),
    *("<Card.Root>", "</Card.Root>", "<a-b ", "<component :is='a' ", "<svelte:component this={a} ", "<slot>", "\0"),
    *("@click='f()'", ':a="f(b)"', "v-if='a'", "v-else", "v-for='a of f()'", "v-for='('", "v-slot='{ a }'", "#a"),
    *("on:click={f}", "onclick={() => f()}", "bind:a", "use:a={b}", "{...a}", "{a}", "let:a", "a={`${b}`}", "v-bind"),
    *(
        "{{",
        "}}",
        "{",
        "}",
        "{{ f(a) }}",
        "{f()}",
        "{#if a}",
        "{:else}",
        "{/if}",
        "{#each f() as a, i (a.b)}",
        "{/each}",
    ),
    *(
        "{#await f()}",
        "{:then a}",
        "{/await}",
        "{@const a = f()}",
        "{@html f()}",
        "{#snippet a(b)}",
        "{#key a}",
        "&amp;",
    ),
    *("&#10;", "é", "日本", "const a = ref(1);", "f(a);", "export let a = 1;", "$: a = f();", "$: f(a);", "<T>a;"),
    *(
        "export default { data() { return { a: 1 } }, created() { f() } }",
        "await f();",
        "const b = defineProps(['a']);",
    ),
    *("const e = defineEmits(['a']); e('a');", "import A from './A.vue';", "/*", "//", "`", "/[{]/", "\ufeff"),
)


def whole(text: str, language: str) -> ModuleFacts:
    """The facts of `text`, checked for what every later stage relies on."""
    source = text.encode("utf-8", "surrogatepass")
    facts = extract_module(f"a.{language}", source, language)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=ModuleFacts)
    assert sound(facts)[0] is not None
    lines = source.split(b"\n")
    assert facts.lines == len(lines)
    for function in facts.functions:
        assert 1 <= function.line <= function.end_line <= facts.lines
        for node in (function, *walk(function.body)):
            line, column = getattr(node, "line", 1), getattr(node, "column", 1)
            assert 1 <= line <= facts.lines
            assert 1 <= column <= len(lines[line - 1].decode("utf-8", "replace")) + 1
    outside = [item.line for item in facts.imports] + [item.line for item in facts.exports]
    outside += [item.line for item in facts.bindings] + [item.line for item in facts.interfaces]
    assert all(1 <= line <= facts.lines for line in (*outside, *facts.errors))
    return facts


def calls(text: str, language: str) -> list[str]:
    """What stands in the file where a call of `load` is said to be, up to the bracket that ends it."""
    lines = text.split("\n")
    found = [node for function in whole(text, language).functions for node in walk(function.body)]
    places = [
        (one.line, one.column)
        for one in found
        if isinstance(one, Call) and isinstance(one.callee, Name) and one.callee.id == "load"
    ]
    return [lines[line - 1][column - 1 :].partition(")")[0] + ")" for line, column in sorted(places)]


@ANY
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(LANGUAGES))
def test_pieces_of_markup(pieces: list[str], language: str) -> None:
    whole("".join(pieces), language)


@ANY
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(LANGUAGES[:2]))
def test_pieces_inside_of_markup(pieces: list[str], language: str) -> None:
    inside = "".join(pieces)
    whole(f"<template>\n{inside}\n</template>\n" if language == "vue" else f"<div>{inside}</div>\n", language)


@ANY
@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_text(text: str, language: str) -> None:
    whole(text, language)


SETUP = "<script setup>\nload(1)\n</script>\n"
PLAIN = "<script>\nload(1)\n</script>\n"
READ = {
    "entities that are line breaks": ("vue", '<template><b :a="&#10;&#10;&#10;load(2)"/></template>'),
    "an entity before code": ("vue", '<template><b @click="a &amp;&amp; load(2)"/></template>'),
    "braces in a script before": ("vue", "<script>\nconst a = '{{'\n</script>\n<template>{{ load(2) }}</template>"),
    "braces in a comment before": ("vue", "<!-- {{ -->\n<template>{{ load(2) }}</template>"),
    "letters of several bytes before": ("vue", "<template>日本{{ 'é' + load(2) }}<b ü='ñ' /></template>"),
    "line breaks of Windows and tabs": ("vue", "<template>\r\n\t<b\r\n\t\t@click='load(2)'/>\r\n</template>\r\n"),
    "a mark at the start": ("vue", "\ufeff<template>{{ load(2) }}</template>"),
    "a brace in a regular expression": ("svelte", "<p>{a.replace(/[{]/g, '')}</p><p on:click={() => load(2)}/>"),
    "a style in braces": ("svelte", "{@html `<style>${a}<` + `/style>`}\n<p>{load(2)}</p>"),
    "blocks that are never closed": ("svelte", "{#if a}{#each b as c}<p on:click={() => load(2)}>{#await d}"),
    "a list that is called for": ("svelte", "{#each load(2)}<p/>{/each}"),
    "what a promise fails with": ("svelte", "{#await load(2) catch e}<p/>{/await}"),
    "a name of an element with a point": ("svelte", "<Card.Root a={load(2)}><Card.Title/></Card.Root>"),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_unusual_is_read(name: str) -> None:
    language, text = READ[name]
    assert calls(text, language) == ["load(2)"]
    assert whole(text, language).notice == ""


SAID = {
    "a template that is never closed": ("vue", "<template><div>", "the template at line 1 was not read"),
    "a script that is never closed": ("vue", "<script setup>\nload(2)\n", "the script at line 1 was not read"),
    "a second script": ("vue", PLAIN + PLAIN, "the script at line 4 was not read"),
    "a second template": ("vue", "<template><b/></template>\n" * 2, "the template at line 2 was not read"),
    "a value that is never closed": ("vue", '<template><b @click="a></template>\n', "the template at line 1"),
    "braces that are never closed": ("vue", "<template>\n{{ load(2)</template>", "braces at line 2 have no end"),
    "another language": ("vue", "<template lang='pug'>\nb\n</template>", "its template is not written in HTML"),
    "elements in elements": ("vue", f"<template>{'<b>' * 500}{'</b>' * 500}</template>", "nested too deeply at line 1"),
    "a brace that is never closed": ("svelte", PLAIN + "{ a <p/>", "a brace at line 4 has no end"),
    "no markup": ("svelte", PLAIN + "<p a=\"b\" = 'c' <b/>\n", "markup that cannot be read at line 4"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_not_read_is_said(name: str) -> None:
    language, text, why = SAID[name]
    facts = whole(text, language)
    assert why in facts.notice
    assert facts.unread


QUIET = {
    "both scripts": ("vue", SETUP + PLAIN + "<template><b/></template>"),
    "a block of docs with a script": ("vue", f"<docs>\n{PLAIN}</docs>\n<template><b/></template>"),
    "a script in a comment": ("vue", f"<!--\n{PLAIN}-->\n<template><b/></template>"),
    "signs in text": ("vue", "<template><p>a -> b & {{ c }} > d</p></template>"),
    "both scripts of Svelte": ("svelte", "<script module>\nload(1)\n</script>\n" + PLAIN + "<p>a & {b}</p>"),
    "nothing": ("vue", ""),
}


@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_said_of_what_is_read(name: str) -> None:
    language, text = QUIET[name]
    assert whole(text, language).notice == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("{" + "/* " * 50_000, "svelte"),
        ("{" + "`${" * 50_000, "svelte"),
        ("{" * 50_000, "svelte"),
        ("{'" * 50_000, "svelte"),
        (("{#await x" + " " * 9_000 + "y}") * 20, "svelte"),
        (("{@const x" + " " * 9_000 + "y}") * 20, "svelte"),
        ("{#each " + " as" * 600 + " (" * 600 + "}", "svelte"),
        (f"<template><b v-for='{' ' * 1_900}x in'/></template>", "vue"),
        (f"<template><b @click=\"{'(a' * 9_000}\"/><b @click='async {' ' * 9_000}'/></template>", "vue"),
    ],
    ids=lambda text: re.sub(r"\s+", " ", text)[:20],
)
def test_what_looks_endless_ends(text: str, language: str) -> None:
    whole(text, language)
