"""Paths with `.` and `..` are those that are asked for."""

from __future__ import annotations

import pytest

from callaudit.flow.text.dot_segments import without_dots
from tests.projects import run


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/./a.json", "/a.json"),
        ("/api/../a", "/a"),
        ("/api/v1/../../a", "/a"),
        ("/a/./b/.", "/a/b/"),
        ("/a/..", "/"),
        ("/../a", "/../a"),
        ("/{base}/../a", "/{base}/../a"),
        ("/.well-known/a", "/.well-known/a"),
        ("/a/...", "/a/..."),
    ],
)
def test_a_path_without_its_dots(path: str, asked: str) -> None:
    assert without_dots(path) == asked


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/../a", "/a"),
        ("/a/../../b", "/b"),
        ("/..", "/"),
        ("/../..", "/"),
        ("/../{id}/a", "/{id}/a"),
        ("/{base}/../a", "/{base}/../a"),
        ("/{base}/../../a", "/{base}/../../a"),
    ],
)
def test_nothing_is_above_the_root_of_a_host(path: str, asked: str) -> None:
    assert without_dots(path, rooted=True) == asked


@pytest.mark.parametrize(
    "asking",
    [
        "fetch('https://a.test/api/../one');",
        "fetch('https://a.test/../one');",
        "fetch(new URL('/v1/../../one', 'https://a.test'));",
        "import axios from 'axios'; axios.create({ baseURL: 'https://a.test/api/' }).get('../one');",
        "const at = (path: string) => `./${path}`; fetch(`https://a.test/${at('one')}`);",
    ],
)
def test_a_request_goes_where_its_path_leads(asking: str) -> None:
    assert run(asking) == {"GET a.test/one": (1, 1)}


def test_up_from_a_base_whose_own_path_is_not_known_stays() -> None:
    asking = "fetch(`${process.env.BASE}/../one`);"
    assert run(asking) == {"GET env:BASE/../one": (1, 1)}


def test_up_from_what_is_not_known_is_not_known() -> None:
    asking = "export const ask = (name: string) => fetch(`https://a.test/${name}/../one`); ask(process.argv[2]);"
    assert run(asking) == {"GET a.test/{}/../one": (1, 1)}
