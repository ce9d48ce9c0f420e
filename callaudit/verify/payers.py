"""Claims about who sends requests and for whom answers are the same: instances that poll, caches in the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, nearest, quoted
from callaudit.verify.model import Claim, Evidence, evidence_of
from callaudit.verify.names import CALLED
from callaudit.verify.retries import words_of
from callaudit.verify.spoken import intervals_of, times_words
from callaudit.verify.words import name_words, singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Trigger
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_INSTANCE = re.compile(
    r"\b(?:each|every|all|multiple|per|\d+)\s+(?:server\s+|app\s+|backend\s+)?(?:instances?|servers?|replicas?|pods?|nodes?)\b"
    r"[^.;|]{0,40}\bpolls?\b",
    re.IGNORECASE,
)
_SAVES = re.compile(r"\b(reduc\w+|cuts?|saves?|lowers?|eliminat\w+)\b(?:[^.;|]|\.\d)*\bpolling\b", re.IGNORECASE)
_CACHE = re.compile(
    r"\b(server[- ]side|redis|distributed|back-?end)\b[^.;|]*\bcach|\bcach\w+\b[^.;|]*\b(server|redis|back-?end)\b",
    re.IGNORECASE,
)
_IDENTICAL = re.compile(
    r"\b(?:data|answers?|responses?|results?)\s+(?:is|are)\s+(?:\w+\s+)?(?:identical|the same|equal)\b"
    r"|\bidentical (?:data|answers?|responses?|results?)\b",
    re.IGNORECASE,
)


def payer_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check who polls, what a cache can save, and what can be shared."""
    if statement.block.kind == "code":
        return
    if asserts(statement):
        yield from _instances(statement, ground)
        yield from _identical(statement, ground)
    yield from _saved(statement, ground)


def polls_of(text: str, ground: Ground) -> list[Trigger]:
    """Return the live polls of the endpoints whose words a text has."""
    said = {singular(word) for word in name_words(text)}
    found = [
        trigger
        for trigger in ground.repeating
        if trigger.reaches_upstream
        and trigger.kind != "cron"
        and not trigger.dead
        and any(words_of(point.path) and words_of(point.path) <= said for point in trigger.endpoints)
    ]
    return sorted(found, key=lambda trigger: len(trigger.endpoints))


def _instances(statement: Statement, ground: Ground) -> Iterator[Claim]:
    if not _INSTANCE.search(statement.text):
        return
    claim = f"servers poll: {quoted(statement.text)}"
    about = polls_of(statement.text, ground)
    polls = about
    own = [trigger for trigger in polls if trigger.origin != "browser"]
    if own or not polls:
        found = f"{own[0].function} does, every {times_words(intervals_of(own))}" if own else "no poll of it is known"
        evidence = evidence_of(own)
        yield Claim(statement.line, "payer", claim, "unchecked", found, evidence)
        return
    first = polls[0]
    found = f"no server does; {first.function} polls in the browser, every {times_words(intervals_of([first]))}"
    evidence = evidence_of(polls)
    yield Claim(statement.line, "payer", claim, "contradicted", found, evidence)


def _saved(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that a cache on the server is on the way of the polls that it is said to save."""
    block = statement.block
    if not _SAVES.search(statement.text) or not any(
        _CACHE.search(t) for t in (statement.text, *block.lead, *block.headings)
    ):
        return
    polls = polls_of(statement.text, ground)
    claim = f"a cache on the server saves polls: {quoted(statement.text)}"
    if not polls:
        yield Claim(statement.line, "payer", claim, "unchecked", "which polls it means is not named")
        return
    direct = [trigger for trigger in polls if _is_direct(trigger)]
    if len(direct) < len(polls):
        yield Claim(statement.line, "payer", claim, "unchecked", "some of these polls do pass the server")
        return
    point = direct[0].endpoints[0]
    found = f"{direct[0].function} asks {point.host} for {point.path} from the browser: no server is on the way"
    yield Claim(statement.line, "payer", claim, "contradicted", found, evidence_of(direct))


def _is_direct(trigger: Trigger) -> bool:
    asked = trigger.reaches
    return trigger.origin == "browser" and bool(asked) and all(reach.origin == "browser" for reach in asked)


def _identical(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that an answer is the same for everybody where a document says so of a named call."""
    if not _IDENTICAL.search(statement.text) or re.search(r"\bnot\b|n't\b", statement.text):
        return
    names = nearest(statement, lambda text: [name for name in CALLED.findall(text) if ground.reaches_by(name)])
    if not names:
        return
    facts = [(reach, ground.endpoint_facts(reach)) for _, reach in ground.reaches_by(names[0])]
    claim = f"{names[0]}() answers the same to everybody: {quoted(statement.text)}"
    if not facts or any(fact is None for _, fact in facts):
        yield Claim(statement.line, "sharing", claim, "unchecked", "no profile says for whom its answer is the same")
        return
    scopes = {fact.scope for _, fact in facts if fact}
    reach = facts[0][0]
    place = (Evidence(reach.site.file, reach.site.line),)
    if scopes == {"shared"}:
        yield Claim(statement.line, "sharing", claim, "confirmed", f"{reach.endpoint} is public data", place)
    elif "shared" not in scopes:
        found = f"{reach.endpoint} differs for each account: only requests of one account can share an answer"
        yield Claim(statement.line, "sharing", claim, "contradicted", found, place)
