"""The query and the fragment of a URL as its members `search` and `hash` give them: nothing, or text behind a sign.

Neither is ever a part of a path, whatever it is: `url.pathname + url.search + url.hash` is the path and an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.values.values import ForeignValue

SIGNS = {"search": "?", "hash": "#"}
"""The members of a URL that are ends of it, and what each begins with where it is not empty."""
_NAMES = {"search": "query", "hash": "fragment"}
_WHY = {"search": "the query of a URL", "hash": "the fragment of a URL"}
_SIGN_OF = {_WHY[member]: sign for member, sign in SIGNS.items()}
_AN_ADDRESS = frozenset({"location", "nextUrl"})
"""What the platform and Next.js call the address that something was asked at."""


def unknown_end(member: str) -> Unknown:
    """A `search` or `hash` of which nothing is known."""
    return Unknown(_NAMES[member], _WHY[member])


def sign_before(part: Unknown) -> str:
    """The sign that stands before a part of a URL which is an end of it; empty for any other part."""
    return _SIGN_OF.get(part.why, "")


def end_of(parts: Sequence[str | Unknown], member: str) -> tuple[str | Unknown, ...]:
    """The end of a URL of `parts`: as it is written, or one that is not known."""
    for number, part in enumerate(parts):
        at = part.find(SIGNS[member]) if isinstance(part, str) else -1
        if at >= 0 and isinstance(part, str):
            rest = (part[at:], *parts[number + 1 :])
            if rest[0] == SIGNS[member] and len(rest) > 1:
                break  # what is only put there where there is something
            return rest if member == "hash" else _without_fragment(rest)
    return (unknown_end(member),)


def _without_fragment(parts: Sequence[str | Unknown]) -> tuple[str | Unknown, ...]:
    kept: list[str | Unknown] = []
    for part in parts:
        ahead, sign, _ = part.partition("#") if isinstance(part, str) else (part, "", "")
        kept.append(ahead)
        if sign:
            break
    return tuple(kept)


def end_of_address(value: Unknown, member: str) -> Unknown | None:
    """`request.nextUrl.search`: the end of an address that only the running program knows."""
    return unknown_end(member) if member in SIGNS and value.name in _AN_ADDRESS else None


def end_of_this_page(value: ForeignValue) -> Unknown | None:
    """`location.search`: the end of the address of the page that asks."""
    if value.package or value.path[-2:-1] != ("location",) or value.path[-1] not in SIGNS:
        return None
    return unknown_end(value.path[-1])
