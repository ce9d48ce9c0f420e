"""What a handler asks of a request: the methods and paths that it compares with what came in.

A handler is run once with a request whose method or path is a `RequestWord`, which remembers every constant that
it is compared with and where.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.values.computed import is_computed
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, OneOf, Record, Text, Unknown

if TYPE_CHECKING:
    from collections.abc import Hashable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

Body = tuple[tuple[str, str | float | bool], ...]
"""The properties of a request's body that are known: what chooses the handler's way."""

MOST_PROPERTIES = 12
LONGEST_WORD = 60


class Said(Struct, frozen=True):
    """What is known of what a request says beside its path: properties of its body, parameters of its query.

    The value of a parameter shows as `{name}` what varies in it. `whole` holds where the query has no others.
    """

    body: Body = ()
    query: tuple[tuple[str, str], ...] = ()
    whole: bool = False

    def alike(self) -> Hashable:
        """The same for all that differ in the names of what varies."""
        return (self.body, tuple((name, HOLE.sub("{}", value)) for name, value in self.query), self.whole)


NOTHING_SAID = Said()
HOLE = re.compile(r"\{([^}]*)\}")
"""What stands in a text for what varies in it."""


class RequestWord(Unknown):
    """The method or the path of a request that has not come yet; `seen` maps constants to the lines of their tests.

    `prefixes` are those of the constants that it is tested to begin with.
    """

    __slots__ = ("prefixes", "seen")

    def __init__(self, name: str) -> None:
        """Stand for the `method` or the `path`."""
        super().__init__(name, "it comes with the request", given=True)
        self.seen: dict[str, int] = {}
        self.prefixes: set[str] = set()

    def place(self, line: int) -> None:
        """Say that the constants seen last were in a test at `line`."""
        for constant, at in self.seen.items():
            if not at:
                self.seen[constant] = line


def answered(interpreter: Interpreter, word: RequestWord) -> dict[str, int]:
    """The constants that `word` was compared with, with the lines where that happened.

    A beginning that further constants have in common is left out: what it leads to is told apart by these.
    """
    del interpreter
    return {
        constant: line
        for constant, line in word.seen.items()
        if constant not in word.prefixes
        or not any(other.startswith(constant) for other in word.seen if other != constant)
    }


class Serialized(Unknown):
    """The JSON text of a value."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        """Remember what the text was made of."""
        super().__init__("stringify", "", given=True)
        self.value = value


class Incoming(Unknown):
    """A request that a handler is handed, of whose body and query something is known."""

    __slots__ = ("body", "said")

    def __init__(self, said: Said) -> None:
        """Arrive and say `said`."""
        super().__init__("request", "a parameter", given=True)
        self.said = said
        self.body = Record({name: Const(value) for name, value in said.body}, open=True)


class IncomingUrl(Unknown):
    """The address of a request that a handler is handed, up to its query."""

    __slots__ = ()

    def __init__(self) -> None:
        """Come with the request."""
        super().__init__("url", "a parameter", given=True)


def known_body(value: Value) -> Body:
    """The properties of a body that are plain and known."""
    value = forced(value)
    if isinstance(value, OneOf):  # `body ? JSON.stringify(body) : undefined`
        bodies = {known_body(item) for item in value.values} - {()}
        return bodies.pop() if len(bodies) == 1 else ()
    if isinstance(value, Serialized):
        value = value.value
    if not isinstance(value, Record):
        return ()
    found: list[tuple[str, str | float | bool]] = []
    for name, field in list(value.fields.items())[:MOST_PROPERTIES]:
        known = forced(field)
        if not isinstance(known, Const) or known.value is None or is_computed(name):
            continue
        if not isinstance(known.value, str) or len(known.value) <= LONGEST_WORD:
            found.append((name, known.value))
    return tuple(sorted(found))


def note_keys(interpreter: Interpreter, table: Record, key: Value) -> None:
    """`handlers[req.method]` and ``table[`${req.method} ${req.url}`]``: a request may be any key of the table.

    A key's line is that of its function, so that a method and a path of one key are known to belong together.
    """
    parts = key.parts if isinstance(key, Text) else (key,)
    words = [part for part in parts if isinstance(part, RequestWord)]
    if not words or not all(isinstance(part, (str, RequestWord)) for part in parts):
        return
    pattern = re.compile("".join(re.escape(part) if isinstance(part, str) else "(.+?)" for part in parts))
    for name, field in table.fields.items():
        found = pattern.fullmatch(name)
        if found is not None:
            handler = forced(field)
            line = interpreter.function(handler.module, handler.index).line if isinstance(handler, Closure) else 0
            for word, constant in zip(words, found.groups(), strict=True):
                word.seen.setdefault(constant, line)
