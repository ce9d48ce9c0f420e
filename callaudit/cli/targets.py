"""Pairs of --format and --output: several files in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from callaudit.cli import output
from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    _Function = TypeVar("_Function", bound=Callable[..., Any])


def targets(formats: Sequence[str]) -> Callable[[_Function], _Function]:
    """Add --format and --output, each as often as wanted."""

    def decorated(function: _Function) -> _Function:
        for decorate in (
            click.option(
                "-o",
                "--output",
                "outputs",
                multiple=True,
                metavar="FILE",
                type=click.Path(),
                help="File to write, one for each format; - for standard output.",
            ),
            click.option(
                "-f",
                "--format",
                "formats",
                multiple=True,
                type=click.Choice(formats),
                help="Format of the output; text, or what the file's name ends with, if it is left out.",
            ),
        ):
            function = decorate(function)
        return function

    return decorated


def pairs(formats: Sequence[str], outputs: Sequence[str], suffixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Join formats and files in their order; one format may be left over for standard output.

    Without formats the end of a file's name decides, by `suffixes`.
    """
    if not formats:
        named = [(suffixes.get(target.rpartition(".")[2].lower(), "text"), target) for target in outputs]
        return named or [("text", output.STANDARD)]
    places = [*outputs, output.STANDARD] if len(formats) == len(outputs) + 1 else list(outputs)
    if len(formats) != len(places):
        raise Failed("outputs", formats=len(formats), outputs=len(outputs))
    return list(zip(formats, places, strict=True))
