"""The HTTP boundary inside a repository: which of its own routes a request is answered by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import EMIT, EVENT_INSIDE, PROCEDURE, QUEUE
from callaudit.frameworks.model import FORWARD
from callaudit.inventory.addresses import is_own_placeholder, is_own_variable, words
from callaudit.inventory.forwards import forwarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects.effects import Target
    from callaudit.frameworks.model import Entry

_LOCAL = re.compile(r"^(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(:|$)")
_CATCH_ALL = re.compile(r"^(\[\[?\.\.\.|\*\w*$|:\w+\*|\{\*)")
_PARAM = re.compile(r"[\[{:*<$]")
_AFTER = re.compile(r"[\]}>]([\w.-]*)$")
"""What follows a parameter in brackets."""


class Boundary:
    """Matches requests to routes."""

    def __init__(self, routes: Sequence[Entry], is_provider: Callable[[str], bool]) -> None:
        """Index `routes`; hosts for which `is_provider` holds are never the app's own."""
        self._is_provider = is_provider
        self._routes: list[tuple[list[str], Entry]] = [
            (_segments(route.path), route) for route in routes if route.kind in ("route", FORWARD) and route.path
        ]
        self._apps = frozenset(word for route in routes for word in words(route.app.rpartition("/")[2]))
        self._procedures: dict[str, list[Entry]] = {}
        for route in routes:
            if route.namespace and route.kind == "route":
                self._procedures.setdefault(route.namespace, []).append(route)
        self._listening: dict[str, list[Entry]] = {}
        self._answers: dict[tuple[Target, str], Entry | None] = {}

    def listen(self, sockets: Iterable[Entry]) -> None:
        """Index what listens for messages of other apps."""
        for entry in sockets:
            if entry.method == EMIT and entry.path:
                self._listening.setdefault(entry.path, []).append(entry)
        self._answers.clear()

    def route(self, target: Target, app: str) -> Entry | None:
        """The route that answers `target` when code of the package `app` asks; `None` for a call that leaves."""
        key = (target, app)
        if key not in self._answers:
            self._answers[key] = self._route(target, app)
        return self._answers[key]

    def is_local(self, host: str) -> bool:
        """Whether a host is the machine itself."""
        return bool(_LOCAL.match(host))

    def _route(self, target: Target, app: str, *, rewritten: bool = False) -> Entry | None:
        if target.method == EMIT:
            return self._listener(target, app)
        asked = dict(target.discriminator).get(PROCEDURE) if target.discriminator else None
        if asked is not None:
            return self._procedure(asked, target, app)
        relative = not target.host and target.path.startswith("/")
        if not relative and not self._may_be_own(target):
            return None
        wanted = _segments(target.path)
        if not wanted and not relative:
            return None
        # else, and in another app, the path has to agree in more than any path would
        plain = relative or self.is_local(target.host)
        best: tuple[tuple[int, ...], Entry] | None = None
        for segments, route in self._routes:
            if route.method not in (target.method, "ANY") and not target.method.startswith("{"):
                continue
            if rewritten and route.forward is not None:
                continue
            score = _match(segments, wanted)
            if score is None or (not score and (not plain or (relative and route.app != app))):
                continue
            if not score and not relative and route.app == app and route.forward is None:
                continue  # no server asks itself for anything at all: another one listens on that port
            named = _named_after(route.app, target)
            rank = (
                int(relative and route.app == app),
                named,
                score,
                int(route.method == target.method),
                int(route.app == app),
                int(route.forward is None),
            )
            if best is None or rank > best[0]:
                best = (rank, route)
        if best is not None and best[1].forward is not None:
            found = forwarded(best[1], target)
            to = found.asks[0].target if len(found.asks) == 1 else None
            inside = to is not None and not to.host and to.path.startswith("/")
            return self._route(to, best[1].app, rewritten=True) if inside and to is not None else found
        return best[1] if best is not None else None

    def _procedure(self, asked: str, target: Target, app: str) -> Entry | None:
        """The route of a procedure: at the path that is asked for before others, in the same app before others."""
        found = self._procedures.get(asked, [])
        return min(found, key=lambda one: (one.path != target.path, one.app != app, one.path), default=None)

    def _listener(self, target: Target, app: str) -> Entry | None:
        """What listens for a message: in its namespace before others, in another app before the sender's."""
        space = dict(target.discriminator).get("namespace", "")
        found = self._listening.get(target.path, [])
        if target.path.startswith(EVENT_INSIDE):
            return next((one for one in found if one.namespace == space), None)
        if target.path.startswith(QUEUE):  # what does other jobs of the queue does not do this one
            found = [one for one in found if one.namespace in ("", space)]
        return min(found, key=lambda one: (one.namespace != space, one.app == app, one.file, one.line), default=None)

    def _may_be_own(self, target: Target) -> bool:
        host = target.host
        if self._is_provider(host):
            return False
        if self.is_local(host):
            return True
        if host.startswith("env:"):
            return is_own_variable(host.removeprefix("env:").partition(":")[0], self._apps, public=False)
        if host.startswith("{"):
            return is_own_placeholder(host)
        return any(is_own_variable(name, self._apps, public=True) for name in target.env)


def takes_all(path: str) -> bool:
    """Whether a route answers whatever comes below it."""
    return any(_CATCH_ALL.match(segment) for segment in _segments(path))


def _segments(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def _match(segments: list[str], wanted: list[str]) -> int | None:
    """How many segments agree to the letter; `None` where the route does not answer."""
    agreed = 0
    for number, segment in enumerate(segments):
        if _CATCH_ALL.match(segment):
            optional = segment.startswith("[[") or segment == "*"
            return agreed if optional or number < len(wanted) else None
        if number >= len(wanted):
            return None
        one = wanted[number]
        param = _PARAM.search(segment)
        if param is not None:
            if not _may_be(one, segment[: param.start()], _text_after(segment)):
                return None
            continue
        if "{" in one:
            return None  # any of several routes: not guessed
        if segment != one:
            return None
        agreed += 1
    return agreed if len(wanted) == len(segments) else None


def _text_after(segment: str) -> str:
    found = _AFTER.search(segment)
    return found[1] if found is not None else ""


def _may_be(one: str, before: str, after: str) -> bool:
    """Whether what stands around the parameter of a segment (`@:name`, `{prefix}orders`) may stand in `one` too."""
    known, _, hidden = one.partition("{")
    if not hidden:
        return one.startswith(before) and one.endswith(after) and len(one) >= len(before) + len(after)
    end = one.rpartition("}")[2]
    return (known.startswith(before) or before.startswith(known)) and (end.endswith(after) or after.endswith(end))


def _app_word(app: str) -> str:
    return app.rpartition("/")[2].upper().replace("-", "_")


def _named_after(app: str, target: Target) -> int:
    """Whether the base URL's variable is named after the app, as `WEB_APP_URL` is after `apps/web`."""
    name = _app_word(app)
    return int(bool(name) and any(name in variable.upper().split("_") for variable in target.env))
