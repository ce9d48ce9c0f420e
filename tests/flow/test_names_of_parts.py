"""What the variable parts of a URL are called, whoever calls the function that makes it, and in which order."""

from __future__ import annotations

import pytest

from tests.projects import audited

LOAD = "export const load = (id: string, most: number) => fetch(`https://a.test/users/${id}/trades?limit=${most}`);\n"
CALLERS = (
    "import { load } from './api'; export async function GET(request) { await load(request.headers.get('user'), 10); }",
    "import { load } from './api'; export async function GET(request) { await load('7', Number(process.argv[2])); }",
    "import { load } from './api'; export async function GET(request) { await load((await request.json()).key, 20); }",
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_parts_are_called_what_the_function_calls_them(order: tuple[int, ...]) -> None:
    routes = {f"app/{name}/route.ts": CALLERS[number] for name, number in zip("xyz", order, strict=True)}
    inventory = audited({"package.json": '{"dependencies": {"next": "15"}}', "app/api.ts": LOAD, **routes})
    (call,) = inventory.calls
    assert call.url == "https://a.test/users/{id}/trades?limit={most}"


def test_one_of_several_values_of_a_query_parameter_is_called_by_the_parameter() -> None:
    source = "const side = process.argv[2] ? 'bid' : 'ask';\nawait fetch(`https://a.test/book?side=${side}&depth=5`);"
    (call,) = audited({"main.ts": source}).calls
    assert call.url == "https://a.test/book?side={side}&depth=5"


def test_a_function_that_sends_in_one_of_its_contexts_is_run_in_each() -> None:
    source = """
        const log = (text: string, loud: boolean) => { if (loud) fetch('https://a.test/log/' + text); };
        log('one', false);
        log('two', true);
        log('three', true);
    """
    inventory = audited({"main.ts": source})
    paths = {reach.path for entry in inventory.entries for reach in entry.reaches}
    assert paths == {"/log/two", "/log/three"}
