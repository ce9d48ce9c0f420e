"""The exports of a package that has one thing to give, under several names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.libraries.model import Model


def default_and(model: Model, *names: str) -> dict[str, Model]:
    """`model` as the default export, and by `names`."""
    return dict.fromkeys(("default", *names), model)
