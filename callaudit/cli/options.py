"""Options that every command has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

NO_CACHE: Final = "callaudit.no-cache"
"""Where the context of a command holds that option."""

_Function = TypeVar("_Function", bound="Callable[..., Any]")


def shared(function: _Function) -> _Function:
    """Add PATH-independent options: colors, how much is said, and what an internal error shows."""
    for decorate in (
        # Looked for by `main`, where errors end: no command asks for it.
        click.option("--debug", is_flag=True, expose_value=False, help="Show where an internal error comes from."),
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
    """Add the PATH of the repository to analyze, and whether what is known of it from before may be used."""
    no_cache = click.option(
        "--no-cache",
        is_flag=True,
        # Kept beside the parameters of the command: only `analysis` asks for it.
        expose_value=False,
        callback=lambda ctx, _param, value: ctx.meta.update({NO_CACHE: value}),
        help="Neither use nor keep what was found in an earlier run.",
    )
    return click.argument("path", default=".", metavar="[PATH]", type=click.Path())(no_cache(function))


def one_format(*formats: str) -> Callable[[_Function], _Function]:
    """Add --format, for commands that write one output."""
    return click.option(
        "-f",
        "--format",
        "format_",
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help="Format of the output.",
    )


def config_file(function: _Function) -> _Function:
    """Add --config, which names a configuration instead of looking for it."""
    option = click.option(
        "--config", metavar="FILE", type=click.Path(), help="Configuration to read; it is found otherwise."
    )
    return option(function)


def example(*lines: str) -> str:
    """Return an epilog with commands that run on the fixture, which click must not fill into a paragraph."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)
