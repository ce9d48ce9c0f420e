"""Pairs of --format and --output: several files in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from callaudit.cli import output
from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    _Function = TypeVar("_Function", bound=Callable[..., Any])

_SUFFIXES: Final = {
    "csv": "csv",
    "htm": "html",
    "html": "html",
    "json": "json",
    "markdown": "markdown",
    "md": "markdown",
    "sarif": "sarif",
    "xml": "junit",
}
"""What a file is written in if only its name says so; text for any other name."""


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


def pairs(formats: Sequence[str], outputs: Sequence[str], known: Sequence[str]) -> list[tuple[str, str]]:
    """Join formats and files in their order; one format may be left over for standard output.

    Without formats the end of a file's name decides, among the formats that are `known` to the command.
    """
    if not formats:
        return [(_format_of(target, known), target) for target in outputs] or [("text", output.STANDARD)]
    places = [*outputs, output.STANDARD] if len(formats) == len(outputs) + 1 else list(outputs)
    if len(formats) != len(places):
        raise Failed("outputs", formats=len(formats), outputs=len(outputs))
    return list(zip(formats, places, strict=True))


def write_all(wanted: Iterable[tuple[str, str]], rendered: Callable[[str, str], str], *, quiet: bool) -> None:
    """Write each format to its file, and say so; `rendered` is asked for the text, with format and file."""
    for format_, target in wanted:
        output.write(rendered(format_, target), target, data=format_ != "text")
        if target != output.STANDARD:
            output.say(f"wrote {target}", quiet=quiet)


def _format_of(target: str, known: Sequence[str]) -> str:
    found = _SUFFIXES.get(target.rpartition(".")[2].lower(), "text")
    return found if found in known else "text"
