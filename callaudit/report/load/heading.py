"""What a scenario assumes, in the lines above what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import visible
from callaudit.report.load.numbers import percent, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from callaudit.load.results import Load, ScenarioLoad

_SHOWN = ("share_concurrent", "share_connected", "websocket_uptime")


def heading(console: Console, load: Load, scenario: ScenarioLoad, *, hint: bool) -> None:
    """Print users, shares and actions of a scenario; with the `hint`, how to see all that it assumes."""
    said = {one.name: one.value for one in load.assumptions if one.scenario in ("", scenario.name)}
    words = [who(scenario)] if scenario.processes else [who(scenario), *_shares(said)]
    words += [f"{visible(name[8:])} {value}" for name, value in said.items() if name.startswith("actions.")]
    _head(console, words, "--assumptions" if hint else "")


def _head(console: Console, words: Sequence[str], hint: str) -> None:
    """Print what a scenario assumes, broken between its parts only, and how to see more."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} · {word}" if lines else word
        if lines and cell_len(longer) <= console.width:
            lines[-1] = longer
        else:
            lines.append(word)
    gap = console.width - cell_len(lines[-1]) - len(hint)
    for line in lines[:-1]:
        console.print(Text(line, style="bold"), soft_wrap=True)
    last = Text(lines[-1], style="bold")
    console.print(last.append(" " * gap + hint, style="dim not bold") if hint and gap > 1 else last, soft_wrap=True)
    console.print()


def _shares(said: dict[str, str]) -> Iterable[str]:
    names = ("concurrent", "of them connected", "WebSocket up")
    for field, words in zip(_SHOWN, names, strict=True):
        value = said.get(field, "")
        share, _, rest = value.partition(" ")
        shown = percent(float(share)) if share else "?"
        if rest:
            low, high = (percent(float(end)) for end in rest.strip("()").split("…"))
            shown += f" ({low}…{high})"
        yield f"{words} {shown}" if field == "websocket_uptime" else f"{shown} {words}"
