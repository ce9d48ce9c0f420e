"""Repositories without users: bots, workers and schedules run once in each process, however many people there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.load.ranges import ONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.model import Model
    from callaudit.load.scenario import Scenario


def serves_users(model: Model) -> bool:
    """Whether anything is asked for because of a user: a page, or a route or action that somebody calls."""
    return any(stream.holder == "user" or stream.action for stream in model.streams)


def processes(scenario: Scenario, model: Model) -> tuple[tuple[str, int], ...]:
    """The processes that run where nothing depends on users, each kind with how many; nothing where users matter."""
    if serves_users(model):
        return ()
    holders = {stream.holder for stream in model.streams}
    counts = {"server": scenario.server_instances, "worker": scenario.worker_instances}
    found = tuple((kind, count) for kind, count in counts.items() if kind in holders)
    return found or ((("worker", 1),) if holders else ())


def told_apart(scenarios: Sequence[Scenario], model: Model) -> tuple[Scenario, ...]:
    """The scenarios, of those that differ in their users alone the first one where users do not matter."""
    if serves_users(model) or not model.streams:
        return tuple(scenarios)
    found: dict[Scenario, Scenario] = {}
    for one in scenarios:
        rest = replace(one, name="", users=0, share_concurrent=ONE, actions=(), pages=(), sources=(), claims=())
        found.setdefault(rest, one)
    return tuple(found.values())
