"""What a check found, as every format renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from callaudit.report.escape import visible
from callaudit.report.table import plural
from callaudit.rules.model import SEVERITIES, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.inventory.compare import Comparison

_MOST_NAMED: Final = 2
Gate = Literal["error", "warning", "note", "never"]


class Unread(Struct, frozen=True):
    """Files that were not analyzed to the end, by name."""

    partly: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


class Outcome(Struct, frozen=True):
    """Findings in the order of places, the rules that ran, and what is missing from a whole answer.

    `incomplete` are sentences about rules, `partly` and `skipped` count files, `unknown` calls. `inactive` are
    rules that cannot run yet, with the reason. `prefix` leads from the root of the repository to the audited
    folder, `apps/web/` or empty. `gone` counts places of the baseline that are no more, -1 without a baseline.
    `base` is the revision that was compared with, `fixed` counts its findings that are no more, `comparison` says
    what entries ask otherwise. The `gate` is the mildest severity that is a failure. `unread` names the files that
    were partly analyzed or skipped, where they are known.
    """

    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...]
    incomplete: tuple[str, ...] = ()
    inactive: tuple[str, ...] = ()
    partly: int = 0
    skipped: int = 0
    unknown: int = 0
    prefix: str = ""
    gone: int = -1
    base: str = ""
    fixed: int = 0
    comparison: Comparison | None = None
    gate: Gate = "note"
    unread: Unread = Unread()

    @property
    def status(self) -> Literal["complete", "partial"]:
        """Whether every file, call and rule was analyzed to the end."""
        return "partial" if self.incomplete or self.partly or self.skipped or self.unknown else "complete"

    @property
    def counting(self) -> list[Finding]:
        """Return the findings that nobody has silenced and no baseline holds."""
        return [finding for finding in self.findings if finding.counts]


def at_gate(findings: Iterable[Finding], gate: Gate) -> list[Finding]:
    """Return the findings that count and are as severe as `gate`, or worse."""
    if gate == "never":
        return []
    heard = SEVERITIES[: SEVERITIES.index(gate) + 1]
    return [finding for finding in findings if finding.counts and finding.severity in heard]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by severity, confidence and what they stand for, then by place."""
    sure = ("high", "medium", "low")
    return sorted(
        findings,
        key=lambda one: (
            SEVERITIES.index(one.severity),
            sure.index(one.confidence),
            -one.also,
            one.file,
            one.line,
            one.rule,
        ),
    )


def totals(outcome: Outcome) -> list[str]:
    """Return `2 errors, 1 note`, or `no findings`; and how many are silenced or known."""
    counted = [
        plural(count, severity)
        for severity in SEVERITIES
        if (count := sum(one.severity == severity for one in outcome.counting))
    ]
    suppressed = sum(one.suppressed for one in outcome.findings)
    baselined = sum(one.baselined and not one.suppressed for one in outcome.findings)
    quiet = [f"{suppressed:,} suppressed"] if suppressed else []
    known = f"known since {outcome.base}" if outcome.base else "in the baseline"
    quiet += [f"{baselined:,} {known}"] if baselined else []
    quiet += [f"{outcome.fixed:,} fixed since {outcome.base}"] if outcome.fixed else []
    return [", ".join(counted) or "no findings", *quiet]


def gaps(outcome: Outcome) -> list[str]:
    """Return what was not analyzed to the end, in words for one line."""
    said = []
    if outcome.partly:
        said.append(f"{plural(outcome.partly, 'file')} partly analyzed{_named(outcome.unread.partly)}")
    if outcome.skipped:
        said.append(f"{plural(outcome.skipped, 'file')} skipped{_named(outcome.unread.skipped)}")
    if outcome.unknown:
        said.append(f"{plural(outcome.unknown, 'unknown call')} (callaudit inventory --view unknowns)")
    return said


def _named(files: Sequence[str]) -> str:
    """Return the names of a few files, or how to see those of many."""
    if len(files) > _MOST_NAMED:
        return " (callaudit inventory --view notices)"
    return f" ({', '.join(map(visible, files))})" if files else ""


def also_words(finding: Finding, shown: int = 0) -> str:
    """Return `and 3 more places for the same reason`, beside those that are `shown`, or nothing."""
    more = finding.also - shown
    return f"and {plural(more, 'more place')} for the same reason" if more > 0 else ""
