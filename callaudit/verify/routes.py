"""Claims about routes: that they exist, what calls them and how often, and what they call."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts
from callaudit.verify.handlers import entries_of, function_claims
from callaudit.verify.model import Claim, Evidence, evidence_of
from callaudit.verify.names import ROUTE, path_shape
from callaudit.verify.spoken import intervals_of, times_words
from callaudit.verify.words import NEGATION, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Route, Trigger
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

ON_DEMAND = re.compile(
    r"\bon[- ]demand\b|\bon (?:\w+ )?(?:load|click|mount|open)\b|\bonce per\b|\bwhen(?:ever)? (?:a|the )?\s*user"
    r"|\busers? (?:views?|opens?|clicks?|navigates?|visits?)\b|\bmanual(?:ly)?\b",
    re.IGNORECASE,
)
_ONLY_DEMAND = re.compile(
    r"\bon[- ]demand\b|\bonly when\b|\bmanual(?:ly)?\b|\bnot polled\b|\bnever polled\b", re.IGNORECASE
)
_POLLED = re.compile(r"\bpoll(?:s|ed|ing)?\b|\brefetch|\bfallback\b|\bevery\b", re.IGNORECASE)


def route_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check the routes that a statement names with their method."""
    if statement.block.kind == "code":
        return
    for found in ROUTE.finditer(statement.text):
        name = f"{found[1]} {found[2]}"
        routes = ground.routes(found[1], found[2])
        line = statement.line + statement.text.count("\n", 0, found.start())
        if not routes:
            yield from _missing(name, found[1], found[2], line, statement, ground)
            continue
        yield Claim(line, "route", f"{name} exists", "confirmed", "it does", evidence_of(routes))
        if asserts(statement) and len(ROUTE.findall(statement.text)) == 1:
            yield from _asked(name, routes, line, statement, ground)
            yield from function_claims(name, routes, line, statement, ground)


def _missing(name: str, method: str, path: str, line: int, statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Say what is wrong with a route that nothing serves, if it is one of the repository's at all."""
    others = ground.routes("", path)
    claim = f"{name} exists"
    if others:
        served = ", ".join(sorted({route.method for route in others}))
        yield Claim(line, "route", claim, "contradicted", f"the path answers {served} only", evidence_of(others))
        return
    if _is_upstream(method, path, ground):
        yield Claim(line, "route", f"{name} is called upstream", "confirmed", "it is", _sites(method, path, ground))
        return
    shape = path_shape(path)
    served_there = [r for r in ground.inventory.routes if path_shape(r.path)[:1] == shape[:1] and len(shape) > 1]
    if not served_there or ground.may_serve_more or _in_profile(method, path, ground) or not asserts(statement):
        longer = _ending_so(method, shape, ground)
        meant = f"{longer[0].method} {longer[0].path} may be meant" if longer else ""
        why = meant or "no route of this name is known; it may be another service's"
        yield Claim(line, "route", claim, "unchecked", why, evidence_of(longer))
        return
    if NEGATION.search(statement.text):
        yield Claim(line, "route", f"{name} does not exist", "confirmed", "nothing serves it")
        return
    yield Claim(line, "route", claim, "contradicted", f"nothing serves it; /{shape[0]} has {len(served_there)} others")


def _ending_so(method: str, shape: tuple[str, ...], ground: Ground) -> list[Route]:
    """Return the own routes whose paths end with a shape: documents leave out what all paths begin with."""
    same = [route for route in ground.inventory.routes if route.method == method]
    return [route for route in same if shape and path_shape(route.path)[-len(shape) :] == shape]


def _is_upstream(method: str, path: str, ground: Ground) -> bool:
    return bool(_sites(method, path, ground))


def _sites(method: str, path: str, ground: Ground) -> tuple[Evidence, ...]:
    shape = path_shape(path)
    found = [
        Evidence(call.file, call.line)
        for call in ground.inventory.calls
        for url in (call.urls or (call,))
        if url.method in (method, "") and not url.internal_route and set(shape) - {"{}"}
        if path_shape(url.path)[-len(shape) :] == shape
    ]
    return tuple(dict.fromkeys(found))[:3]


def _in_profile(method: str, path: str, ground: Ground) -> bool:
    shape = path_shape(path)
    return any(
        endpoint.method == method and path_shape(endpoint.path)[-len(shape) :] == shape
        for profile in ground.catalogue.profiles.values()
        for endpoint in profile.endpoints
    )


def _asked(name: str, routes: list[Route], line: int, statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that something asks for a route, and whether it does so again and again."""
    demand = ON_DEMAND.search(statement.text)
    timed = next(times(statement.text), None) if _POLLED.search(statement.text) else None
    if not demand and not timed:
        return
    said = statement.text[timed.start : timed.end] if timed else demand[0] if demand else ""
    claim = f"{name} is called ({' '.join(said.split()).lower()})"
    callers = [call for route in routes for call in ground.callers(route)]
    if not callers:
        yield _not_asked(claim, line, routes, ground)
        return
    polls = list({id(t): t for route in routes for t in ground.triggers_of_route(route) if not t.dead}.values())
    evidence = evidence_of(polls) or evidence_of(callers)
    if timed:
        known = intervals_of(polls)
        if polls and known and not set(timed.values) & known:
            yield Claim(
                line, "interval", claim, "contradicted", f"it is asked for every {times_words(known)}", evidence
            )
        elif set(timed.values) <= known:
            yield Claim(line, "interval", claim, "confirmed", f"every {times_words(known)}", evidence)
        elif not polls and not demand:
            yield Claim(line, "interval", claim, "unchecked", "no timer of its own is known; events may ask", evidence)
        return
    if polls and _ONLY_DEMAND.search(statement.text):
        found = f"it is polled: every {times_words(intervals_of(polls))}"
        yield Claim(line, "interval", claim, "contradicted", found, evidence)
    elif polls:
        yield Claim(line, "interval", claim, "unchecked", "it is polled as well", evidence)
    else:
        yield Claim(line, "route", claim, "confirmed", "it is called, and nothing polls it", evidence)


def _not_asked(claim: str, line: int, routes: list[Route], ground: Ground) -> Claim:
    if not ground.has_clients or not any(ground.is_asked(route.app) for route in routes):
        return Claim(line, "route", claim, "unchecked", "no caller in this repository; others may call it")
    evidence = list(evidence_of(routes))
    found = "nothing that runs in this repository calls it"
    ends = {
        (reach.method, reach.path.partition("?")[0]) for entry in entries_of(routes, ground) for reach in entry.reaches
    }
    for trigger in sorted(ground.repeating, key=lambda trigger: len(trigger.endpoints)):
        points = [p for p in trigger.endpoints if (p.method, p.path.partition("?")[0]) in ends]
        if points and trigger.origin == "browser" and not trigger.dead:
            direct = _is_direct(trigger, points[0].path)
            how = "directly from the browser" if direct else "another way"
            found += f"; {trigger.function} polls {points[0].method} {points[0].path} {how}"
            evidence.append(Evidence(trigger.file, trigger.line))
            break
    return Claim(line, "route", claim, "contradicted", found, tuple(evidence))


def _is_direct(trigger: Trigger, path: str) -> bool:
    return any(not one.through and one.origin == "browser" for one in trigger.reaches if one.path == path)
