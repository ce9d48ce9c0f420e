"""Values of YAML, JSON and TOML with their lines, whatever the file holds: bounded, and never raising."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from callaudit.project.records import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_VALUES = 20_000
MOST_DEPTH = 60
MOST_DOCUMENTS = 50
_HINT = "it is ignored until this is mended"
_AT_LINE = re.compile(r"at line (\d+)")


class Located(Struct, frozen=True):
    """A value with the line where it begins; a value is a text, a list or a mapping."""

    line: int
    text: str = ""
    items: tuple[Located, ...] = ()
    fields: dict[str, Located] = {}

    def at(self, *names: str) -> Located:
        """The value below `names`, an empty one where there is none."""
        value = self
        for name in names:
            value = value.fields.get(name, NOTHING)
        return value

    def texts(self) -> tuple[Located, ...]:
        """The value itself if it is a text, or the texts in the list that it is."""
        return tuple(one for one in (self.items or (self,)) if one.text)


NOTHING = Located(0)


def read_yaml(path: str, data: bytes) -> tuple[Located, ...] | Notice:
    """The documents of a YAML file; anchors are followed, tags mean nothing."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = data.decode("utf-8", "replace")
        found: list[Located] = []
        for node in yaml.compose_all(text, Loader=loader):
            if len(found) >= MOST_DOCUMENTS:
                break
            if node is not None:
                found.append(_converted(node))
        return tuple(found)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error) or "not valid YAML"
        return Notice(path, mark.line + 1 if mark is not None else 1, "broken config", f"{problem}; {_HINT}")
    except (ValueError, RecursionError) as error:
        return Notice(path, 1, "broken config", f"{error}; {_HINT}")


def _converted(root: Any) -> Located:
    left = [MOST_VALUES]

    def convert(node: Any, depth: int) -> Located:
        left[0] -= 1
        line = node.start_mark.line + 1
        if left[0] < 0 or depth > MOST_DEPTH:
            return Located(line)
        if node.id == "scalar":
            return Located(line, text=node.value)
        if node.id == "sequence":
            return Located(line, items=tuple(convert(item, depth + 1) for item in node.value))
        fields: dict[str, Located] = {}
        for key, value in node.value:
            if key.id == "scalar":
                fields.setdefault(key.value, convert(value, depth + 1))
        return Located(line, fields=fields)

    return convert(root, 0)


def read_json(path: str, data: bytes) -> Located | Notice:
    """A JSON file, which may have comments and commas at the end: as YAML, of which it is a part."""
    documents = read_yaml(path, _plain(data.decode("utf-8", "replace")).encode())
    if isinstance(documents, Notice):
        return documents
    return documents[0] if documents else NOTHING


_JSON_PIECES = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|\t', re.DOTALL)


def _plain(text: str) -> str:
    """JSON without comments, tabs and the one escape that YAML does not know; every line stays where it is."""

    def piece(found: re.Match[str]) -> str:
        whole = found[0]
        if whole[0] == '"':
            return whole.replace("\\/", "/")
        return " " + "\n" * whole.count("\n")

    return _JSON_PIECES.sub(piece, text)


def read_toml(path: str, data: bytes) -> Located | Notice:
    """A TOML file; a text's line is the first one that holds it after the line of the text before."""
    import tomllib

    text = data.decode("utf-8", "replace")
    try:
        whole = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        where = _AT_LINE.search(str(error))
        return Notice(path, int(where[1]) if where else 1, "broken config", f"{error}; {_HINT}")
    return _of_toml(whole, text.split("\n"))


def _of_toml(root: Any, lines: list[str]) -> Located:
    used: dict[str, Iterator[int]] = {}
    left = [MOST_VALUES]

    def line_of(value: str) -> int:
        if value not in used:
            used[value] = (
                number for number, line in enumerate(lines, 1) if f'"{value}"' in line or f"'{value}'" in line
            )
        return next(used[value], 1)

    def convert(value: Any, depth: int) -> Located:
        left[0] -= 1
        if left[0] < 0 or depth > MOST_DEPTH:
            return NOTHING
        if isinstance(value, dict):
            return Located(1, fields={str(key): convert(item, depth + 1) for key, item in value.items()})
        if isinstance(value, list):
            return Located(1, items=tuple(convert(item, depth + 1) for item in value))
        return Located(line_of(value), text=value) if isinstance(value, str) else Located(1, text=str(value))

    return convert(root, 0)
