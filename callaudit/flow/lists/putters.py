"""What the callers of a function hand it that it puts into an object: `register(job) { this.jobs.push(job); }`.

The function says only that it puts in what it is handed. Who calls it says what that is: its calls are found by name
and evaluated where they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.static import scope_inside, static_scope
from callaudit.flow.reading.within import enter
from callaudit.flow.values.identity import identity
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.platform_objects import EMPTY_MAP, OF_PLATFORM
from callaudit.flow.values.values import Closure, Instance, OneOf, Unknown
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Member, Name
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

MOST_CALLS = 24
"""Calls of one function by name that are looked at: those of a common name (`add`) are mostly of others."""


def callers_scopes(interpreter: Interpreter, module: str, index: int, this: Instance | None) -> tuple[Scope, ...]:
    """A scope of function number `index` for each of its calls, with what that call hands it.

    Empty where a call that may be one of them is not understood, so that not all of what is handed is known.
    """
    place = ("callers", module, index, identity(this))
    return interpreter.found_once(place, lambda: tuple(_scopes(interpreter, module, index, this)))


def writing_scopes(interpreter: Interpreter, module: str, index: int, this: Instance, value: Expr) -> tuple[Scope, ...]:
    """The scopes in which a method sets a field of `this` to `value`: one for each call that says what it is set to."""
    if depends_on_parameters(interpreter, module, index, (value,)):
        found = callers_scopes(interpreter, module, index, this)
        if found:
            return found
    return (static_scope(interpreter, module, index, this),)


def depends_on_parameters(interpreter: Interpreter, module: str, index: int, values: Sequence[Expr | None]) -> bool:
    """Whether any of `values` mentions a name that the function binds: one that it is handed, or makes of such."""
    function = interpreter.function(module, index)
    if not function.params or not function.name:
        return False
    own = set(interpreter.stores.bindings.names(module, index).lines)
    own.update(name for param in function.params for name in bound_names(param.target))
    return any(isinstance(node, Name) and node.id in own for value in values if value for node in walk((value,)))


def _scopes(interpreter: Interpreter, module: str, index: int, this: Instance | None) -> list[Scope]:
    found: list[Scope] = []
    for number, (call, around) in enumerate(_named_calls(interpreter, module, index)):
        if number == MOST_CALLS:
            return []
        meant = _means(interpreter, call, around, (module, index), this)
        if meant is None and _hands_on(interpreter, call, around, (module, index)):
            continue  # were it one of them, it would hand over nothing that the others do not
        if meant is None:
            return []
        if meant:
            found.append(_entered(interpreter, module, index, this, call, _constructing(interpreter, around, this)))
    return found


def _constructing(interpreter: Interpreter, around: Scope, this: Instance | None) -> Scope:
    """The scope of the constructor that makes `this`, with what it is given; any other scope as it is."""
    cls = this.cls if this is not None else None
    if this is None or cls is None or this.args is None or around.module != cls.module:
        return around
    if interpreter.classes.method(cls, "constructor", static=False) != around.function:
        return around
    scope = Scope(cls.module, cls.scope, this=this, function=around.function)
    scope.mark = ("constructing", cls.module, around.function, identity(this))
    enter(interpreter, around.function, scope, cls.scope, this.args)
    return scope


def _named_calls(interpreter: Interpreter, module: str, index: int) -> Iterator[tuple[Call, Scope]]:
    """Calls of something of the function's name, each with the scope that it stands in."""
    function = interpreter.function(module, index)
    name = function.name
    as_member = "." + name
    for path in sorted(interpreter.program.modules):
        here = interpreter.program.modules[path]
        imported = (path == module or name in here.imports) and here.mentions(name)
        if not imported and not here.mentions(as_member):
            continue
        for number, one in enumerate(here.functions):
            if as_member not in one.refs and not (imported and name in one.refs):
                continue
            for node in here.nodes_of(number, Call):
                if called_name(node.callee) == name:
                    yield node, scope_inside(interpreter, path, number)


def _means(
    interpreter: Interpreter, call: Call, scope: Scope, place: tuple[str, int], this: Instance | None
) -> bool | None:
    """Whether a call is one of the function at `place`, on `this`; `None` where that is not known."""
    target = forced(interpreter.evaluate(call.callee, scope))
    unknown = False
    for one in target.values if isinstance(target, OneOf) else (target,):
        if isinstance(one, Closure) and (one.module, one.index) == place:
            if this is None or one.this is this or _may_be_another(call):
                return True
        elif isinstance(one, Unknown):
            unknown = not _is_of_platform(interpreter, call, scope)
    return None if unknown else False


def _is_of_platform(interpreter: Interpreter, call: Call, scope: Scope) -> bool:
    """Whether a method is one of an object of the platform: `add` of a `Set`, which the program does not say."""
    owner = forced(interpreter.evaluate(call.callee.obj, scope)) if isinstance(call.callee, Member) else None
    return isinstance(owner, Unknown) and owner.why in (EMPTY_MAP, OF_PLATFORM)


def _hands_on(interpreter: Interpreter, call: Call, scope: Scope, place: tuple[str, int]) -> bool:
    """Whether a call in the function at `place` itself hands on what the function is handed: `of(it.key).add(it)`."""
    if (scope.module, scope.function) != place:
        return False
    params = [name for param in interpreter.function(*place).params for name in bound_names(param.target)]
    return [arg.id for arg in call.args if isinstance(arg, Name)] == params[: len(call.args)]


def _may_be_another(call: Call) -> bool:
    """Whether the object that a method is called on is one of the caller's own, of which there may be several."""
    owner = call.callee
    while isinstance(owner, Member):
        owner = owner.obj
    return isinstance(owner, Name) and owner.id == "this"


def _entered(
    interpreter: Interpreter, module: str, index: int, this: Instance | None, call: Call, around: Scope
) -> Scope:
    function = interpreter.function(module, index)
    outer = static_scope(interpreter, module, function.parent, this)
    scope = Scope(module, outer, this=this, function=index)
    scope.mark = ("handed", module, index, around.module, around.function, call.line, call.column, identity(this))
    given: list[Value] = [interpreter.lazy(arg, around) for arg in call.args]
    enter(interpreter, index, scope, outer, given)
    return scope
