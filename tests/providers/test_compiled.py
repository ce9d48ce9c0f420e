from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest
import yaml

from callaudit.providers import compile as compiling
from callaudit.providers.load import COMPILED, builtin_profiles, load_profile

from .conftest import PROFILES, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_generated_files_are_current() -> None:
    stale = [path.name for path, data in compiling.generated().items() if path.read_bytes() != data]
    assert stale == [], "run: python -m callaudit.providers.compile"


def test_nothing_else_lies_beside_the_compiled_profiles() -> None:
    assert {p.stem for p in COMPILED.iterdir()} == {p.stem for p in PROFILES.iterdir()}


def test_builtin_profiles_are_what_their_yaml_says() -> None:
    assert list(builtin_profiles()) == [load_profile(path) for path in sorted(PROFILES.glob("*.yaml"))]


def test_check_names_what_is_stale(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert compiling.main(["--check"]) == 0
    monkeypatch.setattr(compiling, "generated", lambda: {compiling.SCHEMA: b"other"})
    assert compiling.main(["--check"]) == 1
    assert capsys.readouterr().out == "profile.schema.json\n"
    assert compiling.SCHEMA.read_bytes() != b"other"


def test_start_up_reads_no_yaml() -> None:
    script = (
        "import sys; from callaudit.providers.load import builtin_profiles as b; "
        "from callaudit.providers.match import Catalogue; "
        "Catalogue(b()).sdk_call('ccxt', ('pacifica', 'fetchTickers')); "
        "assert 'yaml' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


class TestSchema:
    validator = jsonschema_rs.Draft202012Validator(json.loads(compiling.SCHEMA.read_bytes()))

    @pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
    def test_takes_the_builtin_profiles(self, path: Path) -> None:
        assert self.validator.is_valid(yaml.safe_load(path.read_text()))

    def test_takes_what_the_loader_takes(self, write: Callable[[str], Path]) -> None:
        load_profile(write(SMALL))
        assert self.validator.is_valid(yaml.safe_load(SMALL))

    @pytest.mark.parametrize(
        ("good", "bad"),
        [
            ("scope: shared", "scope: everybody"),
            ("hosts:", "hots:"),
            ("GET /v2/things:", "GET v2/things:"),
            ("charges: {ip: 1}", "charges: {ip: -1}"),
            ('"2026-01-31"', '"January"'),
        ],
    )
    def test_refuses_what_the_loader_refuses(
        self, mistakes_of: Callable[[str], list[str]], good: str, bad: str
    ) -> None:
        text = SMALL.replace(good, bad)
        assert text != SMALL
        assert mistakes_of(text)
        assert not self.validator.is_valid(yaml.safe_load(text))
