"""Packages of one function that makes another one run less often than it is called.

lodash 4 by method (https://lodash.com/docs/4.17.15#debounce), throttle-debounce 5 (the function comes after the delay),
debounce 2, p-debounce 4, p-throttle aside: it delays calls and leaves none out.
"""

from callaudit.libraries.model import Arg, Give, Library

_NAMES = ("debounce", "throttle", "once")
_HOMES = ("lodash/", "lodash.", "lodash-es/", "es-toolkit/")

LIBRARY = Library(
    name="rate-wrappers",
    packages=(
        *(f"{home}{name}" for home in _HOMES for name in _NAMES),
        "debounce",
        "debounce-fn",
        "debounce-promise",
        "just-debounce-it",
        "just-once",
        "just-throttle",
        "once",
        "onetime",
        "p-debounce",
        "p-once",
        "throttle-debounce",
    ),
    exports={
        "default": Give(seldom=True),
        "debounce": Give(Arg(-1), seldom=True),
        "throttle": Give(Arg(-1), seldom=True),
    },
)
