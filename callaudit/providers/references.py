"""Checks what a profile says about itself: names that must exist, unique ids, bounds in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.providers.limits import Cost
from callaudit.providers.mistakes import Mistake, did_you_mean, quote
from callaudit.providers.model import When

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from callaudit.providers.document import ProfileDocument
    from callaudit.providers.model import EndpointFacts
    from callaudit.providers.sdk import Package, Use
    from callaudit.providers.source import Node

Place = tuple[str | int, ...]
"""Keys and positions that lead from the document's root to a value."""

Found = tuple[Place, str]


class _Names(Struct, frozen=True):
    """What the profile defines and refers to."""

    hosts: Collection[str]
    contexts: Collection[str]
    buckets: Collection[str]
    costs: Collection[str]
    endpoints: Collection[str]
    written: Collection[str]
    channels: Collection[str]
    actions: Collection[str]


def contradictions(document: ProfileDocument, root: Node) -> Iterator[Mistake]:
    """Every name that leads nowhere, id that is taken and bound that is out of order, with its line."""
    names = _names(document)
    for check in (_repeated_ids, _contexts, _costs, _endpoints, _substitutes, _packages):
        for place, message in check(document, names):
            yield Mistake(_line(root, place), message)
    yield from _citations(root, document.sources)


def _names(document: ProfileDocument) -> _Names:
    ids = [endpoint_id for block in document.endpoints for endpoint_id in block.endpoints]
    groups = {block.group for block in document.endpoints if block.effect == "write"}
    socket = document.websocket
    return _Names(
        hosts={host.id for host in document.hosts},
        contexts={context.id for context in document.contexts},
        buckets={bucket.id for bucket in document.buckets},
        costs=set(document.costs),
        endpoints=set(ids),
        written=groups.union(ids),
        channels={channel.name for channel in socket.channels} if socket else set(),
        actions=set(socket.actions) if socket else set(),
    )


def _line(root: Node, place: Place) -> int:
    node, line = root, root.line
    for step in place:
        if isinstance(node.value, dict) and isinstance(step, str) and step in node.value:
            line, node = node.value[step].line, node.value[step].node
        elif isinstance(node.value, list) and isinstance(step, int):
            node = node.value[step]
            line = node.line
        else:
            break
    return line


def _known(place: Place, kind: str, words: Iterable[str], known: Collection[str]) -> Iterator[Found]:
    for word in words:
        if word not in known:
            yield place, f"no {kind} {quote(word)} in this profile{did_you_mean(word, known)}"


def _citations(node: Node, sources: Collection[str]) -> Iterator[Mistake]:
    if isinstance(node.value, list):
        for item in node.value:
            yield from _citations(item, sources)
    elif isinstance(node.value, dict):
        for key, entry in node.value.items():
            if key == "sources" and isinstance(entry.node.value, str):
                cited = [citation.partition("/")[0] for citation in entry.node.value.split()]
                for _, message in _known((), "source", cited, sources):
                    yield Mistake(entry.line, message)
            else:
                yield from _citations(entry.node, sources)


def _repeated_ids(document: ProfileDocument, _names: _Names) -> Iterator[Found]:
    lists: list[tuple[Place, list[str]]] = [
        (("hosts",), [host.id for host in document.hosts]),
        (("contexts",), [context.id for context in document.contexts]),
        (("buckets",), [bucket.id for bucket in document.buckets]),
        (("recognise", "packages"), [package.name for package in document.recognise.packages]),
    ]
    if document.websocket:
        lists.append((("websocket", "channels"), [channel.name for channel in document.websocket.channels]))
    for place, ids in lists:
        seen: set[str] = set()
        for number, word in enumerate(ids):
            if word in seen:
                yield (*place, number), f"{quote(word)} is here a second time"
            seen.add(word)


