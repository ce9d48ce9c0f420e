"""Every table is small data that says what it speaks for."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from callaudit.libraries import tables
from callaudit.libraries.model import Invoke, Library, Make
from callaudit.libraries.registry import libraries

NAMES = sorted(module.name for module in iter_modules(tables.__path__))
HOWS = {"once", "maybe", "items", "later", "event", "timer", "retry"}


def tables_of(name: str) -> tuple[Library, ...]:
    module = import_module(f"{tables.__name__}.{name}")
    found: tuple[Library, ...] = getattr(module, "LIBRARIES", None) or (module.LIBRARY,)
    assert all(isinstance(library, Library) for library in found)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_table_names_the_versions_that_it_is_true_of(name: str) -> None:
    text = import_module(f"{tables.__name__}.{name}").__doc__ or ""
    assert re.search(r"\d|https://", text), "the docstring names no version and no documentation"
    assert len(Path(tables.__path__[0], f"{name}.py").read_text(encoding="utf-8").splitlines()) < 100


@pytest.mark.parametrize("name", NAMES)
def test_a_table_makes_only_clients_that_it_describes(name: str) -> None:
    for library in tables_of(name):
        methods = [model for kind in library.clients.values() for model in kind.values()]
        made = {model.kind for model in (*library.exports.values(), *methods) if isinstance(model, Make)}
        assert made | set(library.types.values()) <= set(library.clients)
        hows = {model.how for model in (*library.exports.values(), *methods) if isinstance(model, Invoke)}
        assert hows <= HOWS


def test_no_two_tables_speak_for_one_export() -> None:
    for package, found in libraries().items():
        names = [name for library in found for name in library.exports]
        assert len(names) == len(set(names)), package
