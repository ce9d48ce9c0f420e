"""A variable that is declared with a type and no value is what is assigned to it, not also anything of that type."""

from __future__ import annotations

import pytest

from tests.projects import run

CLIENT = """
    class Client {
      private readonly base: string;
      constructor(base = 'https://a.test') { this.base = base; }
      get(path: string) { return fetch(`${this.base}${path}`); }
    }
"""


@pytest.mark.parametrize(
    "declared", ["let one: Client | undefined;", "let one: Client;", "let one: Client | null = null;"]
)
@pytest.mark.parametrize(
    "given",
    [
        "const client = (): Client => { if (!one) one = new Client(); return one; };",
        "const client = () => (one ??= new Client());",
        "const client = () => one!; function start() { one = new Client(); } start();",
    ],
)
def test_made_when_it_is_first_asked_for(declared: str, given: str) -> None:
    assert run(f"{CLIENT}{declared}{given} await client().get('/x');") == {"GET a.test/x": (1, 1)}


def test_what_is_assigned_may_differ() -> None:
    source = """
        let one: Client | undefined;
        function start(test: boolean) { one = test ? new Client('https://b.test') : new Client(); }
        start(process.argv.length > 2);
        await one!.get('/x');
    """
    assert run(CLIENT + source) == {"GET a.test/x": (0, 1), "GET b.test/x": (0, 1)}


def test_what_is_assigned_and_not_known_has_the_declared_type() -> None:
    source = """
        let one: Client | undefined;
        export function use(client: any) { one = client; }
        await one!.get('/x');
    """
    assert run(CLIENT + source) == {"GET /x": (1, 1)}


def test_what_is_assigned_by_way_of_a_local_variable_has_the_declared_type() -> None:
    source = """
        let one: Client | undefined;
        const isTest = process.argv.length > 2;
        function start() { let made; if (isTest) { made = one; } else { made = new Client(); } one = made; }
        start();
        await one!.get('/x');
    """
    assert "GET /x" in run(CLIENT + source)


def test_what_nothing_assigns_has_the_declared_type() -> None:
    assert run(CLIENT + "let one: Client; await one.get('/x');") == {"GET /x": (1, 1)}


def test_data_that_is_assigned_says_not_all_that_it_may_hold() -> None:
    source = """
        import { readFileSync } from 'fs';
        const merged = (read: Partial<Config>) => ({ bots: [] as string[], ...read });
        let config: Config;
        function start() { config = merged({}); }
        start();
        if (config!.bots.includes('one')) await fetch('https://a.test/x');
    """
    assert run("interface Config { bots: string[] }" + source) == {"GET a.test/x": (0, 1)}
