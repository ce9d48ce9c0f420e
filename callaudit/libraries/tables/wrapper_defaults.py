"""Packages whose default export makes a function of a function.

Lodash 4 by method, throttle-debounce 5.
"""

from callaudit.libraries.model import Arg, Give, Library

_METHODS = ("debounce", "throttle", "once", "partial")

LIBRARY = Library(
    name="function-wrappers",
    packages=(
        *(f"lodash{separator}{name}" for separator in ("/", ".", "-es/") for name in _METHODS),
        *(f"es-toolkit/{name}" for name in _METHODS),
        "debounce",
        "just-debounce-it",
        "p-debounce",
        "debounce-promise",
        "once",
        "onetime",
        "debounce-fn",
        "express-async-handler",
        "p-once",
    ),
    exports={"default": Give(), "debounce": Give(), "throttle": Give(Arg(-1))},
)
