"""Holds a document against the code: every claim that can be read, and what is left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from callaudit.verify.arithmetic import arithmetic_claims, total_claims
from callaudit.verify.blocks import read_blocks, readable, statements
from callaudit.verify.caches import cache_claims
from callaudit.verify.costs import cost_claims
from callaudit.verify.every import every_claims
from callaudit.verify.excerpts import excerpt_claims
from callaudit.verify.fallbacks import fallback_claims
from callaudit.verify.files import document_of, file_claims
from callaudit.verify.intervals import interval_claims
from callaudit.verify.jobs import job_claims
from callaudit.verify.limits import limit_claims
from callaudit.verify.model import Verification
from callaudit.verify.omissions import completeness, omissions
from callaudit.verify.payers import payer_claims
from callaudit.verify.retries import retry_claims
from callaudit.verify.routes import route_claims
from callaudit.verify.sockets import socket_claims
from callaudit.verify.waits import wait_claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Claim, Omission

_CHECKS: Final = (
    route_claims,
    interval_claims,
    socket_claims,
    fallback_claims,
    job_claims,
    retry_claims,
    wait_claims,
    cost_claims,
    every_claims,
    cache_claims,
    payer_claims,
    limit_claims,
    arithmetic_claims,
)
"""What reads the claims of one statement; each knows one mechanism."""


def verify(name: str, text: str, ground: Ground) -> Verification:
    """Return what the code says of the claims in `text`, the Markdown of the document `name`."""
    left_out = omissions(readable(text), ground)
    claims = sorted(dict.fromkeys(_claims(name, text, ground, left_out or ())), key=lambda claim: claim.line)
    found = Verification(name, tuple(claims), left_out or (), lists=left_out is not None)
    return found if found.speaks_of_calls else Verification(name, tuple(claims), ())


def _claims(name: str, text: str, ground: Ground, left_out: tuple[Omission, ...]) -> Iterator[Claim]:
    blocks = read_blocks(text)
    said = [statement for block in blocks for statement in statements(block)]
    document = document_of(said, ground, _folder(name, ground))
    yield from completeness(blocks, left_out)
    yield from total_claims(blocks)
    for block in blocks:
        yield from excerpt_claims(block, ground)
    for statement in said:
        yield from file_claims(statement, ground, document)
        for check in _CHECKS:
            yield from check(statement, ground)


def _folder(name: str, ground: Ground) -> str:
    """Return the folder of a document as a path below the root, empty where it is outside of it."""
    folder, root = Path(name).resolve().parent, ground.root.resolve()
    path = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else "."
    return "" if path == "." else path
