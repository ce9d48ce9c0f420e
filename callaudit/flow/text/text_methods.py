"""Methods of strings, arrays and regular expressions as JavaScript runs them, for strings that are known."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_REPEATS = 3
"""Quantifiers in one pattern; with no repeated group this bounds how long a match can take."""
LONGEST_TEXT = 300
_REPEAT = re.compile(r"(?<!\\)[*+{]")
_RISKY = re.compile(r"\)[*+{]|\(\?(?!:)|\\[1-9pPk]")
"""Repeated groups, looking around, references to groups: what may take long, or is written otherwise in Python."""
_GROUP = re.compile(r"\$(\d|&|\$)")


class NotTextError(Exception):
    """The run came upon something else than making strings of strings."""


class Regex:
    """A regular expression, within bounds."""

    __slots__ = ("_pattern", "whole")

    def __init__(self, pattern: re.Pattern[str], *, whole: bool) -> None:
        """Hold a compiled pattern; `whole` for one that is applied everywhere."""
        self._pattern = pattern
        self.whole = whole

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        if len(text) > LONGEST_TEXT:
            raise NotTextError
        return self._pattern.search(text)

    def replace(self, text: str, new: str, *, every: bool) -> str:
        """`text.replace(this, new)`."""
        if len(text) > LONGEST_TEXT:
            raise NotTextError
        return self._pattern.sub(lambda found: _expanded(new, found), text, count=0 if every or self.whole else 1)

    def split(self, text: str) -> list[str]:
        """`text.split(this)`."""
        if len(text) > LONGEST_TEXT or self._pattern.groups:
            raise NotTextError
        return self._pattern.split(text)


def _expanded(new: str, found: re.Match[str]) -> str:
    def part(mark: re.Match[str]) -> str:
        if mark[1] == "$":
            return "$"
        number = 0 if mark[1] == "&" else int(mark[1])
        return (found[number] or "") if number <= found.re.groups else mark[0]

    return _GROUP.sub(part, new)


def regex(written: str) -> Regex:
    """The regular expression that is written as `/pattern/flags`."""
    body, _, flags = written.rpartition("/")
    pattern = body[1:]
    if set(flags) - set("gi") or len(pattern) > 80 or _RISKY.search(pattern):
        raise NotTextError
    if len(_REPEAT.findall(pattern)) > MOST_REPEATS:
        raise NotTextError
    if pattern.endswith("$") and not pattern.endswith("\\$"):
        pattern = pattern[:-1] + r"\Z"
    try:
        with warnings.catch_warnings(action="error", category=FutureWarning):  # a set that Python may read otherwise
            compiled = re.compile(pattern, re.ASCII | (re.IGNORECASE if "i" in flags else re.ASCII))
    except (re.error, FutureWarning):
        raise NotTextError from None
    return Regex(compiled, whole="g" in flags)


def truthy(value: Any) -> bool:
    """Whether JavaScript takes `value` for true."""
    return isinstance(value, (list, Regex)) or callable(value) or bool(value)


def of_string(text: str, name: str, args: list[Any]) -> Any:
    """`text.name(args)`."""
    plain = _STRINGS.get(name)
    if plain is not None and not args:
        return plain(text)
    if name in ("replace", "replaceAll") and len(args) == 2 and isinstance(args[1], str):
        if isinstance(args[0], Regex):
            return args[0].replace(text, args[1], every=name == "replaceAll")
        if isinstance(args[0], str) and "$" not in args[1]:
            return text.replace(args[0], args[1], -1 if name == "replaceAll" else 1)
    if name in ("match", "search") and len(args) == 1 and isinstance(args[0], Regex):
        found = args[0].search(text)
        if name == "search":
            return found.start() if found else -1
        return None if found is None else [found[0], *found.groups()]
    if name == "split" and len(args) == 1:
        if isinstance(args[0], Regex):
            return args[0].split(text)
        if isinstance(args[0], str) and args[0]:
            return text.split(args[0])
    if name == "concat" and all(isinstance(arg, str) for arg in args):
        return text + "".join(args)
    if name in ("slice", "substring") and args and all(isinstance(arg, int) for arg in args):
        if name == "substring" and any(arg < 0 for arg in args):
            raise NotTextError
        return text[args[0] : args[1]] if len(args) > 1 else text[args[0] :]
    if name in ("charAt", "at") and len(args) == 1 and isinstance(args[0], int):
        position = args[0] if args[0] >= 0 or name == "charAt" else len(text) + args[0]
        return text[position] if 0 <= position < len(text) else "" if name == "charAt" else None
    test = _TESTS.get(name)
    if test is not None and len(args) == 1 and isinstance(args[0], str):
        return test(text, args[0])
    raise NotTextError


def of_array(items: list[Any], name: str, args: list[Any]) -> Any:
    """`items.name(args)`; methods that change the array do."""
    if name == "join" and len(args) <= 1:
        between = args[0] if args else ","
        if isinstance(between, str) and all(isinstance(item, (str, type(None))) for item in items):
            return between.join(item or "" for item in items)
    elif name == "push":
        items.extend(args)
        return len(items)
    elif name == "unshift":
        items[:0] = args
        return len(items)
    elif name in ("shift", "pop") and not args:
        return items.pop(0 if name == "shift" else -1) if items else None
    elif name == "slice" and all(isinstance(arg, int) for arg in args):
        return items[args[0] : args[1]] if len(args) > 1 else items[args[0] if args else 0 :]
    elif name == "concat":
        return [*items, *(one for arg in args for one in (arg if isinstance(arg, list) else [arg]))]
    elif name == "reverse" and not args:
        items.reverse()
        return items
    elif name in ("includes", "indexOf") and len(args) == 1 and all(isinstance(item, str) for item in items):
        place = items.index(args[0]) if args[0] in items else -1
        return place if name == "indexOf" else place >= 0
    elif args and callable(args[0]):
        return _with_function(items, name, args)
    raise NotTextError


def _with_function(items: list[Any], name: str, args: list[Any]) -> Any:
    call = args[0]
    if name == "map":
        return [call(item, number) for number, item in enumerate(list(items))]
    if name == "filter":
        return [item for number, item in enumerate(list(items)) if truthy(call(item, number))]
    if name in ("some", "every"):
        answers = [truthy(call(item, number)) for number, item in enumerate(list(items))]
        return any(answers) if name == "some" else all(answers)
    if name == "forEach":
        for number, item in enumerate(list(items)):
            call(item, number)
        return None
    if name == "reduce" and (items or len(args) > 1):
        rest = list(items)
        total = args[1] if len(args) > 1 else rest.pop(0)
        for number, item in enumerate(rest):
            total = call(total, item, number)
        return total
    raise NotTextError


_STRINGS: dict[str, Callable[[str], str]] = {
    "trim": str.strip,
    "trimEnd": str.rstrip,
    "trimStart": str.lstrip,
    "toString": str,
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
}
_TESTS: dict[str, Callable[[str, str], Any]] = {
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "includes": str.__contains__,
    "indexOf": str.find,
    "lastIndexOf": str.rfind,
}
