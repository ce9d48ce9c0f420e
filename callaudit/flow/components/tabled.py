"""Elements that are written in tables of a module: `const tabs = [{ label: "Prices", content: <Prices /> }]`.

Loading the module makes them; what shows one of them mounts it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import OneOf, Record, Rendered, Seq, Value
from callaudit.syntax.chains import untyped
from callaudit.syntax.ir import Jsx, Let, Obj, Prop
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Member, Node

DEPTH = 6
"""Lists and objects inside each other: routes inside routes."""


class Tables(Struct, frozen=True, eq=False):
    """The elements in tables, by identity, and the properties that hold them."""

    elements: frozenset[int]
    names: frozenset[str]


_NO_TABLES = Tables(frozenset(), frozenset())


def tables(interpreter: Interpreter) -> Tables:
    """The elements that stand in tables of modules and mount something that may ask."""
    known: list[Tables] = interpreter.found_once("elements in tables", list)
    if not known:
        known.append(_NO_TABLES)  # what is asked while they are looked for is asked by a tag
        known[0] = _tables(interpreter)
    return known[0]


def _tables(interpreter: Interpreter) -> Tables:
    elements: set[int] = set()
    names: set[str] = set()
    for path, module in interpreter.program.modules.items():
        for statement in module.functions[0].body if module.nodes_of(0, Jsx) else ():
            if not isinstance(statement, Let) or statement.value is None:
                continue
            for node in walk((statement.value,)):
                for name, element in _held(node):
                    if _mounts(interpreter, element, path):
                        elements.add(id(element))
                        names.add(name)
    return Tables(frozenset(elements), frozenset(names)) if elements else _NO_TABLES


def _held(node: Node) -> Iterator[tuple[str, Jsx]]:
    """The elements that an object literal holds, each with the name of its property."""
    for prop in node.props if isinstance(node, Obj) else ():
        element = untyped(prop.value) if isinstance(prop, Prop) else None
        if isinstance(prop, Prop) and isinstance(prop.key, str) and isinstance(element, Jsx):
            yield prop.key, element


def _mounts(interpreter: Interpreter, element: Jsx, path: str) -> bool:
    """Whether an element mounts a component that may send a request."""
    scope = interpreter.module_scope(path)
    tags = (node.tag for node in walk((element,)) if isinstance(node, Jsx))
    return any(matters(interpreter, interpreter.evaluate(tag, scope)) for tag in tags)


def is_tabled(interpreter: Interpreter, element: Jsx) -> bool:
    """Whether an element stands in a table."""
    return id(element) in tables(interpreter).elements


def shown_by(interpreter: Interpreter, expr: Member, scope: Scope) -> tuple[Rendered, ...]:
    """The elements of tables that an expression may give where it is drawn: `{tab.content}`."""
    if expr.prop not in tables(interpreter).names:
        return ()
    return tuple(elements_in(interpreter.evaluate(expr, scope), 0))


def elements_in(value: Value, depth: int = DEPTH) -> Iterator[Rendered]:
    """The elements that are a value, or are in the lists and objects that it is made of."""
    known = forced(value)
    if isinstance(known, Rendered):
        yield known
    elif isinstance(known, OneOf):
        for way in known.values:
            yield from elements_in(way, depth)
    elif isinstance(known, (Record, Seq)) and depth:
        for part in known.fields.values() if isinstance(known, Record) else known.items:
            if not isinstance(part, Lazy) or not part.busy:
                yield from elements_in(part, depth - 1)
