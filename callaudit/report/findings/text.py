"""Findings for a terminal: grouped by file, each with its line of code, its way there and what to do."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.findings.comparison import comparison_rows
from callaudit.report.findings.outcome import also_words, gaps, totals
from callaudit.report.layout import CALLS, GAP, packed, wrapped
from callaudit.report.table import place, plural
from callaudit.report.text import console_for, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from callaudit.report.findings.outcome import Outcome
    from callaudit.report.table import Screen
    from callaudit.rules.model import Finding, Step

_STYLES: Final = {"error": "bold red", "warning": "yellow", "note": "cyan"}
_SEVERITY: Final = max(map(len, _STYLES))
_MOST_RELATED: Final = 2
"""Other places of one cause that are listed unless all are asked for."""

_WORDS: Final = re.compile(r"callaudit explain [^ ]+ ?|(?:\(?[A-Z]+ (?=/)|\d+ (?=(?:ms|s|min|h)\b))?[^ ]+ ?| ")
"""Pieces of a sentence: a method stays with its path, a number with its unit."""


def findings_text(outcome: Outcome, screen: Screen, *, full: bool = False) -> str:
    """Return the findings that count, and below what else there is; `full` shows each step of a way on its line."""
    console = console_for(screen)
    counting = outcome.counting
    where = max((len(_where(one)) for one in counting), default=0)
    fixes: dict[str, str] = {}
    for file, group in groupby(counting, key=lambda one: one.file):
        console.print(Text(visible(file), style="bold"), soft_wrap=True)
        for finding in group:
            _finding(console, finding, where, _fix(finding, fixes), full=full)
        console.print()
    for number, row in enumerate(comparison_rows(outcome)):
        console.print(Text(visible(row), style="" if number else "bold"), soft_wrap=True)
    _footer(console, outcome)
    return written(console)


def _fix(finding: Finding, said: dict[str, str]) -> str:
    """Return what to do, whole where it is said for the first time; `said` remembers by which finding."""
    hint = f"callaudit explain {visible(finding.number)}"
    if not finding.fix:
        return hint
    here = place(finding.file, finding.line)
    first = said.setdefault(finding.fix, here)
    return f"fix: {visible(finding.fix)}; {hint}" if first == here else f"fix: as for {visible(first)}"


def _finding(console: Console, finding: Finding, where: int, fix: str, *, full: bool) -> None:
    indent = " " * (where + 2 * GAP)
    severity = Text(finding.severity.ljust(_SEVERITY), style=_STYLES[finding.severity])
    rule = visible(finding.rule)
    head = Text.assemble(" " * GAP, (_where(finding).rjust(where), "dim"), " " * GAP, severity, " " * GAP, rule)
    message = visible(finding.message)
    beside = head.cell_len + GAP + cell_len(message) <= console.width
    if beside:
        head.append(" " * GAP + message, style="bold")
    console.print(head, soft_wrap=True)
    for line in () if beside else _wrapped(message, console.width - len(indent)):
        console.print(Text(indent + line, style="bold"), soft_wrap=True)
    for text in _details(finding, fix, console.width - len(indent), full=full):
        console.print(Text.assemble(indent, text), soft_wrap=True)


def _details(finding: Finding, fix: str, room: int, *, full: bool) -> Iterator[Text]:
    if finding.source.strip():
        source = visible(finding.source.strip())
        cut = source if cell_len(source) <= room - GAP else source[: room - GAP - 1] + "…"
        yield Text.assemble(("│ ", "dim"), (cut, "italic"))
    yield from (Text(line, style="dim") for line in _way(finding.path, room, full=full))
    shown = finding.related if full else finding.related[:_MOST_RELATED]
    for step in shown:
        said = f"see {visible(step.function)}  {visible(place(step.file, step.line))}"
        yield from (Text(line, style="dim") for line in _wrapped(said, room))
    if finding.also > len(shown):
        yield Text(also_words(finding, len(shown)), style="dim")
    yield from (Text(line, style="green") for line in _wrapped(fix, room))


def _way(path: Sequence[Step], room: int, *, full: bool) -> list[str]:
    if full:
        width = max((cell_len(visible(step.function)) for step in path), default=0)
        names = [(visible(step.function), visible(place(step.file, step.line))) for step in path]
        return [
            f"{'→ ' if number else '  '}{name}{' ' * (width - cell_len(name) + GAP)}{where}"
            for number, (name, where) in enumerate(names)
        ]
    if len(path) < 2:
        return []
    return wrapped(" → ".join(visible(step.function) for step in path), room, cell_len, pieces=CALLS)


def _wrapped(text: str, room: int) -> list[str]:
    return wrapped(text, room, cell_len, pieces=_WORDS, indent="")


def _where(finding: Finding) -> str:
    return f"{finding.line}:{finding.column}"


def _footer(console: Console, outcome: Outcome) -> None:
    said = [(f"incomplete: {visible(sentence)}", "yellow") for sentence in outcome.incomplete]
    said += [(f"inactive: {visible(sentence)}", "dim") for sentence in outcome.inactive]
    for sentence, style in said:
        for line in _wrapped(sentence, console.width):
            console.print(Text(line, style=style), soft_wrap=True)
    facts = totals(outcome)
    if not outcome.counting:
        facts.append(plural(len(outcome.rules), "rule"))
    if outcome.gone > 0:
        facts.append(f"{plural(outcome.gone, 'place')} of the baseline gone (callaudit baseline prune)")
    style = "bold" if outcome.counting else "bold green"
    for line in packed([*facts, *gaps(outcome)], console.width, cell_len):
        console.print(Text(line, style=style), soft_wrap=True)
        style = "dim"
