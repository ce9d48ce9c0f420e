"""Headers that a client is told apart from its requests."""

from __future__ import annotations

from msgspec import Struct

from callaudit.libraries.model.arguments import Arg  # noqa: TC001 - msgspec reads the annotations


class Headers(Struct, frozen=True, tag=True):
    """The call makes a client send headers: those in `given`, the one called as `named` says, and `always`.

    `handlers` is the option of its arguments that holds functions which are handed each request before it leaves.
    With `gives` it gives a client that does; else it changes the one that it is a method of.
    """

    given: Arg | None = None
    named: Arg | None = None
    always: str = ""
    handlers: str = ""
    gives: bool = False
    hidden: bool = False
    """Whether functions among its arguments may add headers in a way that is not followed."""
