"""What to change: findings of rules and changes of the model, by kind, with computed effect, effort and behaviour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.report.audit_document.model import Place
from callaudit.report.audit_document.wording import hours
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.changes import Change
    from callaudit.load.results import Saving
    from callaudit.report.audit_document.material import Material
    from callaudit.rules.model import Finding, Rule

_NAMES: Final = {"deduplicate": "dedup"}
"""Kinds of changes that rules call otherwise than the model."""

_TITLES: Final = {
    "cache": "Cache answers on the server",
    "dedup": "Share requests in flight",
    "no-retry": "Do not ask again and again",
    "push": "Take from a channel what is asked for again",
    "longer-interval": "Poll less often",
    "websocket-only": "Poll only while the socket is down",
    "queue": "Queue what the server sends",
    "batch": "Ask for many things at once",
    "key-header": "Send the API key with every request of the server",
    "tier": "Raise the level of the account",
}
_EFFORT: Final = {
    "cache": (60, 120, 10, 30, "choose keys and lifetimes, then wrap each place"),
    "dedup": (60, 90, 5, 15, "one map, then wrap each place"),
    "no-retry": (30, 90, 30, 60, "decide what happens instead, then change each loop"),
    "push": (90, 180, 30, 90, "subscribe, match what arrives, then drop each loop"),
    "longer-interval": (15, 30, 5, 15, "an option at each place"),
    "websocket-only": (15, 30, 5, 15, "an option at each place"),
    "queue": (60, 120, 5, 10, "one queue, then send each call through it"),
    "batch": (60, 120, 15, 45, "one call for many, then its callers"),
    "key-header": (15, 30, 5, 15, "a header at each place"),
    "tier": (30, 60, 0, 0, "ask the provider"),
    "": (15, 45, 5, 15, "the same change at each place"),
}
"""Minutes at least and at most to begin with, then for each place, and what they are for."""

_BEHAVIOUR: Final = {
    "cache": "answers may be as old as the lifetime; writes must drop what they change",
    "dedup": "none: those who ask at one moment get one answer",
    "no-retry": "a caller may learn later what it waited for before",
    "push": "what was looked up is pushed: it arrives when it happens",
    "longer-interval": "what is shown may be older by the difference of the intervals",
    "websocket-only": "while the socket is up nothing is asked for: a lost message is missing until it reconnects",
    "queue": "in bursts answers come later, and none is refused",
    "batch": "none, where one call answers what many did",
    "key-header": "none: another quota pays",
    "tier": "none",
    "": "none while the provider answers as expected",
}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)
_MUCH, _SOME = 0.25, 0.01


class Remedy(Struct, frozen=True):
    """One thing to do: what rules found (`findings`), what the model would change (`changes`), what that saves."""

    id: str
    title: str
    kind: str
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    savings: tuple[Saving, ...]
    places: tuple[Place, ...]

    @property
    def best(self) -> float:
        """The largest part of a quota's load that it saves."""
        return max((one.saves for one in self.savings), default=0.0)

    @property
    def priority(self) -> str:
        """How urgent it is, by what a rule says and by what the model saves."""
        if any(one.severity == "error" for one in self.findings) or self.best >= _MUCH:
            return "HIGH"
        return "MEDIUM" if self.best >= _SOME or any(f.severity == "warning" for f in self.findings) else "LOW"

    @property
    def files(self) -> tuple[str, ...]:
        """The files to change."""
        return tuple(dict.fromkeys(place.file for place in self.places))

    @property
    def effort(self) -> str:
        """A range of hours."""
        base_low, base_high, low, high, _ = _EFFORT.get(self.kind, _EFFORT[""])
        return hours(base_low + low * len(self.places), base_high + high * len(self.places))

    @property
    def basis(self) -> str:
        """What the effort is computed from."""
        base_low, base_high, low, high, text = _EFFORT.get(self.kind, _EFFORT[""])
        where = f"{plural(len(self.places), 'place')} in {plural(len(self.files), 'file')}"
        each = f", {low}-{high} min for each of {where}" if high else ""
        return f"{base_low}-{base_high} min to begin with{each}: {text}"

    @property
    def behaviour(self) -> str:
        """What users may notice."""
        return _BEHAVIOUR.get(self.kind, _BEHAVIOUR[""])

    def advice(self) -> Iterator[tuple[str, str]]:
        """Split the rules' advice into paragraphs and code: language (empty: text) and what it says."""
        for rule in self.rules:
            text, end = rule.docs.fix, 0
            for found in _FENCE.finditer(text):
                yield from _paragraphs(text[end : found.start()])
                yield found[1] or "ts", found[2].rstrip()
                end = found.end()
            yield from _paragraphs(text[end:])


def remedies(material: Material) -> tuple[Remedy, ...]:
    """Return what to do, most urgent first: kinds that the model knows, then rules that change no load."""
    by_kind: dict[str, list[Finding]] = {}
    for one in material.checked.findings:
        rule = material.rule(one.rule)
        if one.counts and rule is not None and rule.group != "suppressions":
            kind = _NAMES.get(rule.change, rule.change) or f"rule:{rule.id}"
            by_kind.setdefault(kind, []).append(one)
    for change in material.changes:
        if any(one.saves > _SOME for one in _savings(material, change.kind)):
            by_kind.setdefault(change.kind, [])
    order = {"HIGH": 0, "MEDIUM": 1, "LOW": 2}
    found = [_remedy(kind, findings, material) for kind, findings in by_kind.items()]
    return tuple(sorted(found, key=lambda one: (order[one.priority], -round(one.best, 6), one.id)))


def _remedy(kind: str, findings: list[Finding], material: Material) -> Remedy:
    rules = [rule for rule in material.rules if rule.id in {one.rule for one in findings}]
    own = kind.startswith("rule:")
    useful = {one.change for one in _savings(material, kind) if one.saves > _SOME}
    changes = tuple(one for one in material.changes if one.kind == kind and one.title in useful)
    places = {Place(one.file, one.line): None for one in findings}
    for change in changes:
        for stream in material.model.streams:
            if stream.id in change.streams:
                at_poll = kind in ("longer-interval", "websocket-only")
                file, line = (stream.file, stream.line) if at_poll else (stream.site.file, stream.site.line)
                places[Place(file, line)] = None
    return Remedy(
        id=f"fix-{kind.removeprefix('rule:')}",
        title=rules[0].title if own else _TITLES.get(kind, kind),
        kind="" if own else kind,
        rules=tuple(rules),
        findings=tuple(findings),
        changes=changes,
        savings=_savings(material, kind),
        places=tuple(sorted(places, key=lambda place: (place.file, place.line))),
    )


def _savings(material: Material, kind: str) -> tuple[Saving, ...]:
    """Return what changes of a kind save alone, in the scenario of today."""
    today = material.smallest.name
    return tuple(
        one for one in material.load.what_if if one.kind == kind and not one.step and one.scenario in ("", today)
    )


def fix_of(finding: Finding, material: Material) -> str:
    """Return the id of the section that says what to do about a finding."""
    rule = material.rule(finding.rule)
    change = _NAMES.get(rule.change, rule.change) if rule is not None else ""
    return f"fix-{change or finding.rule}"


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"\n\s*\n", text):
        if part.strip():
            yield "", " ".join(part.split())
