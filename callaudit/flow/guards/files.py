"""Files that keep answers: which file a call reads or writes, told by what its path is made of.

Two paths are the same file where their texts are known and the same, or where they are made of the same variables in
the same way: `path.join(dir, `${id}.json`)` twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.bound import Given, Local, TopLevel, written_as
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue
from callaudit.libraries.files import file_word
from callaudit.syntax.ir import Await, Call, Expr, Lit, Member, Name, Node, Typed

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

DEPTH = 8
MOST_PARTS = 8


def done_to_file(target: Value, call: Call) -> str:
    """What a call of `target` does to the file that its first argument names: `read`, `write`, `remove`, or nothing."""
    if not isinstance(target, ForeignValue) or not call.args:
        return ""
    if target.args is not None:  # promisify(fs.readFile)
        inner = forced(target.args[0]) if target.path[-1:] == ("promisify",) and target.args else None
        return file_word(inner.package, inner.path) if isinstance(inner, ForeignValue) and inner.args is None else ""
    return file_word(target.package, target.path)


def which_file(interpreter: Interpreter, path: Expr, scope: Scope) -> tuple[object, ...]:
    """What tells the file at `path` from others."""
    return ("file", _made_of(interpreter, path, scope, DEPTH))


def _made_of(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int) -> object:
    if isinstance(expr, (Await, Typed)):
        return _made_of(interpreter, expr.value, scope, depth)
    if isinstance(expr, Lit):
        return expr.value
    if not depth:
        return id(expr)
    if isinstance(expr, Name):
        return _named(interpreter, expr, scope, depth - 1)
    if isinstance(expr, Member):
        return ("member", _made_of(interpreter, expr.obj, scope, depth - 1), expr.prop)
    if not isinstance(expr, Node):
        return id(expr)
    value = forced(interpreter.evaluate(expr, scope))
    if isinstance(value, Const):
        return value.value
    parts: list[object] = [type(expr).__name__]
    for name in expr.__struct_fields__:
        part = getattr(expr, name)
        if isinstance(part, tuple):
            parts.extend(_made_of(interpreter, item, scope, depth - 1) for item in part[:MOST_PARTS])
        elif isinstance(part, Node):
            parts.append(_made_of(interpreter, part, scope, depth - 1))  # type: ignore[arg-type]
        elif name not in ("line", "column"):
            parts.append(part)
    return tuple(parts)


def _named(interpreter: Interpreter, name: Name, scope: Scope, depth: int) -> object:
    meaning = interpreter.stores.bindings.meaning(name.id, scope)
    if isinstance(meaning, Given):
        written = written_as(meaning.value)
        if written is not None:
            return _made_of(interpreter, *written, depth)
        return ("given", meaning.scope.module, meaning.scope.function, name.id)
    if isinstance(meaning, Local) and len(meaning.values) == 1:
        return _made_of(interpreter, meaning.values[0][0], meaning.scope, depth)
    if isinstance(meaning, Local):
        return ("local", meaning.scope.module, meaning.scope.function, name.id)
    if isinstance(meaning, TopLevel):
        value = forced(interpreter.evaluate(name, scope))
        return value.value if isinstance(value, Const) else ("top", meaning.module, meaning.name)
    return name.id
