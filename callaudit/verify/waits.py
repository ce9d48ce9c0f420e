"""Claims about who waits for retries: whether the answer is held back, or sent before they begin, and for how long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.inventory.times import time_words
from callaudit.verify.asserted import asserts, close, quoted
from callaudit.verify.model import Claim, evidence_of
from callaudit.verify.retries import retries_in
from callaudit.verify.words import times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Retry
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement, Verdict

_WHO = r"(?:users?|responses?|requests?|callers?|clients?|browsers?|replies|reply|answers?|handlers?|routes?)"
_HELD = re.compile(
    rf"\b{_WHO}\s+(?:\w+\s+){{0,2}}?(?:waits?|ha(?:s|ve) to wait|(?:is|are) (?:held|blocked|delayed)|hangs?|blocks?)\b"
    rf"|\b(?:blocks?|delays?|holds? (?:back|up)|slows? down)\s+(?:the|each|every|all)\s+(?:\w+\s+)?{_WHO}\b"
    r"|\bbefore\s+(?:it\s+|we\s+|the \w+\s+)?(?:answer|respond|return|repl(?=y|ies))\w*\b"
    r"|\b(?:in|on) the (?:request|critical|response) path\b|\bawaited\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\bfire[- ]and[- ]forget\b|\bin the background\b|\b(?:not|un|never)[- ]?awaited\b"
    r"|\bwithout (?:waiting|being awaited)\b"
    rf"|\b{_WHO}\s+(?:does|do|is|are)(?:\s+not|n't)\s+(?:wait|held|blocked|delayed)"
    r"|\bnobody waits\b|\b(?:outside|off) the (?:request|critical|response) path\b"
    r"|\bafter (?:the )?(?:answer|response|reply) (?:is|was|has been) sent\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(retr(?:y|ies|ied|ying)|attempts?|back-?off|lookups?|tries)\b", re.IGNORECASE)
_DELAY = re.compile(
    r"(?:\+|\bplus\b|\badds?\b|\bcosts?\b|\btakes?\b|\bup to\b|\btotal(?:s|ling)?(?: of)?\b)\s*(?:an? )?$",
    re.IGNORECASE,
)
_OF_DELAY = re.compile(
    r"^\s*(?:of\s+)?(?:total\s+|extra\s+|added\s+)?(?:delays?|waits?|waiting|latency)\b", re.IGNORECASE
)
_LATENESS = 0.01


def wait_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check whether somebody waits for retries, and how long all of their waits are."""
    if statement.block.kind == "code" or not asserts(statement):
        return
    text = statement.text
    held, free = _HELD.search(text), _FREE.search(text)
    total = _total(text)
    labels = (*statement.block.lead, *statement.block.headings[-1:])
    about = _ABOUT.search(text) or any(_ABOUT.search(label) for label in labels)
    if not (held or free or total) or not about:
        return
    name, retries = next(iter(close(statement, lambda one: retries_in(one, ground))), ("", []))
    if not retries:
        return
    before = not any(retry.in_request_path for retry in retries) and _of_routes(retries, ground)
    if total is not None:
        yield _summed(statement, total, name, retries, before=before)
    if (held or free) and _of_routes(retries, ground):
        yield _awaited(statement, name, retries, held=not free)


def _of_routes(retries: list[Retry], ground: Ground) -> bool:
    """Whether handlers of routes start all of these retries, so that there is an answer that could wait."""
    routes = [entry for entry in ground.inventory.entries if entry.kind == "route"]
    handlers = {(entry.file, entry.name.partition(" ")[0]) for entry in routes}
    started = {(step.file, step.function) for entry in routes for reach in entry.reaches for step in reach.via}
    return all((retry.file, retry.function) in handlers | started for retry in retries)


def _total(text: str) -> float | None:
    """Return how long a text says that all waits are, in milliseconds."""
    for time in times(text):
        if len(time.values) == 1 and _DELAY.search(text[: time.start]) and _OF_DELAY.match(text[time.end :]):
            return time.values[0]
    return None


def _summed(statement: Statement, said: float, name: str, retries: list[Retry], *, before: bool) -> Claim:
    claim = f"the waits of {name} are {time_words(said)} in all: {quoted(statement.text)}"
    if any(retry.jitter or retry.why or not retry.delays_ms for retry in retries):
        return Claim(statement.line, "retry", claim, "unchecked", "not every wait there is known", evidence_of(retries))
    sums = {float(sum(retry.delays_ms)) for retry in retries}
    verdict: Verdict = "confirmed" if any(abs(one - said) <= _LATENESS * said for one in sums) else "contradicted"
    waits = " + ".join(time_words(ms) for ms in retries[0].delays_ms)
    found = f"{waits} = {time_words(sum(retries[0].delays_ms))}"
    if before:
        found += "; nobody waits for them: the answer is sent before"
    return Claim(statement.line, "retry", claim, verdict, found, evidence_of(retries))


def _awaited(statement: Statement, name: str, retries: list[Retry], *, held: bool) -> Claim:
    claim = f"the answer {'waits' if held else 'does not wait'} for the retries of {name}: {quoted(statement.text)}"
    inside = {retry.in_request_path for retry in retries}
    if len(inside) > 1:
        found = "it does for some of them and not for others"
        return Claim(statement.line, "retry", claim, "unchecked", found, evidence_of(retries))
    waits = inside == {True}
    verdict: Verdict = "confirmed" if waits == held else "contradicted"
    found = "it waits for them" if waits else "it is sent before: what tries again is not awaited"
    return Claim(statement.line, "retry", claim, verdict, found, evidence_of(retries))
