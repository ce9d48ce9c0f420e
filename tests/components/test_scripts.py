"""What scripts of components do: at once, when they are shown, and later."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

VUE = '{"dependencies": {"vue": "3", "svelte": "4"}}'


def asks(path: str) -> str:
    return f"fetch('https://a.test/{path}')"


def options(inside: str, template: str = "<b />", before: str = "") -> Files:
    return {
        "package.json": VUE,
        "A.vue": f"<template>{template}</template>\n<script>\n{before}export default {{ {inside} }};\n</script>",
    }


def setup(inside: str, more: str = "") -> Files:
    return {"package.json": VUE, "A.vue": f"<script setup lang='ts'>\n{inside}\n</script>\n{more}"}


def svelte(inside: str, more: str = "") -> Files:
    return {"package.json": VUE, "A.svelte": f"<script lang='ts'>\n{inside}\n</script>\n{more}"}


RUN = {
    "mounted": (options(f"mounted() {{ this.load(1); }}, methods: {{ load(id) {{ {asks('1')}; }} }}"), (1, 1)),
    "created": (options(f"async created() {{ await this.load(); }}, methods: {{ async load() {{ {asks('1')}; }} }}"), (1, 1)),  # noqa: E501 - a small project
    "a function": (options(f"mounted: async function () {{ {asks('1')}; }}"), (1, 1)),
    "of a call": (options("").copy() | {"A.vue": f"<script lang='ts'>\nimport {{ defineComponent }} from 'vue';\nexport default defineComponent({{ created() {{ {asks('1')}; }} }});\n</script>"}, (1, 1)),  # noqa: E501 - a small project
    "its data": (options("data() { return { base: 'https://a.test' }; }, created() { fetch(this.base + '/1'); }"), (1, 1)),  # noqa: E501 - a small project
    "what is computed": (options("data: () => ({ base: 'https://a.test' }), computed: { url() { return this.base + '/1'; } }, created() { fetch(this.url); }"), (1, 1)),  # noqa: E501 - a small project
    "setup()": (options(f"setup(props, {{ emit }}) {{ onMounted(() => {asks('1')}); return {{}}; }}"), (1, 1)),
    "what setup() gives": (options(f"setup() {{ const load = () => {asks('1')}; return {{ load }}; }}", "<p @click='load()' />"), (0, 1)),  # noqa: E501 - a small project
    "watched": (options(f"props: ['id'], watch: {{ id() {{ {asks('1')}; }} }}"), (0, 1)),
    "watched at once": (options(f"props: ['id'], watch: {{ id: {{ handler() {{ {asks('1')}; }}, immediate: true }} }}"), (1, 2)),  # noqa: E501 - a small project
    "watched by a name in an object": (options(f"props: ['id'], watch: {{ id: {{ handler: 'load', immediate: true }} }}, methods: {{ load() {{ {asks('1')}; }} }}"), (1, 2)),  # noqa: E501 - a small project
    "beside what others give it": (options(f"mixins: [other], created() {{ {asks('1')}; }}"), (1, 1)),
    "watched by name": (options(f"props: ['id'], watch: {{ id: 'load' }}, methods: {{ load() {{ {asks('1')}; }} }}"), (0, 1)),  # noqa: E501 - a small project
    "at its end": (options(f"beforeUnmount() {{ {asks('1')}; }}"), (0, 1)),
    "in setup": (setup(f"await {asks('1')};"), (1, 1)),
    "onMounted": (setup(f"import {{ onMounted }} from 'vue';\nonMounted(async () => {{ await {asks('1')}; }});"), (1, 1)),  # noqa: E501 - a small project
    "watch": (setup(f"import {{ watch, ref }} from 'vue';\nconst a = ref(1);\nwatch(a, () => {asks('1')});"), (0, 1)),
    "watchEffect": (setup(f"import {{ watchEffect }} from 'vue';\nwatchEffect(() => {{ {asks('1')}; }});"), (1, 1)),
    "a default": (setup("const { base } = withDefaults(defineProps<{ base?: string }>(), { base: 'https://a.test' });\nfetch(base + '/1');"), (1, 1)),  # noqa: E501 - a small project
    "a default of its own": (setup("const props = defineProps({ base: { type: String, default: 'https://a.test' } });\nfetch(`${props.base}/1`);"), (1, 1)),  # noqa: E501 - a small project
    "a default that a function gives": (setup("const props = defineProps({ base: { type: String, default: () => 'https://a.test' } });\nfetch(`${props.base}/1`);"), (1, 1)),  # noqa: E501 - a small project
    "Svelte": (svelte(f"{asks('1')};"), (1, 1)),
    "onMount": (svelte(f"import {{ onMount }} from 'svelte';\nonMount(() => {{ {asks('1')}; }});"), (1, 1)),
    "$effect": (svelte(f"$effect(() => {{ {asks('1')}; }});"), (1, 1)),
    "$:": (svelte(f"export let id;\n$: {asks('1')};"), (1, 1)),
    "$: of a name": (svelte(f"$: answer = {asks('1')};"), (1, 1)),
    "export let": (svelte("export let base: string = 'https://a.test';\nfetch(`${base}/1`);"), (1, 1)),
    "markup": (svelte("", f"{{#await {asks('1')} then a}}<b>{{a}}</b>{{/await}}"), (1, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", RUN)
def test_it_runs(name: str) -> None:
    files, bounds = RUN[name]
    assert called(audited(files), "component", "A") == {"GET a.test/1": bounds}


IDLE: dict[str, Files] = {
    "a method": options(f"methods: {{ load() {{ {asks('1')}; }} }}"),
    "computed": options(f"computed: {{ a() {{ return {asks('1')}; }} }}"),
    "setup": setup(f"const load = () => {asks('1')};"),
    "Svelte": svelte(f"const load = () => {asks('1')};", "<b />"),
}


@pytest.mark.parametrize("name", IDLE)
def test_what_nothing_calls_does_not(name: str) -> None:
    assert not [one for one in audited(IDLE[name]).entries if one.reaches]


STATE = {
    "data": options(
        "data() { return { page: 1 }; }, mounted() { fetch('https://a.test/' + this.page); this.page = 2; }"
    ),
    "ref": setup("const page = ref(1);\nconst next = () => { page.value++; };\nfetch(`https://a.test/${page.value}`);"),
}


@pytest.mark.parametrize("name", STATE)
def test_state_that_is_set_later_is_not_known(name: str) -> None:
    assert "GET a.test/{}" in called(audited(STATE[name]), "component", "A")


POLLS = {
    "options": options(f"mounted() {{ this.timer = setInterval(() => this.load(), 5000); }}, beforeUnmount() {{ clearInterval(this.timer); }}, methods: {{ load() {{ {asks('1')}; }} }}"),  # noqa: E501 - a small project
    "setup": setup(f"onMounted(() => {{ setInterval(() => {asks('1')}, 5000); }});"),
    "useIntervalFn": setup(f"import {{ useIntervalFn }} from '@vueuse/core';\nuseIntervalFn(() => {asks('1')}, 5000);"),
    "Svelte": svelte(f"import {{ onMount }} from 'svelte';\nonMount(() => {{ const a = setInterval(() => {asks('1')}, 5000); return () => clearInterval(a); }});"),  # noqa: E501 - a small project
}  # fmt: skip


@pytest.mark.parametrize("name", POLLS)
def test_timers_poll(name: str) -> None:
    (timer,) = [one for one in audited(POLLS[name]).triggers if one.kind == "timer"]
    assert [one.ms for one in timer.intervals] == [5000]


def test_a_script_of_another_file_is_loaded() -> None:
    files = {
        "package.json": VUE,
        "A.vue": "<script src='./a.ts'></script>\n<template><b /></template>",
        "a.ts": f"{asks('1')};",
    }
    inventory = audited(files)
    assert [one.dead for one in inventory.calls] == [False]
    assert any("another file" in notice.why for notice in inventory.notices)


@pytest.mark.parametrize(("option", "given"), [("mixins", "[other]"), ("extends", "Other")])
def test_what_others_give_a_component_is_said_to_be_missing(option: str, given: str) -> None:
    inventory = audited(options(f"{option}: {given}, created() {{ {asks('1')}; }}"))
    assert [(one.file, option in one.why) for one in inventory.notices] == [("A.vue", True)]
    assert not audited(options(f"created() {{ {asks('1')}; }}")).notices


@pytest.mark.parametrize("path", ["./A.vue", "./A", "@/A.vue", "~/A"])
def test_components_are_imported(path: str) -> None:
    files = {"package.json": VUE, "src/A.vue": setup(f"{asks('1')};")["A.vue"]}
    files["src/B.vue"] = f"<script setup>\nimport A from '{path}';\n</script>\n<template><A /></template>"
    assert called(audited(files), "component", "B") == {"GET a.test/1": (1, 1)}
