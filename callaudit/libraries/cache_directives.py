"""Directives with which Next.js keeps what a function gives, and how long it does.

Next.js 15 (`experimental.useCache`, `dynamicIO`) and 16 (`cacheComponents`):
https://nextjs.org/docs/app/api-reference/directives/use-cache, /use-cache-remote, /use-cache-private and
https://nextjs.org/docs/app/api-reference/functions/cacheLife#preset-cache-profiles.
An answer is asked for anew after the time `revalidate` of its profile.
"""

from __future__ import annotations

DIRECTIVES = {"use cache": "process", "use cache: remote": "distributed", "use cache: private": "browser"}
"""Where each keeps answers; the default handler keeps them in memory of the server."""

PACKAGE = "next/cache"
LIFE = frozenset({"cacheLife", "unstable_cacheLife"})
"""The exports that choose a profile for the function that calls them; `cacheTag` beside them changes no time."""

_SECOND, _MINUTE, _HOUR, _DAY = 1_000.0, 60_000.0, 3_600_000.0, 86_400_000.0
PROFILES = {
    "default": 15 * _MINUTE,
    "seconds": _SECOND,
    "minutes": _MINUTE,
    "hours": _HOUR,
    "days": _DAY,
    "weeks": 7 * _DAY,
    "max": 30 * _DAY,
}
"""Milliseconds after which the profiles of `cacheLife` ask anew."""
