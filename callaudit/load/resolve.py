"""Fills in what a scenario leaves to the code: the page that people are on, and the action that they take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.load.builtin import DEAREST
from callaudit.load.ranges import ONE
from callaudit.load.scenario import Visit
from callaudit.load.situation import Situation

if TYPE_CHECKING:
    from callaudit.load.model import Model
    from callaudit.load.scenario import Action, Scenario
    from callaudit.load.totals import Totals

MOST_PAGE = "default: the page that polls most, for everybody"


def resolved(scenario: Scenario, totals: Totals) -> Scenario:
    """The scenario with pages and actions of this repository. An action that it does not have is left out."""
    if not scenario.pages:
        page = heaviest_page(scenario, totals)
        scenario = replace(scenario, pages=(Visit(page, 1.0, None, MOST_PAGE),) if page else ())
    dearest = dearest_write(totals.model)
    actions: list[Action] = []
    for action in scenario.actions:
        if action.entry != DEAREST:
            actions.append(action)
        elif dearest:
            actions.append(replace(action, entry=dearest, source=f"{action.source}, at {DEAREST}"))
    # Where nobody writes upstream, figures of trades and accounts speak of another kind of program.
    return replace(scenario, actions=tuple(actions), claims=scenario.claims if dearest else ())


def heaviest_page(scenario: Scenario, totals: Totals) -> str:
    """The page on which one connected user polls most upstream requests, by name where pages are equal."""
    rates = {
        page: totals.polls(page, Situation(for_one_page(scenario, page), visitor=True)) for page in totals.model.pages
    }
    return max(sorted(rates), key=lambda page: rates[page], default="")


def dearest_write(model: Model) -> str:
    """The route or server action that writes upstream and asks most in one run, retries included."""
    calls: dict[str, float] = {}
    writes: set[str] = set()
    for stream in model.streams:
        if stream.kind == "action" and stream.mechanism == "request":
            most = stream.calls.high * stream.retry_attempts
            calls[stream.action] = calls.get(stream.action, 0.0) + (most if most != float("inf") else 0.0)
            if stream.effect == "write" or (stream.effect == "unknown" and stream.method not in ("GET", "HEAD")):
                writes.add(stream.action)
    return max(sorted(writes), key=lambda name: calls[name], default="")


def for_one_page(scenario: Scenario, page: str) -> Scenario:
    """The scenario with everybody on one page and nothing done there."""
    return replace(scenario, pages=(Visit(page, 1.0),), actions=(), share_concurrent=ONE)
