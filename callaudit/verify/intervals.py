"""Claims about how often something polls, and for how long its answers are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, introduced, quoted
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import ROUTE
from callaudit.verify.payers import polls_of
from callaudit.verify.spoken import intervals_of, kept_of, stale_of, times_words
from callaudit.verify.subjects import Subject, files_of, subjects_in
from callaudit.verify.words import Time, times
from callaudit.verify.written import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_STALE = re.compile(
    r"\b(stale|fresh(?:ness)?|cached?|caching|kept|ttl|max-?age|revalidat\w*|memoi[sz]ed)\b", re.IGNORECASE
)
_OFTEN = re.compile(
    r"\b(every|poll\w*|interval|refetch\w*|refresh\w*|fallback|ticks?|repeats?|each|falls? back)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(timeouts?|times? out|delay\w*|wait\w*|backoff|back off|retr\w*|attempt\w*|effort|within|latency|takes?|total"
    r"|rate limit\w*|users?|trades?|calls?|requests?|req|window|burst)\b",
    re.IGNORECASE,
)
_OF_PROGRAMS = {
    "interval": re.compile(
        r"\b(?:poll\w*|refetch\w*|refresh\w*|re-?load\w*|fetch\w*|request\w*|intervals?|timers?|cron|schedule\w*|ticks?"
        r"|fall\w*[- ]?backs?)\b",
        re.IGNORECASE,
    ),
    "stale": re.compile(r"\b(?:stale\w*|cach\w+|ttls?|max-?age|revalidat\w*|memoi[sz]ed)\b", re.IGNORECASE),
}
"""Words that a time is said of a program, where nothing in the code is named: people do things every week, too."""
_HYPOTHETICAL = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|below|above|under|over|(?:less|more|shorter|longer|rather) than|at most"
    r"|at least|within|if|whether)\b|n't\b",
    re.IGNORECASE,
)


def interval_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check the times of a statement against what its subject does."""
    if statement.block.kind == "code" or ROUTE.search(statement.text) or not asserts(statement):
        return
    found = list(times(statement.text))
    if not found:
        return
    # What stands before a table is about all of its rows or none: a row has to name its own subject.
    if statement.block.kind == "row":
        subjects = subjects_in(statement.text, ground)
    else:
        subjects = introduced(statement, lambda text: subjects_in(text, ground))
    polled: list[Time] = []
    kept: list[Time] = []
    for time in found:
        role = _role(statement.text, time.start, time.end)
        if role != "other":
            (polled if role == "interval" else kept).append(time)
    for role, group in (("interval", polled), ("stale", kept)):
        wanted = sorted({value for time in group for value in time.values})
        if wanted and (subjects or (statement.block.kind != "row" and _OF_PROGRAMS[role].search(statement.text))):
            yield _judged(statement, role, wanted, subjects, ground)


def _role(text: str, start: int, end: int) -> str:
    """Say what a time is by the nearest word that tells, in its own clause: 'interval', 'stale' or something else."""
    left = max(text.rfind(mark, 0, start) for mark in (";", "|", ". ", "\n", " - ", " — "))
    cuts = [at for mark in (";", "|", ". ", "\n") if (at := text.find(mark, end)) >= 0]
    clause = (left + 1, min(cuts, default=len(text)))
    near: list[tuple[int, str]] = []
    for role, words in (("interval", _OFTEN), ("stale", _STALE), ("other", _OTHER)):
        spans = [word.span() for word in words.finditer(text, *clause)]
        near.extend((start - after if after <= start else before - end, role) for before, after in spans)
    return min(near)[1] if near else "other"


def _by_words(statement: Statement, ground: Ground) -> list[Subject]:
    """Return the polls of the endpoints whose words a statement has: enough to agree with it, not to contradict it."""
    triggers = tuple(polls_of(statement.text, ground))
    if not triggers:
        return []
    point = triggers[0].endpoints[0]
    return [Subject(f"the poll of {point.path}", triggers, (), Evidence(), complete=False)]


def _judged(statement: Statement, role: str, wanted: list[float], subjects: list[Subject], ground: Ground) -> Claim:
    what = "polls every" if role == "interval" else "is kept for"
    times_said = times_words(wanted)
    if not subjects and statement.block.kind != "row":
        subjects = _by_words(statement, ground)
    if not subjects:
        claim = f"something {what} {times_said}: {quoted(statement.text)}"
        return Claim(statement.line, role, claim, "unchecked", "what it is about is not named by file, hook or route")
    named = subjects[0].name
    claim = f"{named} {what} {times_said}"
    known: set[float] = set()
    for subject in subjects:
        known |= _known(role, subject)
    evidence = _evidence(role, subjects, set(wanted))
    if set(wanted) <= known:
        return Claim(statement.line, role, claim, "confirmed", _confirmed(role, subjects, wanted), evidence)
    if set(wanted) & known:
        return Claim(statement.line, role, claim, "unchecked", f"the code has {times_words(known)}", evidence)
    open_ends = any(
        t.why or not t.intervals for s in subjects for t in s.triggers if t.kind in ("poll", "timer", "loop")
    )
    if open_ends or not all(subject.complete for subject in subjects):
        return Claim(statement.line, role, claim, "unchecked", "an interval in it is not known", evidence)
    files = files_of(subjects)
    if len(files) > 1:
        had = times_words(known) or "no such time"
        return Claim(statement.line, role, claim, "unchecked", f"several are named; the code has {had}", evidence)
    if written(files, wanted, known, ground):
        found = "its file speaks of this time, or of something that repeats, in a place that was not understood"
        return Claim(statement.line, role, claim, "unchecked", found, evidence)
    if _HYPOTHETICAL.search(statement.text):
        return Claim(statement.line, role, claim, "unchecked", "the sentence denies or compares", evidence)
    if role == "stale" and not known:
        return Claim(statement.line, role, claim, "unchecked", "no cache of it is known", evidence)
    found = f"it has {times_words(known)}" if known else "nothing in it polls or runs a timer that asks the network"
    return Claim(statement.line, role, claim, "contradicted", found, evidence)


def _known(role: str, subject: Subject) -> set[float]:
    if role == "interval":
        return intervals_of(subject.triggers)
    return stale_of(subject.triggers) | kept_of(g for g in subject.guards if g.kind == "cache")


def _confirmed(role: str, subjects: list[Subject], wanted: list[float]) -> str:
    said = [
        f"{one.ms / 1000:g} s if {one.when}"
        for subject in subjects
        for trigger in subject.triggers
        for one in trigger.intervals
        if role == "interval" and one.when and one.ms in wanted
    ]
    dead = [s.name for s in subjects if s.triggers and all(t.dead for t in s.triggers)]
    text = ", ".join(dict.fromkeys(said)) or "it does"
    return f"{text}; but nothing mounts {dead[0]}" if dead else text


def _evidence(role: str, subjects: list[Subject], wanted: set[float]) -> tuple[Evidence, ...]:
    places = [
        Evidence(trigger.file, trigger.line)
        for subject in subjects
        for trigger in subject.triggers
        if trigger.intervals and (not wanted & intervals_of([trigger]) or role == "interval")
    ]
    if role == "stale":
        places = [Evidence(g.file, g.line) for s in subjects for g in s.guards if g.kind == "cache"]
    first = [
        place
        for place in places
        if any(place.line == t.line for s in subjects for t in s.triggers if intervals_of([t]) & wanted)
    ]
    return tuple(dict.fromkeys([*first, *places, *(s.place for s in subjects if s.place.file)]))[:3]
