"""Reading package.json, tsconfig.json and what these refer to; what is wrong with one becomes a notice."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec

from callaudit.project.reading import read_source
from callaudit.project.records import Notice

_MAX_BYTES = 1_000_000
_MAX_DEPTH = 100
_HINT = "it is ignored until this is mended"


def read_config(root: str, path: str, *, comments: bool) -> dict[str, Any] | Notice:
    """Read a JSON object; `comments` allows comments, trailing commas and the rest of JSON5."""
    data = read_source(root, path, _MAX_BYTES)
    if isinstance(data, Notice):
        return data
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        if not comments:
            return _broken(path, data, error)
        value = _read_json5(path, data)
        if isinstance(value, Notice):
            return value
    if not isinstance(value, dict):
        return Notice(path, 1, "broken config", f"an object is expected at the top; {_HINT}")
    return value


def _read_json5(path: str, data: bytes) -> Any:
    # Most files of this kind are plain JSON: the import costs more than reading them all.
    import pyjson5

    try:
        return pyjson5.decode(data.decode("utf-8", "replace"), _MAX_DEPTH)
    except (pyjson5.Json5Exception, ValueError, RecursionError) as error:
        return _broken(path, data, error)


def _broken(path: str, data: bytes, error: Exception) -> Notice:
    message = str(error.args[0]) if error.args else type(error).__name__
    return Notice(path, _line(data, message), "broken config", f"{message}; {_HINT}")


def _line(data: bytes, message: str) -> int:
    """Return the line of the offset in a parser's message: 'byte 12' or 'near 12', else the last line."""
    words = message.replace(")", " ").replace(",", " ").split()
    offset = len(data)
    for word, after in pairwise(words):
        if word in {"byte", "near", "position"} and after.rstrip(":").isdigit():
            offset = int(after.rstrip(":"))
    return data.count(b"\n", 0, offset) + 1
