"""Claims that a function is called at some rate as a fallback: something that repeats has to lead to it then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, quoted
from callaudit.verify.model import Claim, evidence_of
from callaudit.verify.names import CALLED
from callaudit.verify.sockets import depends_on_socket
from callaudit.verify.spoken import intervals_of, times_words
from callaudit.verify.words import NUMBER, name_words, singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Trigger
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_RATE = re.compile(
    rf"(?:{NUMBER})\+?\s*(?:×|x|times|requests?|reqs?|calls?)?\s*(?:/|per |an? |each |every )\s*"
    r"(?:s|sec|secs|second|min|minute)\b",
    re.IGNORECASE,
)
_FALLBACK = re.compile(
    r"\bfall(?:s|ing)?[- ]?backs?\b|\b(?:disconnect\w*|offline)\b"
    r"|\b(?:ws|web-?sockets?|sockets?)\s+(?:is\s+|are\s+)?(?:down|closed|lost|not (?:connected|open))\b",
    re.IGNORECASE,
)

_WHO = frozenset(
    {"authenticated", "token", "id", "user", "account", "address", "key", "wallet", "session", "symbol", "name", "slug"}
)
"""What the names of conditions end with that are about who asks, and for what."""


def fallback_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that something repeats a function of which a statement gives a rate as a fallback."""
    text = statement.text
    if "=" in text or not _RATE.search(text) or not asserts(statement):
        return
    names = [name for name in dict.fromkeys(CALLED.findall(text)) if ground.reaches_by(name)]
    if len(names) == 1 and ground.has_clients and any(_FALLBACK.search(one) for one in (text, _label(statement))):
        yield _judged(statement, names[0], ground)


def _judged(statement: Statement, name: str, ground: Ground) -> Claim:
    claim = f"{name}() is called as a fallback: {quoted(statement.text)}"
    repeating = _leading_to(name, ground)
    falling = [trigger for trigger in repeating if depends_on_socket(trigger)]
    evidence = evidence_of(falling or repeating)
    if falling:
        return Claim(statement.line, "socket", claim, "confirmed", _often(falling[0]), evidence)
    if any(trigger.why or not _is_of_who_asks(trigger.enabled) for trigger in repeating):
        return Claim(statement.line, "socket", claim, "unchecked", _often(repeating[0]), evidence)
    if repeating:
        found = f"no poll that leads to it depends on a socket: {_often(repeating[0])}"
        return Claim(statement.line, "socket", claim, "contradicted", found, evidence)
    entries = dict.fromkeys(entry for entry, _ in ground.reaches_by(name))
    places = evidence_of(entries)
    return Claim(statement.line, "socket", claim, "contradicted", "no poll or timer that runs leads to it", places)


def _leading_to(name: str, ground: Ground) -> list[Trigger]:
    """Return what repeats and reaches upstream through a function, what browsers do first."""
    found: list[Trigger] = []
    for entry, reach in ground.reaches_by(name):
        ends = (reach.method, reach.host, reach.path)
        found += [
            trigger
            for trigger in ground.repeating
            if not trigger.dead
            and trigger.entry == entry.name
            and ends in {(point.method, point.host, point.path) for point in trigger.endpoints}
        ]
    once = {id(trigger): trigger for trigger in found}.values()
    return sorted(once, key=lambda trigger: trigger.origin != "browser")


def _is_of_who_asks(condition: str) -> bool:
    """Whether a condition, or none, is only about somebody or something that is known: it cannot hide a socket."""
    names = [name_words(name) for name in re.findall(r"[A-Za-z_$][\w$]*", condition)]
    return all(words and singular(words[-1]) in _WHO for words in names)


def _often(trigger: Trigger) -> str:
    often = times_words(intervals_of([trigger]))
    return f"{trigger.function} asks every {often}" if often else f"{trigger.function} asks again and again"


def _label(statement: Statement) -> str:
    """Return the line above one in code that is less indented and ends with a colon; of prose, its lead."""
    block = statement.block
    if block.kind != "code":
        return block.lead[0] if block.lead else ""
    lines = block.text.split("\n")[: statement.line - block.line + 1]
    depth = _depth(lines[-1])
    above = (line.strip() for line in reversed(lines[:-1]) if line.strip() and _depth(line) < depth)
    label = next(above, "")
    return label if label.endswith(":") else ""


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
