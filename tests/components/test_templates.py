"""What templates mount, ask and do when something happens."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, reached

VUE = '{"dependencies": {"vue": "3"}}'
SVELTE = '{"devDependencies": {"svelte": "5"}}'
ASK = "fetch('https://a.test/x')"
ROW: Files = {"Row.vue": f"<script setup>\n{ASK};\n</script>\n<template><b /></template>"}
SROW: Files = {"Row.svelte": f"<script>\n{ASK};\n</script>\n<b />"}
ASKED = ("GET", "a.test", "/x")


def vue(template: str, script: str = "import Row from './Row.vue';") -> Files:
    return {
        "package.json": VUE,
        **ROW,
        "List.vue": f"<template>{template}</template>\n<script setup>\n{script}\n</script>",
    }


def svelte(markup: str, script: str = "import Row from './Row.svelte';") -> Files:
    return {"package.json": SVELTE, **SROW, "List.svelte": f"<script>\n{script}\n</script>\n{markup}"}


MOUNTED = {
    "as it is called": (vue("<div><Row /></div>"), (1, 1)),
    "in kebab case": (vue("<p><big-row /></p>", "import BigRow from './Row.vue';"), (1, 1)),
    "twice": (vue("<Row /><Row></Row>"), (2, 2)),
    "of a namespace": (
        {
            **vue("<Rows.Row><p /></Rows.Row>", "import * as Rows from './rows';"),
            "rows.ts": "export { default as Row } from './Row.vue';",
        },
        (1, 1),
    ),
    "of an object": (vue("<rows.Row />", "import Row from './Row.vue';\nconst rows = { Row, Rest: 1 };"), (1, 1)),
    "in a slot": (vue("<p><template #top><Row /></template></p>"), (1, 1)),
    "chosen": (vue("<component :is='Row' />"), (1, 1)),
    "under a test": (vue("<Row v-if='open' />", "import Row from './Row.vue';\nconst open = ref(true);"), (0, 1)),
    "one of two": (vue("<Row v-if='a' /><Row v-else />", "import Row from './Row.vue';\nlet a;"), (1, 1)),
    "of three, one": (
        vue("<b v-if='a' /><b v-else-if='b' /> <Row v-else />", "import Row from './Row.vue';\nlet a, b;"),
        (0, 1),
    ),
    "in a list": (
        vue("<Row v-for='a in as' :key='a' />", "import Row from './Row.vue';\nconst as = ref([]);"),
        (0, None),
    ),
    "so many times": (vue("<p v-for='n in 3'><Row /></p>"), (3, 3)),
    "of a list that stays": (
        vue("<Row v-for='(a, n) in as' />", "import Row from './Row.vue';\nconst as = [1, 2];"),
        (2, 2),
    ),
    "Svelte": (svelte("<div><Row></Row></div>"), (1, 1)),
    "Svelte, chosen": (svelte("<svelte:component this={Row} />"), (1, 1)),
    "Svelte, under a test": (
        svelte("{#if open > 1}<p>it's {open}</p>{:else}<Row />{/if}", "import Row from './Row.svelte';\nlet open = 1;"),
        (0, 1),
    ),
    "Svelte, one of two": (
        svelte("{#if a}<Row />{:else if b}<b />{:else}<Row />{/if}", "import Row from './Row.svelte';\nlet a, b;"),
        (0, 1),
    ),
    "Svelte, in a list": (
        svelte("{#each as as a, n (a.id)}<Row {a} />{/each}", "import Row from './Row.svelte';\nlet as = [];"),
        (0, None),
    ),
    "Svelte, of a list that stays": (
        svelte(
            "{#each as as { b }}{@const c = b}<Row />{/each}",
            "import Row from './Row.svelte';\nconst as = [{ b: 1 }, { b: 2 }];",
        ),
        (2, 2),
    ),
    "Svelte, when it fails": (
        svelte(
            "{#await wait}<i />{:then a}<b />{:catch e}<Row />{/await}", "import Row from './Row.svelte';\nlet wait;"
        ),
        (0, 1),
    ),
    "Svelte, in a snippet": (svelte("{#snippet row(id)}<Row />{/snippet}{@render row(1)}"), (0, None)),
    "Svelte, beside an apostrophe": (
        svelte(
            "<p>{open ? it's : 1}</p>\n{#if open}<Row />{/if}<p>don't</p>",
            "import Row from './Row.svelte';\nlet open = 1;",
        ),
        (0, 1),
    ),
    "Svelte, behind a brace in a comment": (
        svelte("{#if open /* } */}<Row />{/if}", "import Row from './Row.svelte';\nlet open = 1;"),
        (0, 1),
    ),
    "Svelte, when it is there": (
        svelte("{#await wait}<i />{:then a}<Row />{/await}", "import Row from './Row.svelte';\nlet wait;"),
        (1, 1),
    ),
}


@pytest.mark.parametrize("name", MOUNTED)
def test_a_component_is_mounted(name: str) -> None:
    files, bounds = MOUNTED[name]
    assert reached(audited(files), "List", "component") == {ASKED: bounds}


@pytest.mark.parametrize(
    "files",
    [
        vue("<!-- <Row /> --><row-s />"),
        vue("<p>Row</p>"),
        vue("<b />"),
        svelte("<!-- <Row /> -->"),
        svelte("<style>Row { a: b }</style>{'<Row />'}"),
    ],
)
def test_what_is_only_imported_is_not(files: Files) -> None:
    assert "List" not in [one.name for one in audited(files).entries]


LOAD = "const load = (id) => fetch('https://a.test/' + id);\nlet id;"
HANDLED = {
    "@click='load(1)'": "GET a.test/1",
    "v-on:click.prevent='load(1)'": "GET a.test/1",
    "@click='() => load(1)'": "GET a.test/1",
    "@click='async () => { await load(1) }'": "GET a.test/1",
    "@submit.prevent='id = 2; load(1)'": "GET a.test/1",
    "@click='load'": "GET a.test/{}",
    "@keyup.enter='$event && load(1)'": "GET a.test/1",
    "@click='load(0 &amp;&amp; 2 || 1)'": "GET a.test/1",
    "on:click={() => load(1)}": "GET a.test/1",
    "onclick={() => load(1)}": "GET a.test/1",
    "on:click|once={load}": "GET a.test/{}",
    "onclick={load}": "GET a.test/{}",
}


@pytest.mark.parametrize("tag", ["button", "Button"])
@pytest.mark.parametrize("handler", HANDLED)
def test_a_handler_runs_when_a_user_does_something(handler: str, tag: str) -> None:
    is_vue = "{" not in handler or "async" in handler
    files = vue(f"<{tag} {handler} />", LOAD) if is_vue else svelte(f"<{tag} {handler} />", LOAD)
    inventory = audited(files)
    assert called(inventory, "component", "List") == {HANDLED[handler]: (0, 1)}
    assert [one.kind for one in inventory.triggers][: tag == "button"] == ["event"][: tag == "button"]


@pytest.mark.parametrize("attribute", [":title='load'", "title='load(1)'", "data-on='load(1)'"])
def test_what_is_only_named_runs_nothing(attribute: str) -> None:
    assert "List" not in [one.name for one in audited(vue(f"<button {attribute} />", LOAD)).entries]


HANDLERS = ["v-bind='{ onClick: () => load(1) }'", "v-on='{ click: () => load(1) }'", "v-on='handlers'"]


@pytest.mark.parametrize("attribute", HANDLERS)
def test_handlers_may_stand_in_an_object(attribute: str) -> None:
    files = vue(f"<button {attribute} />", LOAD + "\nconst handlers = { click: () => load(1) };")
    assert called(audited(files), "component", "List") == {"GET a.test/1": (0, 1)}


@pytest.mark.parametrize("attribute", ["v-bind='{ title: load }'", "v-on='{ click: () => id }'", "v-on=''"])
def test_other_objects_hold_none(attribute: str) -> None:
    assert "List" not in [one.name for one in audited(vue(f"<button {attribute} />", LOAD)).entries]


@pytest.mark.parametrize("call", ["load(0, id, 2)", "load(0, { id }.id, 2)", "load(0, { id: id }.id)"])
def test_a_template_sees_the_value_of_what_holds_one(call: str) -> None:
    script = "import { ref } from 'vue';\nconst id = ref('7');\nconst load = (_, id) => fetch('https://a.test/' + id);"
    found = called(audited(vue(f"<button @click='{call}' />", script)), "component", "List")
    assert found.get("GET a.test/7") == (0, 1)


def test_svelte_hands_an_element_to_what_uses_it() -> None:
    script = "const shown = (node, id) => { fetch('https://a.test/' + id); };"
    assert called(audited(svelte("<p use:shown={1} />", script)), "component", "List") == {"GET a.test/1": (1, 1)}
    assert "List" not in [one.name for one in audited(svelte("<p shown={1} />", script)).entries]


@pytest.mark.parametrize(("inner", "runs"), [("<button on:click />", True), ("<button />", False)])
def test_svelte_hands_an_event_on_to_who_listens(inner: str, runs: bool) -> None:
    files = {
        **svelte("<Box on:click={() => load(1)} />", f"import Box from './Box.svelte';\n{LOAD}"),
        "Box.svelte": inner,
    }
    assert ("List" in [one.name for one in audited(files).entries]) == runs


@pytest.mark.parametrize(
    "markup",
    [
        "<Box let:load><button on:click={() => load(1)} /></Box>",
        "{#snippet row(load)}<button onclick={() => load(1)} />{/snippet}",
    ],
)
def test_names_that_svelte_gives_hide_those_around(markup: str) -> None:
    files = {**svelte(markup, f"import Box from './Box.svelte';\n{LOAD}"), "Box.svelte": "<slot load={() => 1} />"}
    assert "List" not in [one.name for one in audited(files).entries]


@pytest.mark.parametrize("slot", ["v-slot='{ load }'", "#default='{ load }'"])
def test_names_that_a_slot_gives_hide_those_around(slot: str) -> None:
    inner = {"Box.vue": "<template><p><slot :load='() => 1' /></p></template>"}
    script = f"import Box from './Box.vue';\n{LOAD}"
    files = {**vue(f"<Box {slot}><button @click='load(1)' /></Box>", script), **inner}
    assert "List" not in [one.name for one in audited(files).entries]


@pytest.mark.parametrize("depth", [20, 90])
def test_elements_that_are_nested_too_deeply_are_said_to_be(depth: int) -> None:
    deep = "<div>" * depth + "<Row />" + "</div>" * depth
    for files in (vue(deep), svelte(deep)):
        inventory = audited(files)
        assert ("List" in [one.name for one in inventory.entries]) == (depth < 80)
        assert bool(inventory.notices) == (depth > 80)


TOLD = {
    "Vue": {
        "List.vue": "<script setup>\nimport Row from './Row.vue';\nconst load = (id) => fetch('https://a.test/' + id);\n</script>\n<template><Row @saved='load(1)' /></template>",  # noqa: E501 - a small project
        "Row.vue": "<script setup>\nconst tell = defineEmits(['saved']);\nonMounted(() => tell('saved'));\n</script>\n<template><b /></template>",  # noqa: E501 - a small project
    },
    "Vue, by options": {
        "List.vue": "<script>\nimport Row from './Row.vue';\nexport default { components: { Row }, methods: { load(id) { fetch('https://a.test/' + id); } } };\n</script>\n<template><row @saved='load(1)' /></template>",  # noqa: E501 - a small project
        "Row.vue": "<script>\nexport default { mounted() { this.$emit('saved'); } };\n</script>\n<template><b /></template>",  # noqa: E501 - a small project
    },
    "Svelte": {
        "List.svelte": "<script>\nimport Row from './Row.svelte';\nconst load = (id) => fetch('https://a.test/' + id);\n</script>\n<Row on:saved={() => load(1)} />",  # noqa: E501 - a small project
        "Row.svelte": "<script>\nimport { onMount, createEventDispatcher } from 'svelte';\nconst tell = createEventDispatcher();\nonMount(() => tell('saved'));\n</script>\n<b />",  # noqa: E501 - a small project
    },
}


@pytest.mark.parametrize("name", TOLD)
def test_a_component_tells_who_listens(name: str) -> None:
    assert called(audited({"package.json": VUE, **TOLD[name]}), "component", "List") == {"GET a.test/1": (1, 1)}


def test_listeners_reach_the_outermost_element() -> None:
    files = {"package.json": VUE, "Row.vue": "<template><button /></template>"}
    files["List.vue"] = (
        f"<script setup>\nimport Row from './Row.vue';\n{LOAD}\n</script>\n<template><Row @click='load(1)' /></template>"  # noqa: E501 - a small project
    )
    assert called(audited(files), "component", "List") == {"GET a.test/1": (0, 1)}


@pytest.mark.parametrize("inner", ["let { ...more } = $props();", "let { ref, ...more } = $props();"])
def test_what_a_component_hands_on_to_an_element_runs_when_a_user_does_something(inner: str) -> None:
    markup = "<Button onclick={() => load(1)} />"
    files = svelte(markup, f"import Button from './Button.svelte';\n{LOAD}")
    files["Button.svelte"] = f"<script>\n{inner}\n</script>\n<button {{...more}}>b</button>"
    assert called(audited(files), "component", "List") == {"GET a.test/1": (0, 1)}
    files["Button.svelte"] = f"<script>\n{inner}\n</script>\n<button>b</button>"
    assert "List" not in [one.name for one in audited(files).entries if one.reaches]
