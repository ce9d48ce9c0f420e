"""Words that a long table has for data are one parameter of a path; paths, hosts and short tables are told apart."""

from __future__ import annotations

import pytest

from tests.projects import audited

IDS = "const IDS: Record<string, string> = { BTC: 'bitcoin', ETH: 'ethereum', SOL: 'solana', 'AVAX': 'avalanche-2' };\n"


def _paths(table: str, url: str) -> set[tuple[str, str]]:
    source = (
        f"{table}export async function GET(request: Request) {{ const {{ searchParams }} = new URL(request.url);\n"
        f"const symbol = searchParams.get('symbol') ?? ''; await fetch(`{url}`); return Response.json({{}}); }}"
    )
    files = {"package.json": '{"dependencies": {"next": "15.0.0"}}', "app/api/x/route.ts": source}
    return {(reach.host, reach.path) for entry in audited(files).entries for reach in entry.reaches}


@pytest.mark.parametrize("key", ["IDS[symbol]", "IDS[symbol]!"])
def test_words_of_a_long_table_are_one_parameter(key: str) -> None:
    assert _paths(IDS, f"https://a.test/coins/${{{key}}}/ohlc") == {("a.test", "/coins/{symbol}/ohlc")}


def test_a_word_that_is_asked_for_by_its_name_is_itself() -> None:
    assert _paths(IDS, "https://a.test/coins/${IDS.BTC}/ohlc") == {("a.test", "/coins/bitcoin/ohlc")}
    assert _paths(IDS, "https://a.test/coins/${IDS['AVAX']}/ohlc") == {("a.test", "/coins/avalanche-2/ohlc")}


APART = {
    "paths": (
        "const PATHS = { a: '/one', b: '/two', c: '/three', d: '/four' };\n",
        "https://a.test${PATHS[symbol]}",
        4,
    ),
    "hosts": (
        "const HOSTS = { a: 'a.test', b: 'b.test', c: 'c.test', d: 'd.test' };\n",
        "https://${HOSTS[symbol]}/one",
        1,
    ),
    "a short table": (
        "const IDS = { BTC: 'bitcoin', ETH: 'ethereum' };\n",
        "https://a.test/coins/${IDS[symbol]}/ohlc",
        2,
    ),
}


def test_hosts_of_a_long_table_are_all_told() -> None:
    table, url, _ = APART["hosts"]
    source = f"{table}const symbol = process.argv[2]; await fetch(`{url}`);"
    (found,) = audited({"package.json": "{}", "main.ts": source}).entries
    (reach,) = found.reaches
    assert {reach.host, *reach.other_hosts} == {"a.test", "b.test", "c.test", "d.test"}


@pytest.mark.parametrize("name", APART)
def test_what_names_no_data_is_told_apart(name: str) -> None:
    table, url, number = APART[name]
    found = _paths(table, url)
    assert len(found) == number
    assert not any("{" in host + path for host, path in found)


PEOPLE = "[{ id: 'a-1', kind: 'x' }, { id: 'b-2', kind: 'x' }, { id: 'c-3', kind: 'y' }, { id: 'd-4', kind: 'y' }]"
WALKED = {
    "a loop": f"for (const one of {PEOPLE}) await fetch(`https://a.test/feeds/${{one.id}}/rss`);",
    "a pattern": f"await Promise.all({PEOPLE}.map(({{ id }}) => fetch(`https://a.test/feeds/${{id}}/rss`)));",
}


def _walked(source: str) -> set[tuple[str, str, int | None]]:
    (found,) = audited({"package.json": "{}", "main.ts": source}).entries
    return {(reach.host, reach.path, reach.max) for reach in found.reaches}


@pytest.mark.parametrize("name", WALKED)
def test_words_of_many_objects_are_one_parameter_each(name: str) -> None:
    assert _walked(WALKED[name]) == {("a.test", "/feeds/{id}/rss", 4)}


OTHERS = {
    "hosts": ("host", "https://${one.host}/x", ["a.test", "b.test", "c.test", "d.test"]),
    "paths": ("path", "https://a.test${one.path}", ["/a", "/b", "/c", "/d"]),
    "three": ("id", "https://a.test/${one.id}", ["a", "b", "c"]),
}


@pytest.mark.parametrize("name", OTHERS)
def test_hosts_paths_and_few_objects_are_told_apart(name: str) -> None:
    prop, url, values = OTHERS[name]
    listed = ", ".join(f"{{ {prop}: '{value}' }}" for value in values)
    found = _walked(f"for (const one of [{listed}]) await fetch(`{url}`);")
    assert len(found) == len(values)
    assert not any("{" in host + path for host, path, _ in found)


@pytest.mark.parametrize("word", ["demo-api", "paper-api", "uat"])
def test_of_a_host_for_trying_and_another_one_the_other_comes_first(word: str) -> None:
    source = (
        f"const base = process.env.TRY === 'true' ? 'https://{word}.a.io' : 'https://api.exchange.a.io';\n"
        "await fetch(`${base}/one`);"
    )
    (found,) = audited({"package.json": "{}", "main.ts": source}).entries
    (reach,) = found.reaches
    assert (reach.host, reach.other_hosts) == ("api.exchange.a.io", (f"{word}.a.io",))
