"""Objects whose methods set their fields: `new Query().path("/one").send()`, `query.path("/one"); query.send()`.

Values are immutable: an object with a field set is another one, made of the object that it was. What a call of such a
method gives, where the method returns `this`, is that other object. A variable with the object holds the other one
after a statement that calls such a method on it. Everywhere else a field is all that methods ever assign to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.objects.members import member
from callaudit.flow.objects.mutation import with_fields
from callaudit.flow.reading.bound import Local
from callaudit.flow.values.arithmetic import operate
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Closure, Instance, Record
from callaudit.syntax.ir import Assign, Await, Call, Do, Func, Let, Member, Name, Ret
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, Stmt

MOST_CALLS = 12


class Set(Struct, frozen=True, eq=False):
    """An assignment to a field of `this`; `surely` where each run of the method makes it."""

    name: str
    op: str
    value: Expr
    surely: bool


class Setter(Struct, frozen=True):
    """What a method sets, and whether it gives `this`."""

    sets: tuple[Set, ...]
    gives_this: bool


_NONE = Setter((), gives_this=False)


def setter_of(interpreter: Interpreter, module: str, index: int) -> Setter:
    """What function number `index` of `module` sets, if it is a method that sets what it is handed, or gives `this`."""
    return interpreter.found_once(("sets fields", module, index), lambda: _setter(interpreter, module, index))


def _setter(interpreter: Interpreter, module: str, index: int) -> Setter:
    if "this" not in interpreter.program.modules[module].changed:
        return _NONE
    function = interpreter.function(module, index)
    last = function.body[-1] if function.body else None
    gives_this = isinstance(last, Ret) and last.value is not None and _is_this(last.value)
    sure = {id(one.value) for one in function.body if isinstance(one, Do) and _is_set(one.value)}
    if not gives_this and not (function.params and sure):
        return _NONE  # most functions: their code is not looked through
    sets = tuple(
        Set(node.target.prop, node.op, node.value, id(node) in sure)
        for node in interpreter.nodes_of(module, index, Assign)
        if isinstance(node.target, Member) and _is_set(node)
    )
    if not sets or not (gives_this or _takes(function, sets)):
        return _NONE
    return Setter(sets, gives_this)


def _is_set(expr: object) -> bool:
    """Whether it is an assignment to a field of `this`."""
    return isinstance(expr, Assign) and isinstance(expr.target, Member) and _is_this(expr.target.obj)


def _takes(function: Function, sets: Sequence[Set]) -> bool:
    """Whether a method sets a field to what it is handed, or to something made of it."""
    params = {name for param in function.params for name in bound_names(param.target)}
    return bool(params) and any(
        isinstance(node, Name) and node.id in params for one in sets for node in walk((one.value,))
    )


def _is_this(expr: object) -> bool:
    return isinstance(expr, Name) and expr.id == "this"


def chained(
    interpreter: Interpreter, receiver: Value, target: Value, args: Sequence[Value], *, fresh: bool
) -> Value | None:
    """The object that a call of its method `target` gives, where that sets fields and returns `this`; else `None`.

    A receiver that is `fresh` is made in place: `new Query().path("/one")`.
    """
    if not isinstance(target, Closure) or not isinstance(receiver, (Instance, Record)):
        return None
    setter = setter_of(interpreter, target.module, target.index)
    if not setter.sets or not setter.gives_this or interpreter.function(target.module, target.index).asynchronous:
        return None
    return _after(interpreter, receiver, target, setter, args, fresh=fresh)


def _after(
    interpreter: Interpreter,
    receiver: Instance | Record,
    target: Closure,
    setter: Setter,
    args: Sequence[Value],
    *,
    fresh: bool,
) -> Value:
    """`receiver` after a call of one of its methods."""
    if isinstance(receiver, Instance):
        interpreter.classes.initialize(receiver)
    function = interpreter.function(target.module, target.index)
    scope = Scope(target.module, target.scope, this=receiver, function=target.index)
    scope.mark = ("sets", target.module, target.index, key(receiver), *(key(arg) for arg in args))
    bind_parameters(interpreter, function, [*target.bound, *args], scope, known=True)
    fields: dict[str, Value] = {}
    for one in setter.sets:
        value = interpreter.evaluate(one.value, scope)
        first = receiver.fields.get(one.name) if fresh and isinstance(receiver, Instance) else None
        before = fields.get(one.name) or first or member(interpreter, receiver, one.name)
        if one.op not in ("=", "??=", "||="):
            value = operate(one.op[:-1], [before, value])
        fields[one.name] = value if one.surely and one.op not in ("??=", "||=") else join([before, value])
    return with_fields(interpreter, receiver, fields, fresh=fresh)


# --- variables --------------------------------------------------------------------------------------


def note_set(frame: Frame, statement: Stmt) -> None:
    """Take what a statement does to the objects that variables hold, by methods that set fields.

    It is asked for each statement that calls something, where the program has such methods at all.
    """
    interpreter = frame.interpreter
    known: dict[tuple[str, int], bool] = interpreter.found_once("mentions setters", dict)
    place = frame.scope.module, frame.scope.function
    mentions = known.get(place)
    if mentions is None:
        mentions = known[place] = not interpreter.setters.isdisjoint(interpreter.function(*place).refs)
    if mentions:
        _rebind(frame, statement)
        _forget_handed(frame, statement)


def _rebind(frame: Frame, statement: Stmt) -> None:
    """Give variables the objects that a statement makes of those which they hold by calling their methods."""
    interpreter = frame.interpreter
    known: dict[int, tuple[tuple[str, tuple[Call, ...]], ...]] = interpreter.found_once("chains of setters", dict)
    if id(statement) not in known:
        known[id(statement)] = tuple(_chains(interpreter, statement))
    for name, calls in known[id(statement)]:
        owner = frame.scope.find(name)
        before = forced(owner.vars[name]) if owner is not None and owner.parent is not None else UNDEFINED
        if owner is None or not isinstance(before, (Instance, Record)):
            continue
        after = _through(interpreter, before, calls, frame.scope, fresh=_is_fresh(interpreter, name, frame.scope))
        if after is not before:
            certain = owner is frame.scope and not frame.loops
            owner.vars[name] = after if certain else join([before, after])


def _is_fresh(interpreter: Interpreter, name: str, scope: Scope) -> bool:
    """Whether a variable holds an object that its function made and that no function inside it knows."""
    meaning = interpreter.stores.bindings.meaning(name, scope)
    if not isinstance(meaning, Local) or meaning.scope is not scope or len(meaning.values) != 1:
        return False
    made = meaning.values[0][0]
    functions = interpreter.program.modules[scope.module].functions
    inside = (one for one in functions if one.parent == scope.function)
    return isinstance(made, Call) and made.new and not any(name in one.refs for one in inside)


def _forget_handed(frame: Frame, statement: Stmt) -> None:
    """Forget what was set in an object that a statement hands to a function which may set it otherwise."""
    interpreter = frame.interpreter
    known: dict[int, tuple[tuple[Call, str], ...]] = interpreter.found_once("handed objects", dict)
    if id(statement) not in known:
        known[id(statement)] = tuple(_handed(statement))
    for call, name in known[id(statement)]:
        owner = frame.scope.find(name)
        held = owner.vars[name] if owner is not None and owner.parent is not None else UNDEFINED
        held = forced(held) if not isinstance(held, Lazy) or held.is_known else UNDEFINED
        if owner is None or not isinstance(held, Instance) or held.origin is None:
            continue
        target = forced(interpreter.evaluate(call.callee, frame.scope))
        refs = interpreter.function(target.module, target.index).refs if isinstance(target, Closure) else ()
        if not interpreter.setters.isdisjoint(refs):
            owner.vars[name] = held.origin[0]


def _handed(statement: Stmt) -> Iterator[tuple[Call, str]]:
    value = statement.value if isinstance(statement, (Do, Let)) else None
    for node in walk((value,)) if value is not None else ():
        if isinstance(node, Call) and not node.new:
            yield from ((node, arg.id) for arg in node.args if isinstance(arg, Name))


def _through(
    interpreter: Interpreter, value: Instance | Record, calls: Sequence[Call], scope: Scope, *, fresh: bool
) -> Value:
    now: Value = value
    for call in calls:
        target = member(interpreter, now, call.callee.prop) if isinstance(call.callee, Member) else UNDEFINED
        if not isinstance(target, Closure) or not isinstance(now, (Instance, Record)):
            break
        setter = setter_of(interpreter, target.module, target.index)
        if setter.sets:
            given = arguments(interpreter, call.args, scope)
            now = _after(interpreter, now, target, setter, given, fresh=fresh)
        if not setter.gives_this:
            break
    return now


def _chains(interpreter: Interpreter, statement: Stmt) -> Iterator[tuple[str, tuple[Call, ...]]]:
    """The chains of calls in a statement that begin with a variable, if the first call may set fields of an object."""
    if not isinstance(statement, (Do, Let)) or statement.value is None:
        return
    inner: set[int] = set()
    for node in walk((statement.value,)):
        if not isinstance(node, Call) or id(node) in inner:
            continue
        calls: list[Call] = []
        part: Expr = node
        while isinstance(part, Call) and isinstance(part.callee, Member) and len(calls) < MOST_CALLS:
            calls.append(part)
            inner.add(id(part))
            part = part.callee.obj
            part = part.value if isinstance(part, Await) else part
        first = calls[-1].callee if calls else None
        if isinstance(part, Name) and isinstance(first, Member) and "." + first.prop in interpreter.setters:
            yield part.id, tuple(reversed(calls))


def setter_names(interpreter: Interpreter) -> frozenset[str]:
    """The names of methods that set fields of their objects, as references mention them."""
    return frozenset(
        "." + (function.member or function.name)
        for path, module in interpreter.program.modules.items()
        if "this" in module.changed
        for index, function in enumerate(module.functions)
        if (function.member or function.cls >= 0) and function.name != "constructor" and not function.static
        if setter_of(interpreter, path, index).sets
    )


def sets_own(interpreter: Interpreter, module: str, methods: Sequence[Func]) -> dict[str, list[tuple[int, Expr]]]:
    """What the methods of an object assign to its own properties, by property: where, and what."""
    found: dict[str, list[tuple[int, Expr]]] = {}
    for method in methods:
        for one in setter_of(interpreter, module, method.index).sets:
            found.setdefault(one.name, []).append((method.index, one.value))
    return found
