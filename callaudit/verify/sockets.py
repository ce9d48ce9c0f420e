"""Claims about who polls while a socket is up, and who only while it is down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, introduced, quoted
from callaudit.verify.model import Claim, evidence_of
from callaudit.verify.subjects import subjects_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Trigger
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_SOCKET = r"(?:web-?sockets?|ws|sockets?)"
_WITHOUT_SOCKET = re.compile(
    rf"\b(?:users?|clients?|visitors?|browsers?|those|people|everyone)\b[^.;|]{{0,30}}?(?:"
    rf"\b(?:without|with no|lacking)\s+(?:an?\s+|the\s+|open\s+|active\s+|working\s+){{0,2}}{_SOCKET}\b"
    rf"|\b{_SOCKET}\s+(?:connection\s+)?(?:is\s+|was\s+)?(?:disconnected|down|offline|lost|unavailable)\b)",
    re.IGNORECASE,
)
_WITH_SOCKET = re.compile(r"\b(?:websockets?|ws|sockets?)\s+(?:is\s+)?(?:connected|up|open)\b", re.IGNORECASE)
_CONNECTED = re.compile(r"\b\w*(connected|online|open)\w*\b", re.IGNORECASE)


def socket_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that only those without a socket poll, where a statement says so."""
    text = statement.text
    if statement.block.kind == "code" or not asserts(statement):
        return
    without = _WITHOUT_SOCKET.search(text)
    if (
        not without
        or _WITH_SOCKET.search(text)
        or not re.search(r"\bpoll\w*|\brefetch\w*|\bHTTP\b", text, re.IGNORECASE)
    ):
        return
    if introduced(statement, lambda one: subjects_in(one, ground)):
        return
    both = [
        trigger for trigger in ground.repeating if trigger.reaches_upstream and not trigger.dead and _has_both(trigger)
    ]
    claim = f"only clients without a socket poll: {quoted(text)}"
    if not both:
        yield Claim(statement.line, "socket", claim, "unchecked", "no poll is known whose interval depends on a socket")
        return
    first = both[0]
    said = ", ".join(f"{one.ms / 1000:g} s if {one.when}" for one in first.intervals)
    found = f"those with one poll as well: {first.function} every {said}"
    evidence = evidence_of(both)
    yield Claim(statement.line, "socket", claim, "contradicted", found, evidence)


def depends_on_socket(trigger: Trigger) -> bool:
    """Whether how often something repeats, or whether it does, hangs on something that is connected or not."""
    return any(_CONNECTED.search(word) for word in (trigger.enabled, *(one.when for one in trigger.intervals)))


def _has_both(trigger: Trigger) -> bool:
    """Whether a trigger repeats both while something is connected and while it is not."""
    words = [one.when for one in trigger.intervals if _CONNECTED.search(one.when)]
    return any(word.startswith("!") for word in words) and any(not word.startswith("!") for word in words)
