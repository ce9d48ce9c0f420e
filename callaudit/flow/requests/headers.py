"""The headers that a request is surely sent with, those that it may be sent with, and whether there may be more.

They are told as options of the request: `header` for one that is sent, `header-when` for one that is sent on a
condition, `headers` for why others cannot be known. Names are in small letters; values are never looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.computed import is_computed
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, ForeignValue, OneOf, Record, Seq, Undefined, Unknown
from callaudit.syntax.ir import Call, Do, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Stmt

SENT, PERHAPS, OPEN = "header", "header-when", "headers"
COMMON = "common"
"""Where axios keeps the headers of all methods."""
SETTERS = ("set", "append")
_METHODS = frozenset({COMMON, "get", "post", "put", "patch", "delete", "head"})

Options = tuple[tuple[str, str], ...]


def headers_of(interpreter: Interpreter, options: Value, made_with: Sequence[Value]) -> Options:
    """The headers of a request with `options`, sent by a client that was made with these arguments."""
    found: dict[str, str] = {}
    why = ""
    for source in (*made_with, options):
        known = forced(source)
        given = known.fields.get("headers") if isinstance(known, Record) else None
        if given is not None:
            why = collect(interpreter, given, found) or why
        elif source is options:
            why = _hidden(known) or why
    told = [(kind, name) for name, kind in found.items()]
    return tuple(told) + (((OPEN, why),) if why else ())


def _hidden(options: Value) -> str:
    """Why the headers of options that are not spelled out cannot be known; empty where there are none."""
    if isinstance(options, Record):
        return "its options hold more than is seen" if options.open else ""
    if isinstance(options, OneOf):
        return next((why for item in options.values if (why := _hidden(forced(item)))), "")
    if isinstance(options, Unknown):
        return "" if options.why.startswith("not a property") else "its options are not known"
    return ""


def collect(interpreter: Interpreter, given: Value, found: dict[str, str], *, surely: bool = True) -> str:
    """Enter the headers that `given` holds under their names; why there may be others."""
    why = _bag(interpreter, given, found)
    value = forced(given)
    if isinstance(value, OneOf):
        return _one_of(interpreter, value, found, surely=surely) or why
    if isinstance(value, ForeignValue) and value.path[-1:] == ("Headers",):
        for part in value.args or ():
            why = collect(interpreter, part, found, surely=surely) or why
        return why
    if isinstance(value, Seq):  # [[name, value], ...]
        pairs = [forced(item) for item in value.items]
        for pair in pairs:
            name = forced(pair.items[0]) if isinstance(pair, Seq) and pair.items else None
            if isinstance(name, Const):
                _enter(found, str(name.value), surely=surely)
        return "its headers hold more than is seen" if value.open else why
    if isinstance(value, Record):
        return _fields(interpreter, value, found, surely=surely) or why
    return why if isinstance(value, (Undefined, Const)) else "its headers are not known"


def _one_of(interpreter: Interpreter, value: OneOf, found: dict[str, str], *, surely: bool) -> str:
    """Enter what each of several ways holds: what all of them have is sent whichever is taken."""
    why = ""
    ways: list[dict[str, str]] = []
    for item in value.values:
        way: dict[str, str] = {}
        why = collect(interpreter, item, way) or why
        ways.append(way)
    for name in dict.fromkeys(name for way in ways for name in way):
        _enter(found, name, surely=surely and all(way.get(name) == SENT for way in ways))
    return why


def _fields(interpreter: Interpreter, value: Record, found: dict[str, str], *, surely: bool) -> str:
    why = "its headers hold more than is seen" if value.open else ""
    for name, item in value.fields.items():
        if is_computed(name):
            continue
        known = forced(item)
        if name in _METHODS and isinstance(known, Record):
            why = _fields(interpreter, known, found, surely=surely and name == COMMON) or why
        elif not isinstance(known, Undefined):
            _enter(found, name, surely=surely and not _may_be_missing(known))
    return why


def _may_be_missing(value: Value) -> bool:
    return isinstance(value, OneOf) and any(
        isinstance(item, Undefined) or (isinstance(item, Const) and item.value is None) for item in value.values
    )


def _enter(found: dict[str, str], name: str, *, surely: bool) -> None:
    name = name.lower()
    if surely or name not in found:
        found[name] = SENT if surely else PERHAPS


def _bag(interpreter: Interpreter, given: Value, found: dict[str, str]) -> str:
    """Enter what the lines of a module tell a `Headers` object of it to hold: `headers.set(name, value)`."""
    if not isinstance(given, Lazy) or not isinstance(given.expr, Name) or given.scope is None:
        return ""
    owner = given.scope.find(given.expr.id)
    if owner is None or owner.parent is not None or not isinstance(forced(given), ForeignValue):
        return ""
    body = interpreter.program.modules[owner.module].functions[owner.function].body
    plain = {id(statement.value) for statement in body if isinstance(statement, Do)}
    for call in _settings(body, given.expr.id):
        name = forced(interpreter.evaluate(call.args[0], owner))
        if not isinstance(name, Const):
            return "a header's name is computed"
        _enter(found, str(name.value), surely=id(call) in plain)
    return ""


def _settings(body: tuple[Stmt, ...], variable: str) -> Iterator[Call]:
    for node in walk(body):
        if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop in SETTERS and node.args:
            holder = node.callee.obj
            if isinstance(holder, Name) and holder.id == variable:
                yield node
