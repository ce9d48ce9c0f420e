"""What to change: findings of rules and changes of the model, by kind, with computed effect, effort and behaviour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.model import PRIORITIES, Effort, Remedy, Spot
from callaudit.advice.strategies import strategy
from callaudit.advice.verdict import state

if TYPE_CHECKING:
    from callaudit.advice.known import Known
    from callaudit.advice.model import Priority
    from callaudit.load.changes import Change
    from callaudit.load.results import Saving
    from callaudit.rules.model import Finding

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
    "": "at most while the provider is slow or fails",
}
_MUCH, _SOME = 0.25, 0.01


def remedies(known: Known) -> tuple[Remedy, ...]:
    """Return what to do, most urgent first: kinds that the model knows, then rules that change no load."""
    by_kind: dict[str, list[Finding]] = {}
    for one in known.checked.findings:
        rule = known.rule(one.rule)
        if one.counts and rule is not None and rule.group != "suppressions":
            by_kind.setdefault(_kind(one.rule, known), []).append(one)
    for change in known.changes:
        if any(one.saves > _SOME for one in _savings(known, change.kind)):
            by_kind.setdefault(change.kind, [])
    found = [_remedy(kind, findings, known) for kind, findings in by_kind.items()]
    return tuple(sorted(found, key=lambda one: (PRIORITIES.index(one.priority), -round(one.best, 6), one.id)))


def _kind(name: str, known: Known) -> str:
    """Return what the model calls the change that a rule recommends; a rule without one is a kind of its own."""
    rule = known.rule(name)
    change = rule.change if rule is not None else ""
    return _NAMES.get(change, change) or f"rule:{name}"


def _remedy(kind: str, findings: list[Finding], known: Known) -> Remedy:
    rules = [rule for rule in known.rules if rule.id in {one.rule for one in findings}]
    own = kind.startswith("rule:")
    savings = _savings(known, kind)
    useful = {one.change for one in savings if one.saves > _SOME}
    changes = [one for one in known.changes if one.kind == kind and one.title in useful]
    best = max(savings, key=lambda one: one.saves, default=None)
    places = _places(kind, findings, changes, known)
    first = next((one for one in changes if best is not None and one.title == best.change), None)
    saves = best.saves if best is not None and best.saves > 0 else 0.0
    pressing = max((one.saves for one in savings if one.bucket in _strained(known)), default=0.0)
    return Remedy(
        id=f"fix-{kind.removeprefix('rule:')}",
        title=rules[0].title if own else _TITLES.get(kind, kind),
        kind="" if own else kind,
        priority=_priority(findings, saves, pressing),
        rules=tuple(rules),
        findings=tuple(findings),
        changes=tuple(one.title for one in changes),
        savings=savings,
        places=places,
        effort=_effort("" if own else kind, len(places)),
        behaviour=_BEHAVIOUR.get("" if own else kind, _BEHAVIOUR[""]),
        code=tuple(strategy(first, known)) if first is not None else (),
        best=saves,
    )


def _strained(known: Known) -> set[str]:
    """The quotas that are nearly used up, or more than that, in any scenario."""
    buckets = (bucket for one in known.scenarios for bucket in one.buckets)
    return {one.id for one in buckets if state(one) in ("over", "tight")}


def _priority(findings: list[Finding], saves: float, pressing: float) -> Priority:
    """How urgent it is: by what a rule says, what the model saves, and what it saves of quotas that are strained."""
    if any(one.severity == "error" for one in findings) or pressing >= _MUCH:
        return "HIGH"
    return "MEDIUM" if saves >= _SOME or any(one.severity == "warning" for one in findings) else "LOW"


def _places(kind: str, findings: list[Finding], changes: list[Change], known: Known) -> tuple[Spot, ...]:
    """Where the code is to be changed: at the poll for its interval, else at the call."""
    places = {Spot(one.file, one.line) for one in findings}
    at_poll = kind in ("longer-interval", "websocket-only")
    for change in changes:
        for stream in known.model.streams:
            if stream.id in change.streams:
                places.add(Spot(*((stream.file, stream.line) if at_poll else (stream.site.file, stream.site.line))))
    return tuple(sorted(places))


def _effort(kind: str, places: int) -> Effort:
    start, more, low, high, about = _EFFORT.get(kind, _EFFORT[""])
    return Effort((start, more), (low, high), start + low * places, more + high * places, about)


def _savings(known: Known, kind: str) -> tuple[Saving, ...]:
    """Return what changes of a kind save alone, in the scenario of today."""
    today = known.smallest.name
    return tuple(one for one in known.load.what_if if one.kind == kind and not one.step and one.scenario in ("", today))


def remedy_of(finding: Finding, known: Known) -> str:
    """Return the id of the remedy of a finding."""
    return f"fix-{_kind(finding.rule, known).removeprefix('rule:')}"
