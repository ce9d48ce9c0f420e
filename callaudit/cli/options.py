"""Options that every command has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_Function = TypeVar("_Function", bound="Callable[..., Any]")


def shared(function: _Function) -> _Function:
    """Add PATH-independent options: colors, how much is said, and what an internal error shows."""
    for decorate in (
        click.option("--debug", is_flag=True, help="Show where an internal error comes from."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing beside the output."),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            default="auto",
            show_default=True,
            help="Colors; auto heeds NO_COLOR and FORCE_COLOR.",
        ),
    ):
        function = decorate(function)
    return function


def repository(function: _Function) -> _Function:
    """Add the PATH of the repository to analyze."""
    return click.argument("path", default=".", metavar="[PATH]", type=click.Path())(function)


def config_file(function: _Function) -> _Function:
    """Add --config, which names a configuration instead of looking for it."""
    option = click.option(
        "--config", metavar="FILE", type=click.Path(), help="Configuration to read; it is found otherwise."
    )
    return option(function)


def example(*lines: str) -> str:
    """Return an epilog with commands that run on the fixture, which click must not fill into a paragraph."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
