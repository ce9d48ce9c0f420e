"""Findings as Markdown: for comments on pull requests and the summary of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.report.escape import markdown, markdown_code
from callaudit.report.findings.outcome import also_words, gaps, totals, worst_first
from callaudit.report.markdown import ALIGNED, table_row
from callaudit.report.table import place, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.report.findings.outcome import Outcome
    from callaudit.rules.model import Finding


_TITLES: Final = ("", "rule", "where", "what", "do")


def findings_markdown(outcome: Outcome, *, most_bytes: int = 0) -> str:
    """Return a table of the findings that count, the worst first.

    With `most_bytes` the table ends before it is larger than a job summary may be, and says what is left out.
    """
    head = ["## callaudit", "", markdown(" · ".join(totals(outcome)))]
    tail = [*_notes(outcome)]
    rows = [_row(outcome.prefix, finding) for finding in worst_first(outcome.counting)]
    if rows:
        head += ["", table_row(_TITLES), table_row([ALIGNED["words"]] * len(_TITLES))]
    room = most_bytes - sum(len(line.encode()) + 1 for line in [*head, *tail]) - 200
    kept = rows if not most_bytes else rows[: _fitting(rows, room)]
    left = [f"- {plural(len(rows) - len(kept), 'more finding')} left out here"] if len(kept) < len(rows) else []
    notes = ["", *left, *tail] if left or tail else []
    return "\n".join([*head, *kept, *notes]) + "\n"


def _row(prefix: str, finding: Finding) -> str:
    also = f" ({also_words(finding)})" if finding.also else ""
    way = " → ".join(markdown_code(step.function) for step in finding.path) if len(finding.path) > 1 else ""
    cells = (
        f"**{finding.severity}**" if finding.severity == "error" else finding.severity,
        f"{markdown_code(finding.rule)} {markdown(finding.number)}",
        markdown_code(place(prefix + finding.file, finding.line)),
        markdown(finding.message + also) + (f"<br>{way}" if way else ""),
        markdown(finding.fix),
    )
    return table_row(cells)


def _fitting(rows: list[str], room: int) -> int:
    for count, row in enumerate(rows):
        room -= len(row.encode()) + 1
        if room < 0:
            return count
    return len(rows)


def _notes(outcome: Outcome) -> Iterator[str]:
    yield from (f"- incomplete: {markdown(text)}" for text in outcome.incomplete)
    yield from (f"- inactive: {markdown(text)}" for text in outcome.inactive)
    yield from (f"- {markdown(text)}" for text in gaps(outcome))
    if outcome.gone > 0:
        yield f"- {plural(outcome.gone, 'place')} of the baseline gone"
