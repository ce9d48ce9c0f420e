"""What code that was run says of the rest of the program: schedules, routers, clients that try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.apps.registrations import Registration, Repeating, Scheduled
    from callaudit.flow.effects.records import Guard, Retry
    from callaudit.flow.values.values import Value


class Noted:
    """What is noted while functions run, and read when they have run."""

    __slots__ = (
        "decorations",
        "handed_on",
        "registrations",
        "repeating",
        "retrying",
        "schedules",
        "sent_on",
        "shields",
        "unknown_callers",
    )

    def __init__(self) -> None:
        """Note nothing yet."""
        self.decorations: dict[tuple[str, str], Value] = {}
        self.schedules: dict[object, Scheduled] = {}
        self.repeating: dict[object, Repeating] = {}
        self.unknown_callers: dict[str, tuple[str, int]] = {}
        """Methods that are called on something of which nothing is known, by name: the first place of such a call."""
        self.retrying: dict[object, Retry] = {}
        """Clients, by key or by library, that try their requests again."""
        self.shields: dict[object, tuple[tuple[Guard, tuple[str, ...]], ...]] = {}
        """Clients, by key or by library, with what stands before all their requests, and before which methods."""
        self.registrations: dict[object, Registration] = {}
        self.sent_on: set[tuple[str, str]] = set()
        """The functions, by file and name, that send on what another page or program asks for."""
        self.handed_on: dict[str, int] = {}
        """Packages of proxies, with how many of those are registered with routers."""
