"""What a handler asks of a request: the methods and paths that it compares with what came in.

A handler is run once with a request whose method or path is a `RequestWord`, which remembers every constant that
it is compared with and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import Const, OneOf, Record, Unknown, forced

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Value

Body = tuple[tuple[str, str | float | bool], ...]
"""The properties of a request's body that are known: what chooses the handler's way."""

MOST_PROPERTIES = 12
LONGEST_WORD = 60


class RequestWord(Unknown):
    """The method or the path of a request that has not come yet; `seen` maps constants to the lines of their tests."""

    __slots__ = ("seen",)

    def __init__(self, name: str) -> None:
        """Stand for the `method` or the `path`."""
        super().__init__(name, "it comes with the request", given=True)
        self.seen: dict[str, int] = {}

    def place(self, line: int) -> None:
        """Say that the constants seen last were in a test at `line`."""
        for constant, at in self.seen.items():
            if not at:
                self.seen[constant] = line


def answered(interpreter: Interpreter, word: RequestWord) -> dict[str, int]:
    """The constants that `word` was compared with, with the lines where that happened."""
    del interpreter
    return dict(word.seen)


class Serialized(Unknown):
    """The JSON text of a value."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        """Remember what the text was made of."""
        super().__init__("stringify", "", given=True)
        self.value = value


class Incoming(Unknown):
    """A request that a handler is handed, of whose body some properties are known."""

    __slots__ = ("body",)

    def __init__(self, body: Body) -> None:
        """Arrive with `body`."""
        super().__init__("request", "a parameter", given=True)
        self.body = Record({name: Const(value) for name, value in body}, open=True)


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
        if not isinstance(known, Const) or known.value is None:
            continue
        if not isinstance(known.value, str) or len(known.value) <= LONGEST_WORD:
            found.append((name, known.value))
    return tuple(sorted(found))
