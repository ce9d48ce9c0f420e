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
