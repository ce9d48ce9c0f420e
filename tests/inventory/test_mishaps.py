"""A mistake of callaudit costs the answers of the part where it happens, says so, and leaves the others as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.flow.machine.frame import Frame
from callaudit.flow.machine.mishaps import RAISE
from callaudit.frameworks import nest
from tests.projects import audited, reaches

if TYPE_CHECKING:
    from collections.abc import Callable

API = "https://api.example.com"
APP = 'import express from "express";\nconst app = express();\n'
FILES = {
    "package.json": '{"dependencies": {"express": "4"}}',
    "good.ts": f'{APP}app.get("/good", () => fetch("{API}/good"));\n',
    "bad.ts": f'{APP}app.get("/bad", () => fetch("{API}/bad"));\n',
}


def _breaking(monkeypatch: pytest.MonkeyPatch, broken: Callable[[str, int], bool], error: Exception) -> None:
    """Let running the functions fail of which `broken` says so."""
    block = Frame.block

    def failing(self: Frame, *args: object) -> object:
        if broken(self.scope.module, self.scope.function):
            raise error
        return block(self, *args)

    monkeypatch.setattr(Frame, "block", failing)
    monkeypatch.delenv(RAISE)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (KeyError("x"), "callaudit failed here (KeyError: 'x'); please report it"),
        (RecursionError(), "the code is nested too deeply to be followed"),
    ],
)
def test_a_handler_that_fails_is_no_matter_of_the_others(
    monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    """Its route is listed without requests, and is among what is not known."""
    _breaking(monkeypatch, lambda module, function: module == "bad.ts" and function > 0, error)
    found = audited({**FILES, "README": why})
    good, bad = sorted((one for one in found.entries if one.kind == "route"), key=lambda one: one.name, reverse=True)
    assert reaches(good) == {("GET", "api.example.com", "/good"): (1, 1)}
    assert reaches(bad) == {}
    assert ("bad.ts", 3, "GET /bad", why) in {(one.file, one.line, one.what, one.why) for one in found.unknowns}


def test_a_module_that_fails_is_no_matter_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another module registers is found."""
    _breaking(monkeypatch, lambda module, function: module == "bad.ts" and not function, ValueError("no"))
    found = audited({**FILES, "README": "module"})
    assert [one.name for one in found.entries if one.kind == "route"] == ["GET /good"]
    why = "callaudit failed here (ValueError: no); please report it"
    assert ("bad.ts", 1, "bad.ts", why) in {(one.file, one.line, one.what, one.why) for one in found.unknowns}


def test_a_framework_that_fails_is_no_matter_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """The entries of others are there, and what is missing is said."""

    def failing(*_: object) -> list[object]:
        raise TypeError("odd")

    monkeypatch.setattr(type(nest.FRAMEWORK), "entries", failing)
    monkeypatch.delenv(RAISE)
    found = audited({**FILES, "README": "framework"})
    assert [one.name for one in found.entries if one.kind == "route"] == ["GET /bad", "GET /good"]
    assert any("TypeError: odd" in one.why for one in found.unknowns)


def test_developers_see_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the variable that tests set nothing is held back."""
    _breaking(monkeypatch, lambda module, _: module == "bad.ts", KeyError("x"))
    monkeypatch.setenv(RAISE, "1")
    with pytest.raises(KeyError):
        audited({**FILES, "README": "raised"})
