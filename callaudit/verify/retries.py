"""Claims about retries: how many attempts, how long the waits, how they grow, and how many loops there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.inventory.times import time_words
from callaudit.verify.asserted import asserts, close, quoted
from callaudit.verify.model import Claim, evidence_of
from callaudit.verify.names import PATH
from callaudit.verify.words import name_words, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Retry
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_GROWTH = re.compile(
    r"\b(exponential(?:ly)?|linear(?:ly)?|fixed|constant)\b(?:[^.;|]{0,40})\b(back-?off|delays?|waits?|retr)",
    re.IGNORECASE,
)
_DELAYS = re.compile(
    r"((?:\d+(?:\.\d+)?\s*m?s(?:ec)?\s*(?:,|/|→|then|and)+\s*)+\d+(?:\.\d+)?\s*m?s(?:ec)?)\b", re.IGNORECASE
)
_ONE_DELAY = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s)", re.IGNORECASE)
_ATTEMPTS = re.compile(
    r"\b(?:up to |max(?:imum)?(?: of)? |at most )?(\d+|two|three|four|five|twice|thrice)"
    r"[ -](?:times|attempts?|retries|tries|sequential attempts?)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(retr(?:y|ies|ied|ying)|attempts?|back-?off|tries)\b", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "twice": 2, "thrice": 3}
_KINDS = {"exponential": "exponential", "linear": "linear", "fixed": "fixed", "constant": "fixed"}


def retry_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check what a statement says of retries, where it or its context names a file or function."""
    text = statement.text
    growth, delays = _GROWTH.search(text), _DELAYS.search(text)
    attempts = _ATTEMPTS.search(text) if _ABOUT.search(text) else None
    about = (
        _ABOUT.search(text) or growth or (delays and re.search(r"\b(wait\w*|delay\w*|sleep\w*)\b", text, re.IGNORECASE))
    )
    if not about or not (growth or delays or attempts) or not asserts(statement):
        return
    name, retries = next(iter(close(statement, lambda one: retries_in(one, ground))), ("", []))
    if not name:
        if growth or delays:
            yield Claim(
                statement.line,
                "retry",
                quoted(text),
                "unchecked",
                "what is tried again is not named by file or function",
            )
        return
    if growth:
        yield _growth(growth, name, retries, statement)
    if delays:
        yield _delays(delays, name, retries, statement)
    if attempts:
        yield from _attempts(attempts, name, retries, statement)


def retries_in(text: str, ground: Ground) -> list[tuple[str, list[Retry]]]:
    """Return the retries of the first function or file that a text names, the function's own before the file's."""
    for name in ground.functions(text):
        own = [r for r in ground.inventory.retries if name in r.function.split(".")]
        if own:
            return [(name, own)]
    for found in PATH.finditer(text):
        stem = found[1].rpartition("/")[2].partition(".")[0]
        own = [r for r in ground.inventory.retries if stem in r.function.split(".")]
        for file in ground.files(found[1]):
            here = ground.retries_at(file)
            return [(found[1].rpartition("/")[2], [r for r in own if r.file == file] or here)]
        if own:
            return [(stem, own)]
    return []


def _spoken(retry: Retry) -> str:
    waits = ", ".join(time_words(ms) for ms in retry.delays_ms[:6])
    attempts = f"{retry.max_attempts} attempts" if retry.max_attempts else "attempts without an end"
    return (
        f"{attempts}, {retry.backoff} backoff{f', waits of {waits}' if waits else ''} {retry.delay_position}".rstrip()
    )


def _growth(found: re.Match[str], name: str, retries: list[Retry], statement: Statement) -> Claim:
    kind = next(word for key, word in _KINDS.items() if found[1].lower().startswith(key))
    claim = f"{name} waits with {kind} backoff"
    if not retries:
        return Claim(statement.line, "retry", claim, "unchecked", "no retry is known there")
    kinds = {retry.backoff for retry in retries}
    if kind in kinds:
        fitting = [retry for retry in retries if retry.backoff == kind]
        return Claim(statement.line, "retry", claim, "confirmed", _spoken(fitting[0]), evidence_of(fitting))
    if "unknown" in kinds:
        return Claim(
            statement.line, "retry", claim, "unchecked", "how its waits grow is not known", evidence_of(retries)
        )
    return Claim(statement.line, "retry", claim, "contradicted", _spoken(retries[0]), evidence_of(retries))


def _delays(found: re.Match[str], name: str, retries: list[Retry], statement: Statement) -> Claim:
    said = [float(value) * (1 if unit.lower() == "ms" else 1000) for value, unit in _ONE_DELAY.findall(found[1])]
    claim = f"{name} waits {', '.join(map(time_words, said))}"
    known = [retry for retry in retries if retry.delays_ms]
    if not known or len(known) < len(retries):
        return Claim(statement.line, "retry", claim, "unchecked", "not every wait there is known", evidence_of(retries))
    for retry in known:
        waits = list(retry.delays_ms)
        if waits[: len(said)] == said:
            return Claim(statement.line, "retry", claim, "confirmed", _spoken(retry), evidence_of([retry]))
        if said[: len(waits)] == waits and len(waits) + 1 == retry.max_attempts == len(said):
            return Claim(
                statement.line,
                "retry",
                claim,
                "unchecked",
                f"{_spoken(retry)}: none after the last",
                evidence_of([retry]),
            )
    if any(retry.jitter for retry in known):
        return Claim(statement.line, "retry", claim, "unchecked", "its waits are random", evidence_of(known))
    total = time_words(sum(known[0].delays_ms))
    found_words = f"{_spoken(known[0])}: {total} in all"
    return Claim(statement.line, "retry", claim, "contradicted", found_words, evidence_of(known))


def _attempts(found: re.Match[str], name: str, retries: list[Retry], statement: Statement) -> Iterator[Claim]:
    word = found[1].lower()
    said = _COUNTS.get(word) or int(number(word))
    claim = f"{name} tries {said} times"
    known = [retry for retry in retries if retry.max_attempts]
    if not known:
        return
    # "Retries three times" is said of three attempts, and of three more after the first one.
    fitting = [retry for retry in known if retry.max_attempts in (said, said + 1)]
    if fitting:
        where = f", in {len(fitting)} places" if len(fitting) > 1 else ""
        yield Claim(statement.line, "retry", claim, "confirmed", _spoken(fitting[0]) + where, evidence_of(fitting))
    elif len(known) == len(retries):
        yield Claim(statement.line, "retry", claim, "contradicted", _spoken(known[0]), evidence_of(known))


def words_of(endpoint_path: str) -> set[str]:
    """Return the words of an endpoint's path that name it."""
    from callaudit.verify.words import singular

    return (
        {singular(word) for word in name_words(endpoint_path.partition("?")[0])}
        - {"api", "v"}
        - {str(n) for n in range(10)}
    )
