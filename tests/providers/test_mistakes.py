from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from callaudit.providers.load import load_profile
from callaudit.providers.mistakes import MOST, ProfileError

from .conftest import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MistakesOf = Callable[[str | bytes], list[str]]


def test_a_good_profile_loads(write: Callable[[str], Path]) -> None:
    profile = load_profile(write(SMALL))
    assert [e.id for e in profile.endpoints][:2] == ["GET /v2/things", "GET /v2/things/mine"]
    assert profile.addresses(profile.endpoints[2].sources) == ("https://docs.acme.test/limits/things",)


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("hosts:", "hots:", 'unknown key "hots" in the profile; did you mean "hosts"?'),
        (
            "env: production",
            "zzz: 1, env: production",
            "valid keys: id, env, kind, url, path_prefix, sources",
        ),
        ("kind: rest", "kind: rst", '"kind" must be one of rest, ws, not "rst"; did you mean "rest"?'),
        ("scope: shared", "scope: 1", '"scope" must be one of account, object, shared, not 1'),
        (
            "scope: shared",
            "scope: [shared]",
            '"scope" must be one of account, object, shared, not a list of 1',
        ),
        ("profile_version: 1", "profile_version: 2", '"profile_version" must be one of 1, not 2'),
        ("profile_version: 1", 'profile_version: "1"', '"profile_version" must be one of 1, not "1"'),
        ("profile_version: 1", "profile_version: true", '"profile_version" must be one of 1, not true'),
        ("env: production, ", "", 'lacks the key "env"'),
        (
            "contexts: [anonymous]",
            "contexts: [anonymus]",
            'no context "anonymus" in this profile; did you mean',
        ),
        ("charges: {ip: 1}", "charges: {ipp: 1}", 'no bucket "ipp" in this profile; did you mean "ip"?'),
        ("charges: {ip: 1}", "charges: {ip: -1}", '"ip" must be at least 0, not -1'),
        ("charges: {ip: 1}", "charges: {ip: yes}", '"ip" must be a number or a mapping with min, max, value'),
        ("charges: {ip: 1}", "charges: {ip: {min: 2, max: 1, value: 1}}", "must be min <= value <= max"),
        ("charges: {ip: 1}", "charges: 1", '"charges" must be a mapping, not 1'),
        ("cost: one", "cost: two", 'no cost class "two"'),
        ("basis: stated, sources: docs", "basis: stated, sources: dosc", 'no source "dosc"'),
        ("seconds: 1,", "seconds: null, second: 1,", 'unknown key "second"'),
        ("seconds: 1,", 'seconds: "1",', '"seconds" must be a number or null, not "1"'),
        ("key_by: [ip]", "key_by: ip", '"key_by" must be a list, not "ip"'),
        ("mine: {sources: docs}", "mine: {sources: docs, ttl_s: [1]}", "must be a list of 2 values or null"),
        ("mine: {sources: docs}", "mine: {sources: docs, ttl_s: [5, 1]}", "lowest, then highest"),
        ("mine: {sources: docs}", "mine: {sources: docs, channels: [x]}", 'no channel "x"'),
        ("mine: {sources: docs}", "mine: {sources: docs, invalidated_by: [x]}", 'no endpoint or group "x"'),
        ("mine: {sources: docs}", "mine: {sources: docs, batch_max: 1.5}", "must be a whole number or null"),
        ("GET /v2/things/mine:", "get /v2/things/mine:", 'a key of "endpoints" must match'),
        ("GET /v2/things/mine:", "GET /v2/things:", 'key "GET /v2/things" is here a second time'),
        ("id: any", "id: main", '"main" is here a second time'),
        ("id: main", "id: Main Host", '"id" must match'),
        ('"https://*.eu.acme.test"', '"https://*"', '"url" must match'),
        ('"2026-01-31"', "2026", '"retrieved" must be text, not 2026'),
        (
            "- {id: anonymous}",
            "- {id: anonymous, when: {header: X}}",
            "the last context must have no condition",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(mistakes_of: MistakesOf, good: str, bad: str, message: str) -> None:
    text = SMALL.replace(good, bad, 1)
    assert text != SMALL
    found = [m for m in mistakes_of(text) if message in m]
    assert found, mistakes_of(text)
    if "the last context" not in message:
        assert found[0].startswith(f"{line_of(SMALL, good)}: ")


def test_all_mistakes_come_at_once_in_order(mistakes_of: MistakesOf) -> None:
    text = SMALL.replace("kind: rest", "kind: x").replace("scope: shared", "scope: y").replace("hosts:", "hosts:", 1)
    lines = [int(m.partition(":")[0]) for m in mistakes_of(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_the_error_reads_like_a_compiler_message(write: Callable[[str], Path]) -> None:
    path = write(SMALL.replace("scope: shared", "scope: shard"))
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}:{line_of(SMALL, 'scope:')}: ")
    assert '"shard"' in str(caught.value)


def test_a_flood_of_mistakes_is_cut(write: Callable[[str], Path]) -> None:
    path = write(SMALL + "".join(f"x{n}: 1\n" for n in range(500)))
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    assert len(caught.value.mistakes) == MOST
    assert str(caught.value).endswith("there are more mistakes; these are a hundred of them")


def test_control_characters_are_shown_escaped(mistakes_of: MistakesOf) -> None:
    found = mistakes_of(SMALL.replace("hosts:", '"ho\\x1b]0;sts":'))
    assert any("\\x1b]0;" in m for m in found)
    assert not any("\x1b" in m for m in found)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in [
        ("missing.yaml", "cannot be read: No such file"),
        (".", "not a file"),
        ("pipe", "not a file"),
    ]:
        with pytest.raises(ProfileError, match=message):
            load_profile(tmp_path / name)


@pytest.mark.parametrize("text", ["", "# nothing\n", "just text\n", "- a\n- b\n", "null\n", "{}"])
def test_files_that_hold_no_profile(mistakes_of: MistakesOf, text: str) -> None:
    assert mistakes_of(text)
