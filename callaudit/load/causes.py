"""What makes requests happen in the load model: a trigger, a page that loads, an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.ranges import NOTHING, Range

if TYPE_CHECKING:
    from callaudit.inventory.model import Entry
    from callaudit.load.model import Alternative, Condition, Holder, Kind


class Cause(Struct, frozen=True, kw_only=True):
    """Why requests are sent, and how often: what a `Stream` has of a trigger, a page that loads or an action.

    `calls` is how often one firing runs the cause (None: once); `failure_attempts` are those of the cause itself.
    """

    kind: Kind
    entry: str
    function: str
    file: str
    line: int
    mechanism: str
    holder: Holder
    pages: tuple[str, ...]
    calls: Range | None = None
    action: str = ""
    fresh_s: Range = NOTHING
    alternatives: tuple[Alternative, ...] = ()
    after_run: bool = False
    background: bool = False
    when: Condition | None = None
    key: str = ""
    failure_attempts: int = 1
    failure_delays_s: tuple[float, ...] = ()


def of_entry(entry: Entry, kind: Kind, mechanism: str, *, pages: tuple[str, ...] = (), action: str = "") -> Cause:
    """What a user makes happen who opens a page or does something."""
    return Cause(
        kind=kind,
        entry=entry.name,
        function=entry.name,
        file=entry.file,
        line=entry.line,
        mechanism=mechanism,
        holder="user",
        pages=pages,
        action=action,
    )
