"""Functions made of functions: the result is taken to be the function that it wraps.

It is called as often as the result is; a debounced or memoized function runs at most as often. lodash 4
(https://lodash.com/docs/4.17.15#debounce), throttle-debounce 5, use-debounce 10, Node's util.promisify.
"""

from callaudit.libraries.model import Arg, Give, Invoke, Keep, Library, Model

_SELDOM = (
    "debounce",
    "throttle",
    "once",
    "pDebounce",
    "useDebouncedCallback",
    "useThrottledCallback",
    "useThrottle",
)
_NAMES = (
    "memoize",
    "curry",
    "partial",
    "unary",
    "ary",
    "rearg",
    "bind",
    "flip",
    "promisify",
    "callbackify",
)
_LATER = ("defer", "delay", "attempt")
_ITEMS = (
    "map",
    "forEach",
    "each",
    "flatMap",
    "filter",
    "reduce",
    "times",
    "mapValues",
    "forOwn",
    "some",
    "every",
    "find",
)
_EXPORTS: dict[str, Model] = {
    **dict.fromkeys(_SELDOM, Give(seldom=True)),
    **dict.fromkeys(_NAMES, Give()),
    "memoize": Keep(),
    **dict.fromkeys(_LATER, Invoke(how="later")),
    **dict.fromkeys(_ITEMS, Invoke((Arg(1),), how="items")),
}

LIBRARY = Library(
    name="function-wrappers",
    packages=(
        "lodash",
        "lodash-es",
        "underscore",
        "es-toolkit",
        "radash",
        "remeda",
        "use-debounce",
        "ahooks",
        "util",
        "node:util",
    ),
    exports={**_EXPORTS, **{f"default.{name}": model for name, model in _EXPORTS.items()}},
)
