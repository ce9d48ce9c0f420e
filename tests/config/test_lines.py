"""Every key of a document is found on the line on which it is written."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.config.lines import json_places, toml_places

TOML = '''# [not.a.table]
a = "x = 1 # no comment" # b = 2
"b c".d = 1.5
e = { f = 1, "g.h" = { i = [1,
  { j = 2 }, ] } }
k = """
[l]
m = 1
"""
n = 1979-05-27 07:32:00
o = \'\'\'p = 1
\'\'\'

[scenario.5000]
users = 5_000
[ scenario . "a \\"quoted\\" one" ]
x.y.z = true
[scenario.'lit.eral']
[[list]]
q = 1
[[list]]
q = 2
[list.inner]
r = -inf
'''


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("a", 2),
        ("b c/d", 3),
        ("e/f", 4),
        ("e/g.h/i/1", 5),
        ("e/g.h/i/1/j", 5),
        ("k", 6),
        ("n", 10),
        ("o", 11),
        ("scenario", 14),
        ("scenario/5000/users", 15),
        ('scenario/a "quoted" one', 16),
        ('scenario/a "quoted" one/x/y', 17),
        ("scenario/lit.eral", 18),
        ("list/0/q", 20),
        ("list/1/q", 22),
    ],
)
def test_keys_of_toml(keys: str, line: int) -> None:
    tomllib.loads(TOML)
    assert toml_places(TOML)[tuple(keys.split("/"))].line == line


@pytest.mark.parametrize(
    ("keys", "begins"),
    [
        ("a", "a ="),
        ("b c/d", '"b c".d'),
        ("e/f", "f = 1"),
        ("e/g.h", '"g.h" ='),
        ("e/g.h/i/0", "1,"),
        ("e/g.h/i/1/j", "j = 2"),
        ("scenario/5000/users", "users = 5_000"),
        ("list/1", "[[list]]"),
    ],
)
def test_columns_of_toml(keys: str, begins: str) -> None:
    line, column = toml_places(TOML)[tuple(keys.split("/"))]
    assert TOML.split("\n")[line - 1][column - 1 :].startswith(begins)


def test_what_is_no_key_has_no_line() -> None:
    assert not {("l",), ("m",), ("not", "a", "table"), ("p",), ("b",), ("k", "m")} & set(toml_places(TOML))


def keys_of(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [((*path, str(name)), item) for name, item in items]
    return {way for way, _ in inner}.union(*(keys_of(item, way) for way, item in inner))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4), st.sampled_from([None, 2]), st.booleans())
def test_every_key_of_any_json_has_its_line(document: dict[str, Any], indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    lines = {keys: place.line for keys, place in json_places(text).items()}
    assert set(lines) == keys_of(document)
    written = text.split("\n")
    for keys, line in lines.items():
        if indent and not keys[-1].isdigit():
            assert json.dumps(keys[-1], ensure_ascii=ascii_only) in written[line - 1]


KEYS = st.lists(st.sampled_from(["a", "b-c", "1", '"d.e"', "'f g'", '"h\\"i"', '""']), min_size=1, max_size=3).map(
    " . ".join
)
SCALARS = st.sampled_from(
    [
        "1",
        "-1.5e3",
        "true",
        "nan",
        '"x = 1 # y"',
        "'[z]'",
        '"""\n[q]\nr = 1"""',
        "'''s\n'''",
        "2024-01-01 07:32:00.5",
        "0xff",
    ]
)
WRITTEN = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[ # c\n" + "".join(f"  {item},\n" for item in items) + "]"),
        st.lists(st.tuples(KEYS, inner), max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=5,
)
LINES = st.one_of(
    st.tuples(KEYS, WRITTEN).map(lambda pair: f"{pair[0]} = {pair[1]} # comment"),
    KEYS.map(lambda key: f"[{key}]"),
    KEYS.map(lambda key: f"[[ {key} ]]"),
    st.sampled_from(["", "# k = 1", "\t"]),
)


@given(st.lists(LINES, max_size=6).map("\n".join))
def test_every_key_of_any_toml_has_its_line(text: str) -> None:
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    places = toml_places(text)
    assert set(places) == keys_of(parsed)
    written = text.split("\n")
    for line, column in places.values():
        assert 1 <= line <= len(written)
        assert written[line - 1][column - 1 : column].strip()
