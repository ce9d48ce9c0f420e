"""Lists of URLs in environment variables."""
# ruff: noqa: E501, ISC004 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

EACH: dict[str, Bounds] = {"GET env:URLS/one": (0, None)}
ONE: dict[str, Bounds] = {"GET env:URLS/one": (1, 1)}

LISTS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "for of": ("for (const u of process.env.URLS!.split(',')) await fetch(u + '/one');", EACH),
    "forEach": ("process.env.URLS.split(',').forEach(u => fetch(`${u}/one`));", EACH),
    "map": ("await Promise.all(process.env.URLS.split(',').map(async u => fetch(`${u}/one`)));", EACH),
    "trimmed": ("const urls = process.env.URLS.split(',').map(u => u.trim()).filter(Boolean); for (const u of urls) await fetch(u + '/one');", EACH),
    "counted": ("const urls = process.env.URLS.split(','); for (let i = 0; i < urls.length; i++) await fetch(`${urls[i]}/one`);", EACH),
    "first": ("const urls = process.env.URLS.split(','); await fetch(`${urls[0]}/one`);", ONE),
    "first of a default": ("const urls = (process.env.URLS || 'https://a.test').split(','); await fetch(`${urls[0]}/one`);", {"GET a.test/one": (1, 1)}),
    "read by a settings object": ("import { ConfigService } from '@nestjs/config'; class S { urls: string[]; constructor(c: ConfigService) { this.urls = c.get('URLS') as string[]; }"
        " async one() { for (let i = 0; i < this.urls.length; i++) await fetch(this.urls[i] + '/one'); } } await new S(new ConfigService()).one();", EACH),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(LISTS))
def test_an_item_is_the_variable(name: str) -> None:
    source, expected = LISTS[name]
    assert run(source) == expected


def test_an_item_of_other_data_is_no_variable() -> None:
    assert run("const urls = JSON.parse('[]'); await fetch(urls[0] + '/one');") == {"GET /one": (1, 1)}


NUMBERS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "a segment": ("await fetch(`https://a.test/blocks/${process.env.START || 100}`);", {"GET a.test/blocks/{}": (1, 1)}),
    "a sum": ("await fetch(`https://a.test/blocks/${Number(process.env.START || 100) + 1}`);", {"GET a.test/blocks/{}": (1, 1)}),
    "a port": ("await fetch(`http://a.test:${process.env.PORT || 8080}/one`);", {"GET a.test:8080/one": (1, 1)}),
    "a version": ("await fetch(`https://a.test/v${process.env.VERSION || 2}/one`);", {"GET a.test/v2/one": (1, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(NUMBERS))
def test_a_number_that_is_a_whole_segment_stays_variable(name: str) -> None:
    source, expected = NUMBERS[name]
    assert run(source) == expected


def test_functions_of_a_long_list_run_once_each() -> None:
    """A list of many functions that is written down: each is called once; many names of data are one endpoint."""
    made = ", ".join(f"() => fetch('https://a.test/of{number}/x')" for number in range(16))
    found = run(f"const all = [{made}]; await Promise.all(all.map((load) => load()));")
    assert found == {f"GET a.test/of{number}/x": (1, 1) for number in range(16)}
    names = ", ".join(f"'n{number}'" for number in range(16))
    assert run(f"await Promise.all([{names}].map((name) => fetch('https://a.test/' + name)));") == {
        "GET a.test/{}": (16, 16)
    }
