"""Packages whose default export makes a function of a function.

Lodash 4 by method, p-memoize 7.
"""

from callaudit.libraries.model import Give, Library

_METHODS = ("memoize", "partial")

LIBRARY = Library(
    name="function-wrappers",
    packages=(
        *(f"lodash{separator}{name}" for separator in ("/", ".", "-es/") for name in _METHODS),
        *(f"es-toolkit/{name}" for name in _METHODS),
        "p-memoize",
        "mem",
        "memoize",
        "memoizee",
        "memoize-one",
        "moize",
        "micro-memoize",
        "fast-memoize",
        "express-async-handler",
    ),
    exports={"default": Give(), "memoizeOne": Give()},
)
