"""One line of a call tree, and how lines are put together."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, Literal

from msgspec.structs import replace

from callaudit.inventory.measure import Bounds, sequence
from callaudit.inventory.model import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.effects import Repeated
    from callaudit.flow.effects.records import Guard, Span

TIMES: Final = " times"
SHOWN_ABOVE: Final = "shown above"
"""Endings of marks: so often, and here without what it does because the tree has it already."""

CIRCLE: Final = "in a circle"
"""Mark of a route that is asked by what it does itself; the second round counts nothing."""

Kind = Literal["entry", "function", "request", "connection", "choice", "way", "loop", "guard", "route", "cut"]


class TreeNode(Record, frozen=True):
    """One line of a call tree.

    `min` and `max` bound the upstream requests below it in one run of the entry (no `max`: data decides).
    `file` and `line` are where a function is called, a request sent, a route handled, 0 where not known.
    A `choice` holds the `way`s of which one is taken; a way alone may be taken or not. `route` is one of the
    repository's own, which answers the request above it. `cut` stands for what was left out of a large tree.
    A request has a host and the names of its headers; its text is method and path, or the endpoint's name.
    """

    kind: Kind
    text: str
    min: int
    max: int | None = None
    file: str = ""
    line: int = 0
    marks: tuple[str, ...] = ()
    provider: str = ""
    endpoint: str = ""
    host: str = ""
    headers: tuple[str, ...] = ()
    children: tuple[TreeNode, ...] = ()


Grown = tuple[TreeNode, Bounds]
"""A node with its bounds as they are computed with."""

Key = tuple[object, ...]

Spot = tuple[str, int]
"""A file and a line."""


def merged(grown: Iterable[Grown]) -> list[Grown]:
    """Return siblings with those as one that show the same: the same calls with other arguments."""
    alike: dict[Key, list[Grown]] = {}
    for one in grown:
        alike.setdefault(_key(one[0]), []).append(one)
    return [same[0] if len(same) == 1 else _together(same) for same in alike.values()]


def _key(node: TreeNode) -> Key:
    """Return what a node shows but for its counts; a route counts without what it does."""
    marks = tuple(mark for mark in node.marks if not mark.endswith((TIMES, SHOWN_ABOVE)))
    below = () if node.kind == "route" else tuple(map(_key, node.children))
    return (node.kind, node.text, node.file, node.line, marks, node.headers, below)


def _together(same: list[Grown]) -> Grown:
    first = same[0][0]
    count = sum(_count(one) for one, _ in same)
    marks = tuple(mark for mark in first.marks if not mark.endswith(TIMES))
    whole = _added([one for one, _ in same])
    return replace(whole, marks=(*marks, f"{count}{TIMES}")), sequence(bounds for _, bounds in same)


def _count(node: TreeNode) -> int:
    return next((int(mark.removesuffix(TIMES)) for mark in node.marks if mark.endswith(TIMES)), 1)


def _added(same: Sequence[TreeNode]) -> TreeNode:
    """Return the first of nodes that show the same, with the counts of all."""
    most = [one.max for one in same if one.max is not None]
    return replace(
        same[0],
        min=sum(one.min for one in same),
        max=sum(most) if len(most) == len(same) else None,
        children=same[0].children
        if same[0].kind == "route"
        else tuple(_added(column) for column in zip(*(one.children for one in same), strict=True)),
    )


def group(kind: Kind, text: str, inside: list[Grown], place: Spot, marks: tuple[str, ...]) -> Grown:
    """Return a node that does what its children do, one after the other."""
    bounds = sequence(bounds for _, bounds in inside)
    return node(kind, text, bounds, place, marks, *(child for child, _ in inside)), bounds


def node(kind: Kind, text: str, bounds: Bounds, place: Spot, marks: tuple[str, ...], *children: TreeNode) -> TreeNode:
    """Return a node without the fields of a request."""
    least, most = int(bounds[0]), upper(bounds)
    return TreeNode(kind, text, least, most, place[0], place[1], marks, children=children)


def upper(bounds: Bounds) -> int | None:
    """Return the upper bound as records have it: None where data decides."""
    return None if bounds[1] == inf else int(bounds[1])


_TIMES = "\N{MULTIPLICATION SIGN}"


def loop_words(loop: Repeated) -> str:
    """Say in a few words how often a loop runs, and over what."""
    most = "n" if loop.most is None else str(loop.most)
    count = _TIMES + (most if most == str(loop.least) else f"{loop.least}…{most}")
    if loop.trigger is not None:
        return trigger_words(loop)
    if loop.kind == "timer":
        return "later, by a timer"
    if loop.retries:
        return retry_words(loop)
    if loop.kind == "items":
        return f"for each of {loop.over} {count}" if loop.over else f"for each item {count}"
    return f"loop {count} while {loop.over}" if loop.over and loop.most is None else f"loop {count}"


def trigger_words(loop: Repeated) -> str:
    """Say in a few words when a trigger fires."""
    trigger = loop.trigger
    if trigger is None:
        return ""
    if not trigger.spans:
        return f"{trigger.mechanism}, {trigger.why}" if trigger.why else trigger.mechanism
    return f"{trigger.mechanism}, every {span_words(trigger.spans)}"


def retry_words(loop: Repeated) -> str:
    """Say in a few words how often something is tried."""
    retry = loop.retries[0]
    attempts = "n" if retry.attempts is None else f"1…{retry.attempts}"
    waits = ", ".join(_time(ms) for ms in retry.delays[:4]) + (", …" if len(retry.delays) > 4 else "")
    return f"{retry.mechanism} {_TIMES}{attempts}" + (f", waits {waits}" if any(retry.delays) else "")


def guard_words(guard: Guard) -> str:
    """Say in a few words what stands before the network."""
    known = [word for word in (span_words(guard.ttl), guard.scope, guard.store) if word]
    return f"{guard.kind} {guard.mechanism}" + (f" ({', '.join(known)})" if known else "")


def span_words(spans: Sequence[Span]) -> str:
    """Times as people write them: `500 ms`, `15 s`, `30 s if connected`."""
    return ", ".join(_time(span.ms) + (f" if {span.when}" if span.when else "") for span in spans)


def _time(ms: float) -> str:
    for size, unit in ((86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s")):
        if ms >= size and ms % (size / 10 if unit == "s" else size) == 0:
            return f"{ms / size:g} {unit}"
    return f"{ms:g} ms"