def _contexts(document: ProfileDocument, names: _Names) -> Iterator[Found]:
    last = len(document.contexts) - 1
    if last < 0 or document.contexts[last].when != When():
        yield ("contexts",), "the last context must have no condition, so that every call has a context"
    for number, context in enumerate(document.contexts):
        place = ("contexts", number, "when", "host")
        yield from _known(place, "host", filter(None, [context.when.host]), names.hosts)
        if context.when == When() and number < last:
            yield ("contexts", number), "a context without a condition hides those after it"
    for number, bucket in enumerate(document.buckets):
        yield from _known(("buckets", number, "contexts"), "context", bucket.contexts, names.contexts)


def _costs(document: ProfileDocument, names: _Names) -> Iterator[Found]:
    for name, cost_class in document.costs.items():
        place = ("costs", name, "charges")
        yield from _known(place, "bucket", cost_class.charges, names.buckets)
        for bucket, cost in cost_class.charges.items():
            if isinstance(cost, Cost) and not _in_order(cost):
                yield (*place, bucket), "must be min <= value <= max"


def _in_order(cost: Cost) -> bool:
    steps = [step for step in (cost.min, cost.value, cost.max) if step is not None]
    return steps == sorted(steps)


def _endpoints(document: ProfileDocument, names: _Names) -> Iterator[Found]:
    seen: set[tuple[object, ...]] = set()
    for number, block in enumerate(document.endpoints):
        yield from _known(("endpoints", number, "cost"), "cost class", [block.cost], names.costs)
        for endpoint_id, endpoint in block.endpoints.items():
            place = ("endpoints", number, "endpoints", endpoint_id)
            method, path = endpoint_id.split(" ")[:2]
            call = (method, path, *sorted(endpoint.discriminator.items()))
            if call in seen:
                yield place, f"{quote(f'{method} {path}')} is here a second time with the same discriminator"
            seen.add(call)
            yield from _endpoint(place, endpoint, names)


def _endpoint(place: Place, endpoint: EndpointFacts, names: _Names) -> Iterator[Found]:
    yield from _known((*place, "cost"), "cost class", filter(None, [endpoint.cost]), names.costs)
    yield from _known((*place, "channels"), "channel", endpoint.channels, names.channels)
    yield from _known((*place, "ws_action"), "action", filter(None, [endpoint.ws_action]), names.actions)
    yield from _known((*place, "invalidated_by"), "endpoint or group", endpoint.invalidated_by, names.written)
    yield from _known((*place, "signalled_by"), "channel", endpoint.signalled_by, names.channels)
    if endpoint.ttl_s and endpoint.ttl_s[0] > endpoint.ttl_s[1]:
        yield (*place, "ttl_s"), "must be lowest, then highest seconds"


def _substitutes(document: ProfileDocument, names: _Names) -> Iterator[Found]:
    for number, batch in enumerate(document.batching):
        yield from _known(("batching", number, "calls"), "endpoint", batch.calls, names.endpoints)
        yield from _known(("batching", number, "use"), "endpoint", [batch.use], names.endpoints)
    for number, entry in enumerate(document.not_endpoints):
        place = ("not_endpoints", number, "instead")
        yield from _known(place, "endpoint", filter(None, [entry.instead]), names.endpoints)


def _packages(document: ProfileDocument, names: _Names) -> Iterator[Found]:
    for number, package in enumerate(document.recognise.packages):
        place = ("recognise", "packages", number)
        streams = {*names.channels, *names.actions}
        for method, target in package.streams.items():
            yield from _known((*place, "streams", method), "channel or action", [target], streams)
        for inside, use in _uses(package):
            yield from _known((*place, *inside), "endpoint", [use.endpoint], names.endpoints)
            if use.max is not None and use.min > use.max:
                yield (*place, *inside), "must be min <= max"


def _uses(package: Package) -> Iterator[tuple[Place, Use]]:
    for use in package.first_use:
        yield ("first_use",), use
    for method in package.methods:
        for use in package.uses(method):
            yield ("methods", method), use
