"""What tells one context of a function from another."""

from __future__ import annotations

import pytest

from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Unknown


def _of_type(module: str, text: str) -> object:
    return key(Unknown("id", type=(module, text)))


@pytest.mark.parametrize("text", ["string", "number | null", "string[]", "Promise<void>", "Record<string, number>"])
def test_types_that_name_nothing_of_a_module_are_one(text: str) -> None:
    assert _of_type("a.ts", text) == _of_type("b.ts", text)
    assert _of_type("a.ts", text) != _of_type("a.ts", "boolean")


@pytest.mark.parametrize("text", ["Client", "Client | null", "Promise<Client>", "Map<string, Client>", "api.Client"])
def test_types_that_name_something_of_a_module_are_of_that_module(text: str) -> None:
    assert _of_type("a.ts", text) != _of_type("b.ts", text)
