"""What an audit document claims and what the code says of it, as text, Markdown and JSON."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import markdown, markdown_code, visible
from callaudit.report.json_report import json_document
from callaudit.report.layout import packed, wrapped
from callaudit.report.markdown import ALIGNED, table_row
from callaudit.report.table import place, plural
from callaudit.report.text import console_for, written
from callaudit.verify.model import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rich.console import Console

    from callaudit.report.table import Screen
    from callaudit.verify.model import Claim, Evidence, Verification

_MARKS: Final = {"confirmed": "✓", "contradicted": "✗", "unchecked": "?"}
_STYLES: Final = {"confirmed": "green", "contradicted": "bold red", "unchecked": "yellow"}
_PROSE: Final = re.compile(r"(?:[A-Z]+ (?=/))?[^ ]* ?")
"""Pieces of a sentence: a method stays with its path."""
_NO_AUDIT: Final = "it says nothing that can be checked of calls, so what it leaves out of them is not listed"
_NO_LIST: Final = (
    "it names too few of the calls to be a list of them, so what it leaves out is not listed; "
    "callaudit inventory has all of them"
)
_WORDS: Final = {"confirmed": "confirmed", "contradicted": "contradicted", "unchecked": "not checkable"}


def verification_text(found: Verification, only: Collection[str], screen: Screen, path: str = ".") -> str:
    """Return a line for each claim, with what was found and where below those that do not hold, and what to run next.

    `path` is that of the repository, as the user gave it.
    """
    console = console_for(screen)
    console.print(Text.assemble((visible(found.document), "bold"), " · ", " · ".join(_facts(found))), soft_wrap=True)
    console.print()
    width = max((len(str(claim.line)) for claim in found.claims), default=1)
    kinds = max((len(claim.kind) for claim in found.claims), default=1)
    for claim in _shown(found, only):
        _claim(console, claim, width, kinds)
    if not found.claims:
        console.print(Text("no sentence of it is read as a claim about code; claims are read from Markdown"))
    if why := _not_listed(found, only):
        _line(console, why, "", "")
    if found.omissions and not only:
        console.print()
        console.print(Text("calls upstream and is not in the document", style="bold"))
        for omission in found.omissions:
            _line(console, visible(omission.what), "  ", "")
            _line(console, visible(place(omission.file, omission.line)), "      ", "dim")
    if not only:
        console.print()
        for command, words in _next(found, path):
            line = Text.assemble(("  " + visible(command), "cyan"), (f"  {words}", "dim"))
            console.print(line if line.cell_len <= console.width else line[: len(command) + 2], soft_wrap=True)
    return written(console)


def _not_listed(found: Verification, only: Collection[str]) -> str:
    """Say why nothing is listed that a document leaves out; empty where it is measured."""
    if only or (found.speaks_of_calls and found.lists):
        return ""
    return _NO_LIST if found.speaks_of_calls else _NO_AUDIT


def _next(found: Verification, path: str) -> Iterator[tuple[str, str]]:
    """Name commands that show less of this, hand it on, or write an audit from the code, and what each is for."""
    where = "" if path == "." else f" {shlex.quote(path)}"
    verify = f"callaudit verify {shlex.quote(found.document)}{where}"
    wrong = found.count("contradicted")
    if wrong:
        yield f"{verify} --only contradicted", f"the {plural(wrong, 'claim')} to correct"
        yield f"{verify} -f markdown -o review.md", "a table to hand on"
    yield f"callaudit report{where} -o AUDIT.md", "an audit that is written from the code"


def _facts(found: Verification) -> Iterator[str]:
    for verdict, word in _WORDS.items():
        yield f"{found.count(verdict)} {word}"  # type: ignore[arg-type]  # one of its words
    if found.omissions:
        yield f"{len(found.omissions)} left out"


def _shown(found: Verification, only: Collection[str]) -> Iterator[Claim]:
    return (claim for claim in found.claims if not only or claim.verdict in only)


def _claim(console: Console, claim: Claim, width: int, kinds: int) -> None:
    head = Text(f"{claim.line:>{width}}  ", style="dim")
    head.append(_MARKS[claim.verdict], style=_STYLES[claim.verdict] + " not dim")
    head.append(f"  {claim.kind:<{kinds}}  ", style="dim")
    indent = " " * (width + kinds + 7)
    lines = wrapped(visible(claim.claim), console.width - len(indent), cell_len, pieces=_PROSE, indent="")
    console.print(Text.assemble(head, lines[0]), soft_wrap=True)
    for line in lines[1:]:
        console.print(Text(indent + line), soft_wrap=True)
    if claim.verdict == "confirmed":
        return
    _line(console, visible(claim.found), indent + "→ ", "")
    places = [visible(_place(one)) for one in claim.evidence]
    for line in packed(places, console.width - len(indent) - 2, cell_len, between="  "):
        _line(console, line, indent + "  ", "dim")


def _line(console: Console, text: str, indent: str, style: str) -> None:
    for number, line in enumerate(wrapped(text, console.width - len(indent), cell_len, pieces=_PROSE, indent="")):
        console.print(Text((indent if not number else " " * len(indent)) + line, style=style), soft_wrap=True)


def _place(evidence: Evidence) -> str:
    return place(evidence.file, evidence.line) if evidence.file else evidence.text


def verification_markdown(found: Verification, only: Collection[str]) -> str:
    """Return a table of the claims, and a list of what is left out."""
    return "\n".join(_markdown(found, only)) + "\n"


def _markdown(found: Verification, only: Collection[str]) -> Iterator[str]:
    yield f"# What the code says of {markdown(found.document)}"
    yield ""
    yield markdown(" · ".join(_facts(found)))
    yield ""
    yield table_row(("Line", "", "Claim", "What was found", "Evidence"))
    yield table_row((ALIGNED["number"], *[ALIGNED["words"]] * 4))
    for claim in _shown(found, only):
        evidence = ", ".join(markdown_code(_place(one)) for one in claim.evidence)
        cells = (str(claim.line), _MARKS[claim.verdict], markdown(claim.claim), markdown(claim.found), evidence)
        yield table_row(cells)
    if why := _not_listed(found, only):
        yield from ("", why)
    if found.omissions and not only:
        yield from ("", f"## {plural(len(found.omissions), 'thing')} that call upstream and are not in it", "")
        for one in found.omissions:
            yield f"- {markdown(one.what)} ({markdown_code(place(one.file, one.line))})"


def verification_json(found: Verification, only: Collection[str]) -> str:
    """Return all of it as `callaudit/verify/1`."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "document": found.document,
        "counts": {verdict: found.count(verdict) for verdict in ("confirmed", "contradicted", "unchecked")},
        "claims": list(_shown(found, only)),
        "omissions": list(found.omissions),
    }
    return json_document(document)
