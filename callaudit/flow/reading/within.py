"""Scopes of code that is looked at without being run: what its names may be at a place inside a function.

Callbacks of array methods are handed the items of the array, targets of loops are the items of what is walked over;
all items at once, as one value that is any of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.variables import declare
from callaudit.flow.values.indexing import item_of_variable
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.type_members import item_type
from callaudit.flow.values.values import Instance, OneOf, Record, Seq, Unknown, Value
from callaudit.syntax.ir import Call, Func, Let, Loop, Member, Name
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr

OF_ITEMS = frozenset({"forEach", "map", "flatMap", "filter", "some", "every", "find", "findIndex"})
MOST_ITEMS = 16
MOST_APART = 60
"""Items of a list that is written down which are looked at one by one."""


def scope_within(interpreter: Interpreter, base: Scope, index: int) -> Scope | None:
    """A scope for function number `index`, which is written inside the function of `base`; `None` where it is not."""
    function = interpreter.function(base.module, index)
    if index == base.function:
        if base.within is not None:
            return base  # nothing happens in it that would make another one differ
        scope = Scope(base.module, base, function=index)
        scope.mark = (base.mark, "within")
        _enter_loops(interpreter, index, scope)
        return scope
    if function.parent < 0:
        return None
    outer = scope_within(interpreter, base, function.parent)
    if outer is None:
        return None
    if outer.within is not None and index in outer.within:
        return outer.within[index]
    scope = Scope(base.module, outer, function=index)
    scope.mark = (base.module, index, outer.mark)
    if outer.within is not None:
        outer.within[index] = scope
    enter(interpreter, index, scope, outer)
    return scope


def enter(
    interpreter: Interpreter, index: int, scope: Scope, outer: Scope, given: Sequence[Value] | None = None
) -> None:
    """Declare in `scope` the names of a function whose callers are not known, or which is `given` this by them all."""
    function = interpreter.function(scope.module, index)
    args = given if given is not None else handed_items(interpreter, scope.module, index, outer)
    bind_parameters(interpreter, function, args, scope, known=given is not None)
    _enter_loops(interpreter, index, scope)
    _declare_all(interpreter, _written(interpreter, scope.module, index)[0], scope)


def top_level(interpreter: Interpreter, module: str) -> Scope:
    """The scope of a module's top level with what its blocks declare: `if (root) { const app = createRoot(root); … }`.

    A name that the top level declares or imports as well is the module's: in which block the code stands is not asked.
    """
    scope = interpreter.module_scope(module)
    body = {id(one) for one in interpreter.function(module, 0).body}
    lets = [let for let in _written(interpreter, module, 0)[0] if id(let) not in body]
    if not lets:
        return scope
    inner = Scope(module, scope)
    inner.mark = (module, "blocks")
    _enter_loops(interpreter, 0, inner)
    _declare_all(interpreter, lets, inner)
    own = {one.local for one in interpreter.program.modules[module].facts.imports}
    for name in [name for name in inner.vars if name in scope.vars or name in own]:
        del inner.vars[name]
    return inner if inner.vars else scope


def _enter_loops(interpreter: Interpreter, index: int, scope: Scope) -> None:
    """Declare what the loops of a function walk with, and what is declared in them."""
    scope.within = {}
    for loop, lets in _written(interpreter, scope.module, index)[1]:
        if loop.target is not None and loop.source is not None and loop.kind == "of":
            bind(interpreter, loop.target, _items(interpreter, loop.source, scope), scope)
        elif loop.target is not None:
            bind(interpreter, loop.target, Unknown("key", "a key of data"), scope)
        _declare_all(interpreter, lets, scope)


def _declare_all(interpreter: Interpreter, lets: list[Let], scope: Scope) -> None:
    """Declare the names of all blocks in one scope: one that several blocks declare is what any of them says."""
    declared: set[str] = set()
    for let in lets:
        names = bound_names(let.target)
        before = {name: scope.vars[name] for name in names if name in declared}
        declare(interpreter, let, scope)
        for name, value in before.items():
            scope.vars[name] = _either(value, scope.vars[name])
        declared.update(names)


def _either(one: Value, other: Value) -> Value:
    return Lazy(lambda: join([one, other]))


def _written(interpreter: Interpreter, module: str, index: int) -> tuple[list[Let], list[tuple[Loop, list[Let]]]]:
    """The declarations of a function, and its loops each with the declarations inside it."""
    known = interpreter.answers.declaring.get((module, index))
    if known is None:
        loops = interpreter.nodes_of(module, index, Loop)
        known = interpreter.answers.declaring[module, index] = (
            list(interpreter.nodes_of(module, index, Let)),
            [(loop, [inner for inner in walk(loop.body) if isinstance(inner, Let)]) for loop in loops],
        )
    return known


def handed_items(interpreter: Interpreter, module: str, index: int, outer: Scope) -> list[Value]:
    """What an array method hands to function number `index`, where it is written as its callback."""
    source = _walked_by(interpreter, module, index, outer)
    return [_items(interpreter, source, outer)] if source is not None else []


def _walked_by(interpreter: Interpreter, module: str, index: int, outer: Scope) -> Expr | None:
    """The list whose method function number `index` is handed to, where it is written as its callback."""
    call = calls_with(interpreter, module, outer.function).get(index)
    callee = call.callee if call is not None else None
    return callee.obj if isinstance(callee, Member) and callee.prop in OF_ITEMS else None


def promised(interpreter: Interpreter, name: str, scope: Scope) -> tuple[Expr, Scope] | None:
    """The promise whose value the parameter `name` of a function is: `promise.then((value) => …)`."""
    function = interpreter.function(scope.module, scope.function)
    first = function.params[0].target if function.params else None
    if scope.parent is None or not isinstance(first, Name) or first.id != name:
        return None
    call = calls_with(interpreter, scope.module, function.parent).get(scope.function)
    callee = call.callee if call is not None else None
    then = isinstance(callee, Member) and callee.prop == "then"
    return (callee.obj, scope.parent) if then and isinstance(callee, Member) else None


def _items(interpreter: Interpreter, source: Expr, scope: Scope) -> Value:
    return Lazy(lambda: item_of(interpreter.evaluate(source, scope)))


def item_of(value: Value) -> Value:
    """Any item of `value`."""
    value = forced(value)
    if isinstance(value, Seq) and value.items:
        more = [Unknown("item", "an item of data")] if value.open or len(value.items) > MOST_ITEMS else []
        return join([*value.items[:MOST_ITEMS], *more])
    if isinstance(value, OneOf):
        return join(item_of(one) for one in value.values)
    if isinstance(value, Unknown) and value.env:
        return item_of_variable(value)
    if isinstance(value, Unknown) and value.type is not None:
        text = item_type(value.type[1])
        return Unknown("item", "an item of data", type=(value.type[0], text) if text else None)
    return Unknown("item", "an item of data")


def items_apart(value: Value) -> tuple[Value, ...]:
    """The items of a list that is filled elsewhere, where they are objects: what one of them holds belongs to it.

    What else may be in it is one more item. Empty where its items are data, which are all alike.
    """
    value = forced(value)
    lists = value.values if isinstance(value, OneOf) else (value,)
    found: list[Value] = []
    for one in lists:
        for item in one.items[:MOST_ITEMS] if isinstance(one, Seq) else ():
            known = forced(item)
            found.extend(known.values if isinstance(known, OneOf) else (known,))
    objects = [item for item in found if _is_object(item)]
    if len(objects) < 2:
        return ()
    others = [item for item in found if not _is_object(item)]
    return (*objects[:MOST_ITEMS], join([*others, Unknown("item", "an item of data")]))


def _is_object(item: Value) -> bool:
    """Whether an item is an object, or a pair with one, as those of a map are."""
    if isinstance(item, Seq):
        return not item.open and len(item.items) == 2 and isinstance(forced(item.items[1]), (Instance, Record))
    return isinstance(item, (Instance, Record))


def calls_with(interpreter: Interpreter, module: str, index: int) -> dict[int, Call]:
    """The calls in a function that are handed functions written in place, by the number of the function."""
    known = interpreter.answers.handing.get((module, index))
    if known is None:
        known = interpreter.answers.handing[module, index] = {
            arg.index: node
            for node in interpreter.nodes_of(module, index, Call)
            for arg in node.args
            if isinstance(arg, Func)
        }
    return known
