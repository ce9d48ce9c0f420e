"""The options of one query: its own before those that the program sets for all queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import words
from callaudit.flow.text.strings import show
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import UNDEFINED, Closure, Const, OneOf, Record, Undefined, Value
from callaudit.syntax.ir import Func, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.queries.query_defaults import Layer


class Setting(Struct, frozen=True, eq=False):
    """An option that is given, and where; `own` where the query itself is given it."""

    value: Value
    file: str
    line: int
    function: str
    own: bool

    def text(self) -> str:
        """The option as it is written."""
        expr = self.value.expr if isinstance(self.value, Lazy) else None
        known = forced(self.value)
        if isinstance(known, Const):
            return show(known.value)
        if isinstance(expr, Name) and isinstance(self.value, Lazy) and self.value.scope is not None:
            owner = self.value.scope.find(expr.id)
            found = owner.vars[expr.id] if owner is not None else None
            inner = found.expr if isinstance(found, Lazy) else None
            expr = inner if inner is not None and not isinstance(inner, Func) else expr
        return words(expr) if expr is not None else "computed"

    def truth(self) -> bool | None:
        """Whether the option is on; `None` where that depends."""
        return None if isinstance(forced(self.value), Closure) else truth(self.value)


class Settings:
    """Finds the options of one query."""

    def __init__(self, interpreter: Interpreter, here: Application, own: Record, layers: Sequence[Layer]) -> None:
        """`layers` hold for all queries."""
        self._in = interpreter
        self._here = here
        self.own = own
        self.function = interpreter.qualified(here.scope.module, here.scope.function)
        self._layers = layers

    def find(self, name: str) -> Setting | None:
        """The option `name`; `None` where nobody gives it, or it is given as undefined."""
        if not name:
            return None
        if name in self.own.fields:
            return self._setting(self.own.fields[name], self._here.scope.module, self._here.expr.line, own=True)
        given = [layer for layer in self._layers if name in layer.options.fields]
        narrow = [layer for layer in given if layer.key] or given
        if not narrow:
            return None
        values = [layer.options.fields[name] for layer in narrow]
        value = values[0] if len(values) == 1 else _together(values)
        setting = self._setting(values[0], narrow[0].file, narrow[0].line, own=False)
        return setting and Setting(value, setting.file, setting.line, setting.function, own=False)

    def _setting(self, value: Value, file: str, line: int, *, own: bool) -> Setting | None:
        if isinstance(forced(value), Undefined):
            return None
        function = self.function
        if isinstance(value, Lazy) and value.scope is not None:
            file, line = value.scope.module, value.line or line
            if value.scope.function:
                function = self._in.qualified(value.scope.module, value.scope.function)
            elif not own:
                function = self._in.qualified(value.scope.module, 0)
        return Setting(value, file, line, function, own)


def _together(values: Sequence[Value]) -> Value:
    """What several clients are told: one value where they agree."""
    return join(values)


def options_among(values: Sequence[Value]) -> Record:
    """All objects among arguments as one, later ones before earlier ones.

    Of an argument that is one of several objects, an option is any of those that it has in them.
    """
    fields: dict[str, Value] = {}
    opened = False
    for value in values:
        known = forced(value)
        ways = [forced(way) for way in known.values] if isinstance(known, OneOf) else [known]
        objects = [way for way in ways if isinstance(way, Record)]
        fields.update(_any_of(objects))
        opened = opened or any(way.open for way in objects) or 0 < len(objects) < len(ways)
    return Record(fields, open=opened)


def _any_of(objects: Sequence[Record]) -> dict[str, Value]:
    """The options of one of several objects; one that only some have may be left out."""
    if len(objects) < 2:
        return objects[0].fields if objects else {}
    names = dict.fromkeys(name for one in objects for name in one.fields)
    return {name: _either([one.fields.get(name, UNDEFINED) for one in objects]) for name in names}


def _either(values: Sequence[Value]) -> Value:
    """One of `values`, computed when it is needed, and written where the first of them is that is given."""
    written = next((value for value in values if isinstance(value, Lazy)), None)
    if all(value is written for value in values) and written is not None:
        return written
    scope, line = (written.scope, written.line) if written is not None else (None, 0)
    return Lazy(lambda: join(values), None, scope, line)
