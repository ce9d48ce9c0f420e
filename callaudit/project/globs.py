"""The patterns of .gitignore files for one name of a path: stars, question marks, brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "xdigit": "0-9a-fA-F",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "cntrl": r"\x00-\x1f\x7f",
    "print": r" -~",
    "graph": "!-~",
}


def is_plain(name: str) -> bool:
    """Tell whether a pattern is a name as it stands."""
    return not any(mark in name for mark in "*?[\\")


def name_glob(name: str) -> Callable[[str], bool] | None:
    """Return what tells whether a name fits the pattern `name`; None for '**', any number of names."""
    if len(name) > 1 and not name.strip("*"):
        return None
    if is_plain(name):
        return name.__eq__
    before, star, after = name.partition("*")
    if star and is_plain(before) and is_plain(after):
        shortest = len(before) + len(after)
        return lambda text: len(text) >= shortest and text.startswith(before) and text.endswith(after)
    pattern = _expression(name)
    if pattern is None:
        return lambda text: False  # noqa: ARG005 -- an unclosed bracket fits nothing
    matches = re.compile(pattern, re.DOTALL).fullmatch
    return lambda text: matches(text) is not None


def _expression(name: str) -> str | None:
    """Return a regular expression that never backtracks into an earlier star; None for an invalid pattern."""
    parts = [""]
    at = 0
    while at < len(name):
        char = name[at]
        at += 1
        if char == "*":
            if parts[-1] or len(parts) == 1:
                parts.append("")
        elif char == "?":
            parts[-1] += "."
        elif char == "[":
            found = _bracket(name, at)
            if found is None:
                return None
            parts[-1] += found[0]
            at = found[1]
        elif char == "\\" and at == len(name):
            return None
        else:
            at += char == "\\"
            parts[-1] += re.escape(name[at - 1])
    # The earliest fit of each middle part leaves the most for what follows, so it may be final.
    middle = "".join(f"(?>.*?{part})" for part in parts[1:-1])
    return parts[0] + middle + (f".*{parts[-1]}" if len(parts) > 1 else "")


def _bracket(name: str, at: int) -> tuple[str, int] | None:
    """Return the class that starts behind the bracket before `at`, and where the pattern goes on."""
    negated = name[at : at + 1] in {"!", "^"}
    at += negated
    content = previous = ""
    start = at
    while at < len(name) and (name[at] != "]" or at == start):
        if name.startswith("[:", at) and (end := name.find(":]", at)) > 0:
            if name[at + 2 : end] not in _CLASSES:
                return None
            content += _CLASSES[name[at + 2 : end]]
            previous = ""
            at = end + 2
            continue
        is_range = name[at] == "-" and previous != "" and name[at + 1 : at + 2] not in {"]", ""}
        at += is_range
        at += name[at] == "\\"
        char = name[at : at + 1]
        if is_range and previous <= char:
            content += f"{re.escape(previous)}-"
        # The end of a range from z to a counts for nothing, its beginning has counted already.
        content += "" if is_range and previous > char else re.escape(char)
        previous = "" if is_range else char
        at += 1
    if at >= len(name):
        return None
    return f"[{'^' if negated else ''}{content}]", at + 1
