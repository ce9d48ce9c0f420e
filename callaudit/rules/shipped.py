"""The rules that come with callaudit: in a checkout beside the package, in an installation inside of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from callaudit.rules.load import load_rules

if TYPE_CHECKING:
    from callaudit.rules.model import Rule

_PACKAGE = Path(__file__).parents[1]


def folder() -> Path:
    """Return where the rule files are."""
    installed = _PACKAGE / "_rules"
    return installed if installed.is_dir() else _PACKAGE.parent / "rules"


@cache
def shipped_rules(*, examples: bool = False) -> tuple[Rule, ...]:
    """Return all shipped rules in the order of their numbers; examples are most of their text and seldom needed."""
    found = load_rules(sorted(folder().glob("*.yaml")), folder(), shipped=True, examples=examples)
    return tuple(sorted(found, key=lambda rule: rule.number))
