"""Every value that an estimate used and the code does not say, with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.conditions import terms
from callaudit.load.results import Assumption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.model import Model, Stream, Term
    from callaudit.load.ranges import Range
    from callaudit.load.scenario import Scenario

_SHARES = ("share_concurrent", "share_connected", "websocket_uptime", "focus_share")
_NUMBERS = ("tabs", "returns_per_hour", "retry_miss", "failure")
_TIMES = ("dwell_s", "latency_s")
_COUNTS = ("server_instances", "worker_instances", "server_ips")
_MEANS = {
    "websocket": "a WebSocket is up",
    "account": "an account is connected",
    "failure": "a run failed",
    "unknown": "not known",
}


def assumptions(scenario: Scenario, model: Model) -> tuple[Assumption, ...]:
    """What a scenario that is resolved assumes, what people do first."""
    return tuple(_all(scenario, model))


def _all(scenario: Scenario, model: Model) -> Iterator[Assumption]:
    def said(name: str, value: str, source: str = "") -> Assumption:
        return Assumption(name, value, source or scenario.source(name), scenario.name)

    yield said("users", f"{scenario.users:,}")
    for name in _SHARES:
        yield said(name, span(getattr(scenario, name)))
    for action in scenario.actions:
        each = " a user" if action.per_user else ""
        yield said(f"actions.{action.entry}", f"{span(action.per_second.scaled(60))}/min{each}", action.source)
    for visit in scenario.pages:
        yield said(f"pages.{visit.page}", f"{visit.share:.4g}", visit.source)
    for name in _NUMBERS:
        yield said(name, span(getattr(scenario, name)))
    for name in _TIMES:
        yield said(name, f"{span(getattr(scenario, name))} s")
    for name in _COUNTS:
        yield said(name, str(getattr(scenario, name)))
    for provider, tier in scenario.tiers:
        yield said(f"providers.{provider}.tier", tier, scenario.source(f"tier.{provider}"))
    if any(stream.without_key for stream in model.streams):
        yield said("keys_set", "yes" if scenario.keys_set else "no")
    yield from _conditions(scenario, model)
    for one in model.annotations:
        yield said(one.what, one.why, f"annotation, {one.file}:{one.line}")


def _conditions(scenario: Scenario, model: Model) -> Iterator[Assumption]:
    given = dict(scenario.conditions)
    for term, stream in _asked(model):
        name, place = f"conditions.{term.text}", f"{stream.file}:{stream.line}"
        if term.text in given:
            value, source = span(given[term.text]), scenario.source(name)
        elif term.kind == "unknown":
            value, source = span(scenario.unknown_condition), f"not known; {place}"
        else:
            value, source = _MEANS[term.kind], f"its name; {place}"
        yield Assumption(name, value, source, scenario.name)


def _asked(model: Model) -> list[tuple[Term, Stream]]:
    """Each thing that conditions ask, with the first stream that asks it."""
    found: dict[Term, Stream] = {}
    for stream in model.streams:
        for asked in (stream.when, *(one.when for one in stream.alternatives)):
            for term in terms(asked):
                found.setdefault(term, stream)
    return sorted(found.items(), key=lambda one: (one[0].kind, one[0].text))


def span(value: Range) -> str:
    """A number, or a share of one, with its bounds where it has some."""
    expected = f"{value.expected:.4g}"
    return expected if value.exact else f"{expected} ({value.low:.4g}…{value.high:.4g})"
