"""What people say in comments about what no analysis can know: `// callaudit: interval=15s`.

An annotation speaks of what is on its own line or on the next one. `interval` gives the interval of a trigger,
`attempts` those of a retry, `calls` the endpoint that a call site asks for, `mounted` a page that mounts a hook or
component. Each that is not understood, or speaks of nothing, is a notice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from callaudit.inventory import model as m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects.effects import Target
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module
    from callaudit.providers.match import Catalogue

NAMES = ("interval", "attempts", "calls", "mounted")
_MARK = re.compile(r"callaudit:\s*(.*?)\s*(?:\*/\s*\}?|-->)?\s*$", re.DOTALL)
_PAIR = re.compile(r"(\w+)\s*=\s*(.*?)\s*,?\s*(?=\w+\s*=|$)", re.DOTALL)
_OTHER = re.compile(r"^(ignore|ignore-file)\b")
_TIME = re.compile(r"^(\d+(?:\.\d+)?)\s*(ms|s|sec|m|min|h|d)?$")
_UNITS = {"ms": 1, "s": 1_000, "sec": 1_000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_CALL = re.compile(r"^([A-Z]+)\s+(\S+)$")


class Annotations:
    """All annotations of a program, and which of them were used."""

    def __init__(self, modules: Iterable[Module]) -> None:
        """Read the comments of `modules`."""
        self.notices: list[m.Notice] = []
        self._said: dict[str, dict[tuple[str, int], str]] = {name: {} for name in NAMES}
        self._used: set[tuple[str, str, int]] = set()
        for module in modules:
            for comment in module.facts.comments:
                self._read(module.path, comment.line, comment.text)

    def _read(self, file: str, line: int, text: str) -> None:
        found = _MARK.search(text)
        said = found[1] if found else ""
        if _OTHER.match(said):
            return
        pairs = _PAIR.findall(said)
        if not pairs:
            self._wrong(file, line, said, f"it says none of {', '.join(NAMES)}, as in `callaudit: interval=15s`")
        for name, value in pairs:
            if name not in self._said:
                self._wrong(file, line, f"{name}={value}", f"there is no {name}; there are {', '.join(NAMES)}")
            elif (reason := _mistake(name, value)) is not None:
                self._wrong(file, line, f"{name}={value}", reason)
            else:
                self._said[name][file, line] = value

    def _wrong(self, file: str, line: int, said: str, why: str) -> None:
        self.notices.append(m.Notice(file, line, f"annotation not understood: {said[:80]}", why))

    def _of(self, name: str, file: str, line: int) -> str | None:
        """What is said of `line`: there, or on the line before."""
        for place in ((file, line), (file, line - 1)):
            value = self._said[name].get(place)
            if value is not None:
                self._used.add((name, *place))
                return value
        return None

    def answer_calls(self, interpreter: Interpreter, catalogue: Catalogue) -> None:
        """Give the requests whose URL is not known the endpoints that are said to be theirs."""
        if not self._said["calls"]:
            return
        for number, requested in enumerate(interpreter.requests):
            site = requested.site
            value = self._of("calls", site.file, site.line)
            if value is not None and requested.target.unknown:
                target = _target(requested.target, value, catalogue)
                interpreter.requests[number] = replace(requested, target=target)

    def applied(self, inventory: m.Inventory) -> m.Inventory:
        """The inventory with everything that is said, and a notice for what speaks of nothing."""
        mounted = {(entry.kind, entry.name, entry.file): self._mounted(entry) for entry in inventory.entries}
        triggers = tuple(self._trigger(one, mounted) for one in inventory.triggers)
        retries = tuple(self._retry(one) for one in inventory.retries)
        entries = tuple(
            replace(one, mounted_on=pages, dead=False) if (pages := mounted[one.kind, one.name, one.file]) else one
            for one in inventory.entries
        )
        return replace(
            inventory,
            entries=entries,
            triggers=triggers,
            retries=retries,
            annotations=self._annotations(),
            notices=tuple(
                sorted(
                    (*inventory.notices, *self.notices, *self._unused()),
                    key=lambda one: (one.file, one.line, one.what, one.why),
                )
            ),
        )

    def _trigger(self, one: m.Trigger, mounted: dict[tuple[str, str, str], tuple[str, ...]]) -> m.Trigger:
        value = self._of("interval", one.file, one.line)
        if value is not None:
            one = replace(one, intervals=(m.Interval(_milliseconds(value)),), why="", period=one.period or "interval")
        pages = next((p for (_, name, file), p in mounted.items() if p and (name, file) == (one.entry, one.file)), ())
        return replace(one, mounted_on=pages, dead=False) if pages else one

    def _retry(self, one: m.Retry) -> m.Retry:
        value = self._of("attempts", one.file, one.line)
        return one if value is None else replace(one, max_attempts=int(value), why="")

    def _mounted(self, entry: m.Entry) -> tuple[str, ...]:
        value = self._of("mounted", entry.file, entry.line) if entry.kind in ("hook", "component") else None
        return () if value is None else tuple(sorted({*entry.mounted_on, value}))

    def _annotations(self) -> tuple[m.Annotation, ...]:
        return tuple(
            m.Annotation(file, line, name, value, used=(name, file, line) in self._used)
            for name in NAMES
            for (file, line), value in sorted(self._said[name].items())
        )

    def _unused(self) -> Iterable[m.Notice]:
        what: dict[str, str] = {
            "interval": "no timer or poll is on this line or the next",
            "attempts": "no retry is on this line or the next",
            "calls": "no call site is on this line or the next",
            "mounted": "no hook or component that reaches the network is on this line or the next",
        }
        for one in self._annotations():
            if not one.used:
                yield m.Notice(one.file, one.line, f"unused annotation: {one.name}={one.value}", what[one.name])


def _mistake(name: str, value: str) -> str | None:
    """Why a value cannot be meant; `None` for one that can."""
    checks: dict[str, tuple[Callable[[str], object], str]] = {
        "interval": (_TIME.match, "a time is a number with ms, s, min, h or d: `15s`"),
        "attempts": (lambda text: text.isdigit() and int(text) > 0, "attempts are a number from 1 on: `3`"),
        "calls": (_CALL.match, "a call is a method and a path or URL: `GET /api/v1/positions`"),
        "mounted": (lambda text: text.startswith("/"), "a page is a path: `/trade`"),
    }
    check, reason = checks[name]
    return None if check(value) else reason


def _milliseconds(value: str) -> float:
    found = _TIME.match(value)
    if found is None:
        return 0
    ms = float(found[1]) * _UNITS[found[2] or "ms"]
    return int(ms) if ms == int(ms) else ms


def _target(target: Target, value: str, catalogue: Catalogue) -> Target:
    """The target that `METHOD path` or `METHOD url` says; the host of a mere path is that of the profile with it."""
    method, _, where = value.partition(" ")
    parts = urlsplit(where.strip())
    host = parts.netloc
    if not host:
        host = next(iter(_hosts(method, parts.path, catalogue)), "")
    shown = f"https://{host}{parts.path}" if host else parts.path
    return replace(target, method=method, url=shown, host=host, path=parts.path or "/", unknown="")


def _hosts(method: str, path: str, catalogue: Catalogue) -> Sequence[str]:
    return [
        host.host
        for profile in catalogue.profiles.values()
        for host in profile.hosts
        if catalogue.endpoint(host.host, method, path, None) is not None
    ]
