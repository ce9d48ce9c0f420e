"""The handlers of routes: which ones a text means, and claims about the functions that they call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import PATH, path_shape
from callaudit.verify.words import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Entry, Route
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_FUNCTION = re.compile(r"^(?:[\w$]+\.)*([A-Za-z_$][\w$]*)\(.*\)$")


def entries_of(routes: list[Route], ground: Ground) -> list[Entry]:
    """Return the entries that routes are."""
    return [entry for route in routes if (entry := ground.entry_of(route)) is not None]


def entries_in(text: str, ground: Ground) -> list[tuple[str, list[Entry]]]:
    """Return the name and the entries of the routes that a text means: named, or those of a file that it names."""
    found = ground.routes_in(text)
    if found:
        entries = [entry for route in found if (entry := ground.entry_of(route))]
        return [(f"{found[0].method} {found[0].path}", entries)]
    for path in PATH.finditer(text):
        for file in ground.files(path[1]):
            here = [e for e in ground.inventory.entries if e.file == file and e.kind in ("route", "action", "job")]
            if here:
                return [(path[1], here)]
    return []


def function_claims(name: str, routes: list[Route], line: int, statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check the functions that a table gives for a route: each must be on the way of its handler."""
    if statement.block.kind != "row":
        return
    entries = entries_of(routes, ground)
    steps = {step.function.rpartition(".")[2] for e in entries for r in e.reaches for step in r.via}
    ends = {part for e in entries for r in e.reaches for part in path_shape(r.path)}
    for span in code_spans(statement.text):
        for part in re.split(r"\s*\+\s*|\s*,\s*(?![^(]*\))", span):
            called = _FUNCTION.match(part)
            if not called:
                continue
            function = called[1]
            claim = f"{name} calls {function}()"
            if function in steps:
                site = next(
                    Evidence(r.site.file, r.site.line)
                    for e in entries
                    for r in e.reaches
                    if any(step.function.rpartition(".")[2] == function for step in r.via)
                )
                yield Claim(line, "call", claim, "confirmed", "it does", (site,))
            elif function in ends or not any(e.reaches for e in entries):
                yield Claim(
                    line, "call", claim, "unchecked", "the name is that of an endpoint, or nothing is known of it"
                )
            elif any(ground.lines_with(route.file, function) for route in routes):
                yield Claim(line, "call", claim, "unchecked", "the handler names it, but no call leads through it")
            else:
                found = f"the handler does not; it calls {', '.join(_ends(entries))}"
                evidence = tuple(Evidence(r.site.file, r.site.line) for e in entries for r in e.reaches)[:2]
                yield Claim(line, "call", claim, "contradicted", found, evidence)


def _ends(entries: list[Entry]) -> list[str]:
    return sorted({f"{r.method} {r.path.partition('?')[0]}" for e in entries for r in e.reaches})
