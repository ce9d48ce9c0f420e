from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callaudit.providers.load import load_profile
from callaudit.providers.mistakes import ProfileError
from callaudit.providers.source import MAX_BYTES, UnreadableError, read_yaml

from .conftest import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MistakesOf = Callable[[str | bytes], list[str]]

MERGE_BOMB = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30)
)
LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(
    f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (MERGE_BOMB, "3: merge key <<: write the keys out, merging is not allowed"),
        (LAUGHS, "2: alias *a0: write the value out, aliases are not allowed"),
        ("a: &a [*a]\n", "1: anchor &a: anchors are not allowed"),
        ("? &a [1]\n: x\n", "1: a key must be a word, not a list, a mapping or an alias"),
        ("a: &a x\n*a : y\n", "2: a key must be a word, not a list, a mapping or an alias"),
        ("rules: !!python/object/apply:os.system [id]\n", "1: tag "),
        ("rules: !!python/name:os.system\n", "1: tag "),
        ("x: !!binary '////'\n", "1: tag "),
        ("x: !frob [1]\n", '1: tag "!frob": tags are not allowed'),
        ("x: " + "[" * 20_000 + "]" * 20_000, "1: nested more than 20 deep"),
        ("x: " + "{a: " * 20_000, "1: nested more than 20 deep"),
        ("".join(" " * n + f"k{n}:\n" for n in range(600)), "21: nested more than 20 deep"),
        ("a: 1\n---\nb: 2\n", "2: a second document: only one is read"),
        ("a: 1\na: 2\n", '2: key "a" is here a second time (first on line 1)'),
        ("a:\n\t- b\n", "2: not valid YAML: found character that cannot start any token"),
        ("a: [1\n", "2: not valid YAML: "),
        ("a: 1\nb: \0\n", "2: not valid YAML: control characters are not allowed"),
        (b"a: 1\nb: \xff\n", "2: not UTF-8 text"),
        ("x: [" + "1," * 40_000 + "]", "1: more than 30000 values"),
        ("x: " + "y" * MAX_BYTES, "1: larger than 256 KB"),
        ("? " + "a" * 200_000 + "\n: 1", 'unknown key "aaa'),
    ],
)
def test_ends_at_once_with_the_line(mistakes_of: MistakesOf, text: str | bytes, message: str) -> None:
    begin = time.monotonic()
    found = mistakes_of(text)
    assert time.monotonic() - begin < 2
    assert any(message in mistake for mistake in found), found[:3]
    assert all(len(mistake) < 400 for mistake in found)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("22:22", "22:22"),
        ("2026-01-31", "2026-01-31"),
        ("017", 17),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9" * 20_000, "9" * 20_000),
        ("1.5", 1.5),
        ("-2", -2),
        ("1e3", 1000.0),
        ("'1'", "1"),
        ("true", True),
        ("~", None),
        ("", None),
    ],
)
def test_words_mean_what_they_look_like(text: str, value: object) -> None:
    node, mistakes = read_yaml(f"x: {text}\n".encode())
    assert mistakes == []
    assert node.plain() == {"x": value}
    assert type(node.plain()["x"]) is type(value)


def test_a_byte_order_mark_is_no_part_of_the_text(write: Callable[[str | bytes], Path]) -> None:
    load_profile(write(b"\xef\xbb\xbf" + SMALL.encode()))
    load_profile(write(SMALL.replace("\n", "\r\n").encode()))


@given(st.binary(max_size=200) | st.text(st.sampled_from("{}[]:,&*!|>-? \n\t'\"#a1<%@`~"), max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        node, _ = read_yaml(data)
    except UnreadableError:
        return
    node.plain()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.integers(0, len(SMALL)),
    st.integers(0, 12),
    st.text(st.sampled_from("{}[]:,&*!1a \n-\"'~"), max_size=6),
)
def test_any_edit_of_a_profile_loads_or_is_explained(tmp_path: Path, at: int, cut: int, new: str) -> None:
    path = tmp_path / "edited.yaml"
    path.write_text(SMALL[:at] + new + SMALL[at + cut :])
    with contextlib.suppress(ProfileError):
        load_profile(path)
