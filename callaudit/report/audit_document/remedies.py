"""What findings of one rule ask for: code, places, computed effect, effort with its basis, effect on behaviour."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.report.audit_document.wording import hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import Saving
    from callaudit.report.audit_document.material import Material
    from callaudit.rules.model import Finding, Rule

_EFFORT: Final = {
    "caching": (60, 120, 10, 30, "choose keys and lifetimes, then wrap each place"),
    "retries": (30, 90, 30, 60, "decide what happens instead, then change each loop"),
    "fan-out": (30, 60, 20, 60, "change what asks, and check what shows it"),
    "polling": (20, 40, 5, 15, "an option at each place"),
    "hygiene": (15, 45, 5, 15, "the same option at each place"),
    "budget": (60, 240, 0, 0, "depends on what the budget is over for"),
}
"""Minutes at least and at most to begin with, then for each place, and what they are for."""

_BEHAVIOUR: Final = {
    "caching": "answers may be as old as the lifetime; writes must drop what they change",
    "retries": "a caller may learn later, or by push, what it waited for before",
    "fan-out": "none where the answer is the same; else the order of requests changes",
    "polling": "what is shown may be older by the difference of the intervals",
    "hygiene": "none while the provider answers; calls that hang end with an error",
    "budget": "depends on the change that is chosen",
}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)


class Remedy(Struct, frozen=True):
    """What one rule found, with everything that a reader needs to act on it."""

    rule: Rule
    findings: tuple[Finding, ...]
    savings: tuple[Saving, ...]

    @property
    def id(self) -> str:
        """The id of its section."""
        return f"fix-{self.rule.id}"

    @property
    def files(self) -> tuple[str, ...]:
        """The files to change, in the order of their names."""
        return tuple(sorted({one.file for one in self.findings}))

    @property
    def priority(self) -> str:
        """How urgent it is: what saves more than half of a quota's load is, whatever the rule says."""
        best = max((one.saves / one.before for one in self.savings if one.before), default=0.0)
        if self.findings[0].severity == "error" or best >= 0.5:
            return "HIGH"
        return "MEDIUM" if self.findings[0].severity == "warning" else "LOW"

    @property
    def effort(self) -> str:
        """A range of hours."""
        base_low, base_high, low, high, _ = _EFFORT.get(self.rule.group, _EFFORT["budget"])
        count = len(self.findings)
        return hours(base_low + low * count, base_high + high * count)

    @property
    def basis(self) -> str:
        """What the effort is computed from."""
        base_low, base_high, low, high, text = _EFFORT.get(self.rule.group, _EFFORT["budget"])
        places = f"{len(self.findings)} place{'s' if len(self.findings) != 1 else ''} in {len(self.files)} file"
        each = f" and {low}-{high} min for each of {places}{'s' if len(self.files) != 1 else ''}" if high else ""
        return f"{base_low}-{base_high} min to begin with{each}: {text}"

    @property
    def behaviour(self) -> str:
        """What users may notice."""
        return _BEHAVIOUR.get(self.rule.group, "see the rule's page")

    def strategy(self) -> Iterator[tuple[str, str]]:
        """Split the rule's advice into paragraphs and code: language (empty: text) and what it says."""
        text, end = self.rule.docs.fix, 0
        for found in _FENCE.finditer(text):
            yield from _paragraphs(text[end : found.start()])
            yield found[1] or "ts", found[2].rstrip()
            end = found.end()
        yield from _paragraphs(text[end:])


def remedies(material: Material) -> tuple[Remedy, ...]:
    """Return what to do, most urgent first."""
    by_rule: dict[str, list[Finding]] = {}
    for one in material.checked.findings:
        if one.counts:
            by_rule.setdefault(one.rule, []).append(one)
    found = []
    for name, findings in by_rule.items():
        rule = material.rule(name)
        if rule is not None and rule.group != "suppressions":
            kind = getattr(rule, "change", "")
            savings = tuple(one for one in material.load.what_if if kind and one.kind == kind)
            found.append(Remedy(rule, tuple(findings), savings))
    order = {"HIGH": 0, "MEDIUM": 1, "LOW": 2}
    return tuple(sorted(found, key=lambda one: (order[one.priority], one.rule.number, one.rule.id)))


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"\n\s*\n", text):
        if part.strip():
            yield "", " ".join(part.split())
