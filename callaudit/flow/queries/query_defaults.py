"""Options that a program sets for all queries at once: looked up where the client of a query library is made."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.apps.apps import app_of
from callaudit.flow.machine.static import static_scope, unknown_arguments
from callaudit.flow.objects.members import member
from callaudit.flow.queries.query_keys import begins, parts_of_key
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Record
from callaudit.libraries.test_tools import is_for_tests
from callaudit.syntax.ir import Call, Jsx, Member, Name, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Defaults
    from callaudit.syntax.ir import Expr

MOST_CLIENTS = 16


class Layer(Struct, frozen=True, eq=False):
    """An object of options for all queries, and where its client is made; `key` narrows it to some keys."""

    options: Record
    file: str
    line: int
    app: str
    key: tuple[str, ...] = ()


def layers(
    interpreter: Interpreter, defaults: Defaults, of: str, module: str, key: tuple[str, ...] | None
) -> list[Layer]:
    """The options that hold for a query with `key` in `module`: of clients of its own app before those of others."""
    found = interpreter.found_once(
        ("defaults", defaults.name, of), lambda: tuple(islice(_all(interpreter, defaults, of), MOST_CLIENTS))
    )
    app = app_of(interpreter, module)
    fitting = [layer for layer in found if _fits(layer, key)]
    own = [layer for layer in fitting if layer.app == app]
    return sorted(own or fitting, key=lambda layer: -len(layer.key))


def _fits(layer: Layer, key: tuple[str, ...] | None) -> bool:
    return not layer.key or (key is not None and begins(layer.key, key))


def _all(interpreter: Interpreter, defaults: Defaults, of: str) -> Iterator[Layer]:
    for path, node, scope in mentions(interpreter, defaults.name):
        if isinstance(node, Call) and not defaults.element and _is(interpreter, node.callee, scope, defaults):
            config = interpreter.evaluate(node.args[0], scope) if node.args else None
            whole = member(interpreter, config, defaults.option) if config is not None else None
            yield from _layer(interpreter, whole, of, path, node.line)
        elif isinstance(node, Jsx) and defaults.element and _is(interpreter, node.tag, scope, defaults):
            for attr in node.attrs:
                if isinstance(attr, Prop) and attr.key == defaults.element:
                    yield from _layer(interpreter, _given(interpreter, attr.value, scope), of, path, node.line)
    for name in (*defaults.setters, *defaults.keyed):
        for path, node, scope in mentions(interpreter, f".{name}"):
            if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop == name:
                yield from _set(interpreter, node, name in defaults.keyed, of, path, scope)


def _set(
    interpreter: Interpreter,
    call: Call,
    keyed: bool,
    of: str,
    path: str,
    scope: Scope,
) -> Iterator[Layer]:
    """What `client.setDefaultOptions({ queries })` and `client.setQueryDefaults(key, options)` set."""
    if not keyed and call.args:
        yield from _layer(interpreter, interpreter.evaluate(call.args[0], scope), of, path, call.line)
    elif keyed and len(call.args) > 1 and of == "queries":
        key = parts_of_key(interpreter.evaluate(call.args[0], scope))
        if key:
            yield from _layer(interpreter, interpreter.evaluate(call.args[1], scope), "", path, call.line, key)


def _layer(
    interpreter: Interpreter, value: Value | None, of: str, path: str, line: int, key: tuple[str, ...] = ()
) -> Iterator[Layer]:
    known = forced(value) if value is not None else None
    if isinstance(known, Record) and of:
        known = forced(known.fields[of]) if of in known.fields else None
    if isinstance(known, Record):
        yield Layer(known, path, line, app_of(interpreter, path), key)


def _given(interpreter: Interpreter, expr: Expr, scope: Scope) -> Value:
    """An attribute's value; a function is handed the options of an outer element."""
    value = forced(interpreter.evaluate(expr, scope))
    if isinstance(value, Closure):
        return interpreter.run(value, unknown_arguments(interpreter, value), effects=False).value
    return value


def _is(interpreter: Interpreter, callee: Expr, scope: Scope, defaults: Defaults) -> bool:
    if not isinstance(callee, (Name, Member)):
        return False
    target = forced(interpreter.evaluate(callee, scope))
    return (
        isinstance(target, ForeignValue)
        and target.package in defaults.packages
        and target.path[-1:] == (defaults.name,)
    )


def mentions(interpreter: Interpreter, name: str) -> Iterator[tuple[str, Call | Jsx, Scope]]:
    """Every call and element in functions that mention `name`, as their callers are not known."""
    for path in sorted(interpreter.program.modules):
        module = interpreter.program.modules[path]
        local = {item.local for item in module.imports.values() if item.imported == name and item.local != name}
        wanted = {name, f".{name}", *local}
        if wanted.isdisjoint(module.functions[0].refs):
            continue  # what the module mentions is all that its functions do
        if is_for_tests(item.source for item in module.facts.imports):
            continue  # clients that tests ask with, which try nothing again
        for index, function in enumerate(module.functions):
            if wanted.isdisjoint(function.refs):
                continue
            scope: Scope | None = None
            for node in module.nodes(index):
                if isinstance(node, (Call, Jsx)):
                    scope = scope or static_scope(interpreter, path, index)
                    yield path, node, scope
