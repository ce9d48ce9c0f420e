"""Claims about background jobs: how many there are, when they run, and whether they call upstream."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, quoted
from callaudit.verify.model import Claim, Evidence, evidence_of
from callaudit.verify.names import same_words
from callaudit.verify.spoken import intervals_of, times_words
from callaudit.verify.words import NEGATION, NUMBER, code_spans, name_words, number, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Entry
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_JOBS = re.compile(
    r"\b(?:background|cron|scheduled)\s+(?:jobs?|tasks?|workers?)\b|\bcron ?jobs?\b|\bjobs\b", re.IGNORECASE
)
_COUNT = re.compile(
    rf"\b({NUMBER}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+)?"
    r"(?:background |cron |scheduled )?(?:jobs|tasks)\b",
    re.IGNORECASE,
)
_COUNTS = {w: n for n, w in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)}
_ALL = re.compile(r"(?:\b(?:there are|all|total of|has|have|runs?|schedules?)\s+(?:only\s+)?$)")
_IN_ALL = re.compile(r"^\s+(?:in (?:all|total)|altogether)\b", re.IGNORECASE)
_CALLS = re.compile(r"\b(calls?|requests?|hits?|api)\b", re.IGNORECASE)
_OF_JOBS = re.compile(r"\b(?:jobs?|crons?|tasks?|workers?|schedules?)\b", re.IGNORECASE)
_NONE = re.compile(r"^(?:none|no|0|zero|-|–|—|nothing|never)\b", re.IGNORECASE)
_SCHEDULE = re.compile(r"schedule|interval|frequency|how often|cron|runs?|when|every", re.IGNORECASE)


def job_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check a statement about one job, or about all of them."""
    jobs = [entry for entry in ground.inventory.entries if entry.kind == "job"]
    if not jobs or statement.block.kind == "code" or not asserts(statement):
        return
    if statement.block.kind == "row":
        yield from _row(statement, jobs, ground)
        return
    yield from _all_jobs(statement, jobs, ground)
    yield from _counted(statement, jobs)


def job_called(name: str, jobs: list[Entry]) -> Entry | None:
    """Return the one job that a name means: the same words in any order."""
    found = [job for job in jobs if same_words(name, job.name.rpartition(" ")[2])]
    exact = [job for job in found if len(name_words(name)) == len(name_words(job.name.rpartition(" ")[2]))]
    return exact[0] if len(exact) == 1 else found[0] if len(found) == 1 else None


def _row(statement: Statement, jobs: list[Entry], ground: Ground) -> Iterator[Claim]:
    cells, headers = statement.block.cells, statement.block.headers
    if not any(
        _JOBS.search(text) or re.search(r"\bjob\b", text, re.IGNORECASE)
        for text in (*headers, *statement.block.headings[-1:])
    ):
        return
    name = next(iter(code_spans(cells[0])), cells[0].strip()) if cells else ""
    if not name:
        return
    job = job_called(name, jobs)
    if job is None and not _OF_JOBS.search(" ".join(headers[:1])):
        return  # a table below such a heading may list anything
    if job is None:
        near = ", ".join(entry.name.rpartition(" ")[2] for entry in jobs[:8])
        yield Claim(
            statement.line, "job", f"there is a job {name}", "unchecked", f"no one job is called so; there are {near}"
        )
        return
    for header, cell in zip(headers[1:], cells[1:], strict=False):
        if _SCHEDULE.search(header):
            yield from _scheduled(statement, name, job, cell, ground)
        elif _CALLS.search(header):
            yield from _calling(statement, name, job, cell)


def _scheduled(statement: Statement, name: str, job: Entry, cell: str, ground: Ground) -> Iterator[Claim]:
    said = {value for time in times(cell) for value in time.values}
    if not said:
        return
    triggers = [t for t in ground.inventory.triggers if t.entry == job.name and t.file == job.file]
    known = intervals_of(triggers)
    claim = f"{name} runs every {times_words(said)}"
    place = (Evidence(job.file, job.line),)
    if not known or any(t.why for t in triggers):
        yield Claim(statement.line, "interval", claim, "unchecked", "its schedule is not known", place)
    elif said <= known:
        yield Claim(statement.line, "interval", claim, "confirmed", f"every {times_words(known)}", place)
    else:
        yield Claim(statement.line, "interval", claim, "contradicted", f"every {times_words(known)}", place)


def _calling(statement: Statement, name: str, job: Entry, cell: str) -> Iterator[Claim]:
    if not _NONE.search(cell.strip()):
        return
    claim = f"{name} makes no upstream calls"
    place = Evidence(job.file, job.line)
    if not job.reaches:
        yield Claim(statement.line, "job", claim, "confirmed", "it reaches none", (place,))
        return
    yield Claim(statement.line, "job", claim, "contradicted", _reached(job), _sites(job, place))


def _reached(job: Entry) -> str:
    ends = ", ".join(dict.fromkeys(f"{reach.method} {reach.path.partition('?')[0]}" for reach in job.reaches))
    through = next((reach.through[0] for reach in job.reaches if reach.through), "")
    return f"it reaches {ends}" + (f" through {through}" if through else "")


def _sites(job: Entry, place: Evidence) -> tuple[Evidence, ...]:
    return (place, *dict.fromkeys(Evidence(r.site.file, r.site.line) for r in job.reaches))[:4]


def _all_jobs(statement: Statement, jobs: list[Entry], ground: Ground) -> Iterator[Claim]:
    """Check that no job calls upstream, where a sentence says so of all of them."""
    text = statement.text
    about = _JOBS.search(text)
    if not about or not NEGATION.search(text) or not _CALLS.search(text):
        return
    if re.search(r"\b(some|most|two|one|few|except|but)\b", text, re.IGNORECASE):
        return
    if not re.search(
        r"\b(?:no|not|never|none|without|zero|don't|doesn't)\b[^.;|]{0,60}\b(?:calls?|requests?|hits?|api)\b",
        text,
        re.IGNORECASE,
    ):
        return
    claim = f"no background job calls upstream: {quoted(text)}"
    reaching = [job for job in jobs if job.reaches]
    if reaching:
        found = f"{len(reaching)} of {len(jobs)} do: {', '.join(job.name.rpartition(' ')[2] for job in reaching)}"
        evidence = tuple(Evidence(job.file, job.line) for job in reaching)
        yield Claim(statement.line, "job", claim, "contradicted", found, evidence)
    elif any(call.unknown for call in ground.inventory.calls):
        yield Claim(statement.line, "job", claim, "unchecked", "none is known to, but some calls could not be resolved")
    else:
        yield Claim(statement.line, "job", claim, "confirmed", f"none of {len(jobs)} does")


def _counted(statement: Statement, jobs: list[Entry]) -> Iterator[Claim]:
    found = _COUNT.search(statement.text)
    if not found or statement.block.kind == "heading":
        return
    word = found[1].lower()
    said = _COUNTS.get(word) or int(number(word))
    claim = f"there are {said} jobs"
    evidence = evidence_of(jobs)
    if said == len(jobs):
        yield Claim(statement.line, "count", claim, "confirmed", "there are", evidence)
    elif _ALL.search(statement.text[: found.start()].lower()) or _IN_ALL.search(statement.text[found.end() :]):
        yield Claim(statement.line, "count", claim, "contradicted", f"there are {len(jobs)}", evidence)
    else:
        yield Claim(statement.line, "count", claim, "unchecked", f"there are {len(jobs)} in all", evidence)
