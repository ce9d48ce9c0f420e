"""What reads the request that a server of Next.js answers: its own functions, and packages that call these.

https://nextjs.org/docs/14/app/building-your-application/rendering/server-components#dynamic-functions; next-auth 4 and
5 (`getServerSession`, `auth`), @clerk/nextjs 4 to 6 (`auth`, `currentUser`), @auth0/nextjs-auth0 2 to 4 (`getSession`),
@supabase/auth-helpers-nextjs 0.x (clients with `cookies`) and next-intl 3 and 4 (`getLocale`, `getTranslations`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FUNCTIONS = frozenset({"cookies", "headers", "draftMode", "unstable_noStore", "noStore", "connection"})
_OWN = frozenset({"next/headers", "next/cache", "next/server"})
_SESSIONS = ("next-auth", "@clerk/nextjs", "@auth0/nextjs-auth0", "@supabase/auth-helpers-nextjs", "next-intl/server")


def is_of_next(package: str, path: Sequence[str]) -> bool:
    """Whether an export is a function of Next.js that reads the request."""
    return package in _OWN and not _FUNCTIONS.isdisjoint(path)


def may_read_request(package: str, path: Sequence[str]) -> bool:
    """Whether an export reads the request, or may: all of a module is imported, or of a package for sessions."""
    if package in _OWN:
        return is_of_next(package, path) or "*" in path
    return any(package == one or package.startswith(f"{one}/") for one in _SESSIONS)
