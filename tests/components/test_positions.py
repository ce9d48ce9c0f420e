"""Code in the files of components stands where it stands, whatever module it is read as."""

from __future__ import annotations

import pytest

from callaudit.syntax.components.written import Writer
from callaudit.syntax.typescript import extract_module
from tests.projects import audited

ASK = "fetch('https://a.test/x')"
FILES = {
    "a.vue": f"<template>\n  <p>é</p>\n</template>\n<script setup lang='ts'>\nconst a = <any>1;\n  {ASK};\n</script>\n",
    "b.vue": f"<script>\nexport default {{\n  data() {{ return {{ a: 1 }}; }},\n\n  created() {{\n  {ASK};\n }} }};\n</script>\n",  # noqa: E501 - a small project
    "c.svelte": f"<script context='module'>\nlet b;\n</script>\n<script>\nexport let a;\n  {ASK};\n</script>\n<p>{{a}}</p>\n",  # noqa: E501 - a small project
    "d.svelte": f"{{#if a}}\n<p>\n</p>{{/if}}\n<script lang='ts'>\nlet a = $state(1);\n  {ASK};\n</script>\n",
    "e.astro": f"---\nconst a = 1;\nconst b = 2;\nif (a)\n\n  {ASK};\n---\n<p>{{a}}</p>\n",
    "f.astro": f"---\nconst a = 1;\n---\n<p>{{a}}</p>\n<script>\n  {ASK};\n</script>\n",
}


@pytest.mark.parametrize("name", FILES)
def test_a_call_stands_in_its_line_and_column(name: str) -> None:
    (call,) = audited({"package.json": '{"dependencies": {"vue": "3"}}', name: FILES[name]}).calls
    assert (call.file, call.line, call.column) == (name, 6, 3)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.vue", "<template>\n<b :a='1'\n  @click='x => ask(x)'/></template>"),
        ("a.vue", "<template>\n<b v-if='c'/>\n<b @click=\"ask('&quot;')\"/></template>"),
        ("a.vue", "<script setup>const id = ref(1);</script><template>\n<b\n  @click='ask(0, id, 2)'/></template>"),
        (
            "a.vue",
            "<script setup>const id = ref(1);</script><template>\n<b\n  @click='ask({ id, b: 1 })'/></template>",
        ),
        ("a.svelte", "{#each a as b}\n<b\n  on:click={() => ask(b)}/>{/each}"),
    ],
)
def test_handlers_stand_in_their_lines(name: str, source: str) -> None:
    facts = extract_module(name, source.encode(), name.rpartition(".")[2])
    assert facts.errors == ()
    assert 3 in [function.line for function in facts.functions[1:]]
    assert facts.lines == 3


def test_what_is_put_together_knows_its_places() -> None:
    writer = Writer(b"one\ntwo\nthree\n")
    writer.copy(8, 13)
    writer.say("; {", 4)
    writer.copy(4, 8)
    writer.copy(0, 3)
    places = writer.places()
    assert writer.text() == b"three; {two\none"
    assert [places.at(0, 2), places.at(0, 6), places.at(0, 9), places.at(1, 1)] == [(2, 2), (1, 0), (1, 1), (0, 1)]


@pytest.mark.parametrize(
    "source",
    [
        "<script>",
        "<template><b v-if>",
        "<template><b v-for='a'/>",
        "{#if",
        "{/each}{:else}",
        "---",
        "",
        "<b {...}>",
        "{{{{",
    ],
)
@pytest.mark.parametrize("language", ["vue", "svelte", "astro"])
def test_no_file_is_too_broken(language: str, source: str) -> None:
    assert extract_module(f"a.{language}", source.encode(), language).path == f"a.{language}"
