"""Handlers of libraries that answer a request from what they have kept of an earlier one, before the next handler runs.

apicache 1 (https://github.com/kwhitley/apicache: milliseconds or words, one hour where nothing is said), hono/cache of
Hono 3 and 4 (https://hono.dev/docs/middleware/builtin/cache: the Cache API of the platform, for the time that
`cacheControl` says), route-cache 0.5 (https://github.com/bradoyler/route-cache: seconds).
"""

from __future__ import annotations

from msgspec import Struct


class AnswerCache(Struct, frozen=True):
    """An export that makes such a handler.

    Its time is in argument `index`, or in the property `option` of it, in milliseconds of `unit` or in words; with
    `header` it is the text of a `Cache-Control` header. `default` is the time where nothing is said.
    """

    mechanism: str
    package: str
    names: frozenset[str]
    store: str = "process"
    index: int = 0
    option: str = ""
    unit: float = 1
    header: bool = False
    default: float = 0


ANSWER_CACHES = (
    AnswerCache("apicache", "apicache", frozenset({"middleware"}), default=3_600_000),
    AnswerCache("hono/cache", "hono/cache", frozenset({"cache"}), "cdn", option="cacheControl", header=True),
    AnswerCache("route-cache", "route-cache", frozenset({"cacheSeconds"}), unit=1_000),
)


def answer_cache(package: str, path: tuple[str, ...]) -> AnswerCache | None:
    """What the export `path` of `package` makes, if it is a handler that answers."""
    for one in ANSWER_CACHES:
        if one.package == package and path and path[-1] in one.names:
            return one
    return None
