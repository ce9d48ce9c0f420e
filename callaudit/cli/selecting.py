"""Options that say which rules run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    _Function = TypeVar("_Function", bound=Callable[..., Any])


def selecting(function: _Function) -> _Function:
    """Add --select, --ignore and --rules; each can be given several times, and names joined by commas."""
    for decorate in (
        click.option(
            "--rules",
            multiple=True,
            callback=_split,
            metavar="FILE",
            help="File or folder of rules of your own; instead of those that the configuration names.",
        ),
        click.option(
            "--ignore",
            multiple=True,
            callback=_split,
            metavar="RULE",
            help="Rules to leave out, named as for --select.",
        ),
        click.option(
            "--select",
            multiple=True,
            callback=_split,
            metavar="RULE",
            help="Rules to run: an id, a number, the start of a number or a group (retries).",
        ),
    ):
        function = decorate(function)
    return function


def _split(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
