"""Packages whose default export makes a function of a function.

Lodash 4 by method, express-async-handler 1.
"""

from callaudit.libraries.model import Give, Library

_METHODS = ("partial",)

LIBRARY = Library(
    name="function-wrappers",
    packages=(
        *(f"lodash{separator}{name}" for separator in ("/", ".", "-es/") for name in _METHODS),
        *(f"es-toolkit/{name}" for name in _METHODS),
        "express-async-handler",
    ),
    exports={"default": Give()},
)
