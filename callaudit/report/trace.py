"""How one entry gets to its calls, and who calls one endpoint, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.impact import Prices, words
from callaudit.report.layout import CALLS, GAP, wrapped
from callaudit.report.table import bounds, place
from callaudit.report.text import console_for, written
from callaudit.report.tree_lines import LEVELS, thin, tree_lines

if TYPE_CHECKING:
    from rich.console import Console

    from callaudit.frameworks.model import Entry
    from callaudit.inventory.tree import TreeNode
    from callaudit.providers.match import Catalogue
    from callaudit.report.table import Screen
    from callaudit.report.tree_lines import Line

_NARROWEST_TREE: Final = 40
_COMFORTABLE: Final = 60
"""Columns for the tree that are worth a second place beside it."""

_NAME: Final = 30
"""Columns that most names of functions need."""

_STYLES: Final = {"way": "italic", "loop": "yellow", "cut": "yellow"}
_REQUEST: Final = r"[A-Z]+ (?=\S*/)\S+"


def trace_text(entry: Entry, tree: TreeNode, catalogue: Catalogue, screen: Screen, *, full: bool = False) -> str:
    """Return the call tree of an entry; `full` shows every function on its own line."""
    console = console_for(screen)
    _heading(console, entry, tree, words(Prices(catalogue).of_tree(tree, entry.origin)))
    lines = tree_lines(tree, full=full)
    if lines:
        _lines(console, lines)
    else:
        console.print(Text("nothing that this entry runs calls the network", style="dim"))
    return written(console)


def _heading(console: Console, entry: Entry, tree: TreeNode, impact: str) -> None:
    calls = f"{bounds(tree.min, tree.max)} {'call' if (tree.min, tree.max) == (1, 1) else 'calls'} a run"
    name = visible(entry.name)
    gap = max(GAP, console.width - cell_len(name) - len(calls))
    console.print(Text.assemble((name, "bold"), " " * gap, (calls, "bold")), soft_wrap=True)
    facts = [
        entry.kind,
        *([entry.framework] if entry.framework else []),
        entry.origin,
        place(entry.file, entry.line),
    ]
    for fact in (" · ".join(map(visible, facts)), impact):
        if fact:
            console.print(Text(fact, style="dim"), soft_wrap=True)
    console.print()


def _lines(console: Console, lines: list[Line]) -> None:
    """Print lines; paths get shorter until the tree fits beside them, and branches thinner where names would break."""
    calls = max(len(line.calls) for line in lines)
    if max(cell_len(line.first) for line in lines) + _NAME > min(console.width - calls - 2 * GAP, _COMFORTABLE):
        lines = thin(lines)
    tree = max(cell_len(line.first + _told(line)) for line in lines)
    for level in range(LEVELS):
        places = [line.place(level) for line in lines]
        column = max(map(cell_len, places))
        room = console.width - column - calls - 2 * GAP
        if room >= tree or (level == LEVELS - 2 and room >= _COMFORTABLE):
            break
    room = max(min(room, tree), _NARROWEST_TREE)
    for line, where in zip(lines, places, strict=True):
        aside = Text(where + " " * (column - cell_len(where) + GAP), style="dim")
        aside.append(line.calls.rjust(calls), style="dim" if line.calls == "0" else "not dim")
        _line(console, line, room, aside if where or line.calls else Text())


def _told(line: Line) -> str:
    return line.label + "".join(f"  ({mark})" for mark in line.marks)


def _line(console: Console, line: Line, room: int, aside: Text) -> None:
    parts = wrapped(_told(line), max(room - cell_len(line.first), 12), cell_len, pieces=CALLS)
    for number, part in enumerate(parts):
        branch = Text(line.rest if number else line.first, style="dim")
        told = Text(part, style="dim" if line.calls == "0" else _STYLES.get(line.kind, ""))
        told.highlight_regex(_REQUEST, "bold")
        text = Text.assemble(branch, told)
        if aside and not number:
            text.append(" " * (room - text.cell_len + GAP))
            text.append_text(aside)
        console.print(text, soft_wrap=True)
