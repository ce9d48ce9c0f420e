"""Functions that keep what another function gave, for each of its arguments.

p-memoize 7 and memoize 10 (https://github.com/sindresorhus/memoize#options: for ever, `maxAge` before), memoizee 0.4
(https://github.com/medikoo/memoizee: `maxAge`), moize 6 (`maxAge`), micro-memoize 4, memoize-one 6, fast-memoize 2,
Lodash 4 by method. Times are milliseconds; `cache` is a store that may
have a time of its own.
"""

from callaudit.libraries.model import Arg, Keep, Library

_KEEP = Keep(ttl=(Arg(1, "maxAge"), Arg(1, "cache")))

LIBRARY = Library(
    name="memoizers",
    packages=(
        "p-memoize",
        "mem",
        "memoize",
        "memoizee",
        "memoize-one",
        "moize",
        "micro-memoize",
        "fast-memoize",
        "lodash/memoize",
        "lodash.memoize",
        "lodash-es/memoize",
        "es-toolkit/memoize",
    ),
    exports={"default": _KEEP, "memoizeOne": _KEEP, "moize": _KEEP, "memoize": _KEEP},
)
