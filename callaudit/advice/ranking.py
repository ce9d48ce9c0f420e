"""The order of findings: what uses up a quota first, and of that the severest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.results import ScenarioLoad
    from callaudit.rules.model import Finding

_ORDER: Final = {"error": 0, "warning": 1, "note": 2}


def ranked(findings: Sequence[Finding], scenario: ScenarioLoad | None) -> tuple[tuple[Finding, ...], ...]:
    """Return what counts of `findings` by rule, the worst rule and the worst place of each in front.

    Worst is what asks for a quota that gives way in `scenario`: warnings before notes, and errors before both.
    """
    asking = _asking(scenario)
    nothing = len(asking)

    def badness(one: Finding) -> tuple[bool, int, int]:
        here: list[tuple[str, int] | str] = [(one.file, one.line), str(dict(one.facts).get("label", ""))]
        here += [(member.step.file, member.step.line) for member in one.members]
        here += [(step.file, step.line) for step in one.path]
        rank = min((asking.get(where, nothing) for where in here), default=nothing)
        return (rank == nothing or one.severity == "note", _ORDER[one.severity], rank)

    by_rule: dict[str, list[Finding]] = {}
    for one in sorted((one for one in findings if one.counts), key=badness):
        by_rule.setdefault(one.rule, []).append(one)
    return tuple(map(tuple, by_rule.values()))


def _asking(scenario: ScenarioLoad | None) -> dict[tuple[str, int] | str, int]:
    """Number the places and endpoints that ask most of the quotas that give way, the first quota in front."""
    by_id = {one.id: one for one in scenario.buckets} if scenario is not None else {}
    ranks: dict[tuple[str, int] | str, int] = {}
    for name in scenario.gives_way if scenario is not None else ():
        for one in by_id[name].contributors:
            ranks.setdefault((one.file, one.line), len(ranks))
            ranks.setdefault(one.endpoint, len(ranks))
    return ranks
