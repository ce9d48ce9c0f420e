"""Rules and findings, as plain records.

A finding never changes: suppressions and baselines make a new one of it that says so.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

Change = Literal[
    "", "cache", "deduplicate", "no-retry", "longer-interval", "push", "queue", "batch", "key-header", "tier"
]
"""What a rule recommends to do, as a transformation of the load model; empty where it changes no load."""

Severity = Literal["error", "warning", "note"]
Confidence = Literal["high", "medium", "low"]

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
"""From the worst to the mildest."""

CONFIDENCES: Final[tuple[Confidence, ...]] = ("high", "medium", "low")

GROUPS: Final = {
    "CA1": "caching",
    "CA2": "retries",
    "CA3": "fan-out",
    "CA4": "polling",
    "CA5": "hygiene",
    "CA6": "budget",
    "CA9": "suppressions",
}
"""What the first digit of a shipped rule's number stands for."""


class Docs(Struct, frozen=True):
    """What `callaudit explain` says of a rule, as Markdown. `audit` names the parts of an audit it stands for."""

    what: str
    why: str
    fix: str
    ignore: str
    audit: tuple[str, ...] = ()


class Example(Struct, frozen=True):
    """A small tree of files, or a folder of fixtures, with the findings that its comments expect.

    `expect` holds file and line of each finding of the rule; it is empty for what the rule must let pass.
    """

    title: str
    files: dict[str, str] = {}
    fixture: str = ""
    overlay: str = ""
    expect: tuple[tuple[str, int], ...] = ()
    line: int = 0


class Rule(Struct, frozen=True):
    """One rule file. `message` and `fix` are templates over the columns that `query` gives.

    `inactive` says why a rule cannot run without breaches of a budget. `change` is what it recommends, as the load
    model names it. `path` and `line` are where the rule is written.
    """

    id: str
    number: str
    title: str
    severity: Severity
    confidence: Confidence
    message: str
    fix: str
    query: str
    docs: Docs
    path: str
    line: int
    inactive: str = ""
    change: Change = ""
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()

    @property
    def group(self) -> str:
        """What kind of problem it is; `own` for rules that do not come with callaudit."""
        return GROUPS.get(self.number[:3], "own") if self.number.startswith("CA") else "own"


class Step(Struct, frozen=True):
    """One place of the evidence: a function, and where it is written or called."""

    function: str
    file: str
    line: int


class Member(Struct, frozen=True):
    """A further place of a finding's cause, with an identity of its own: a new one makes the finding new."""

    step: Step
    column: int = 1
    endpoint: str = ""
    fingerprint: str = ""
    moved: str = ""


class Finding(Struct, frozen=True):
    """One answer of a rule, at one line.

    `fingerprint` stays when lines move or the file is reformatted, `moved` also when the file is renamed.
    `symbol` is the function around the place, `source` its line as it is written, `facts` are the columns that the
    query gave. `members` are the other places that have the same `cause`: `also` counts them, `related` lists some.
    """

    rule: str
    number: str
    severity: Severity
    confidence: Confidence
    message: str
    file: str
    line: int
    column: int = 1
    fix: str = ""
    fingerprint: str = ""
    moved: str = ""
    symbol: str = ""
    cause: str = ""
    source: str = ""
    path: tuple[Step, ...] = ()
    related: tuple[Step, ...] = ()
    members: tuple[Member, ...] = ()
    also: int = 0
    facts: tuple[tuple[str, str | int | float], ...] = ()
    suppressed: bool = False
    reason: str = ""
    baselined: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is to be acted on: nobody has silenced it, and it is new."""
        return not (self.suppressed or self.baselined)


class Breach(Struct, frozen=True):
    """A budget that the load does not keep in a scenario.

    `value` is what it comes to and `max` what is allowed, both in `unit`. `file` and `line` are the place in the code
    that has most of it, `change` what would help most.
    """

    budget: str
    scenario: str
    what: str
    max: float
    value: float
    unit: str
    file: str
    line: int
    change: str = ""


class Checked(Struct, frozen=True):
    """All findings in the order of places, and what kept a rule from a whole answer."""

    findings: tuple[Finding, ...]
    incomplete: tuple[str, ...] = ()
