"""Functions that are used as constructors: `function F() {}` whose prototype is filled is a class.

What is assigned to `F.prototype.name`, to `F.prototype` as a whole, or merged into it (`Object.assign`, `_.extend`) is
a method or a field; `util.inherits(F, Base)` and `Object.create(Base.prototype)` name its base, `Base.call(this, …)` is
`super(…)`. Members that are set on a condition, or by another function, may be what they are there. What is set on the
prototype of a class that is declared as one is put into it as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.syntax.facts import ANY_METHOD, Binding, Class, Field
from callaudit.syntax.ir import Assign, Call, ClassRef, Do, Func, If, Let, Member, Name, Op, Un
from callaudit.syntax.typescript.amended_classes import alternatives, amend, methods_of, own_saved
from callaudit.syntax.typescript.prototype_members import INHERITS, Made, computed, read, read_maybe

if TYPE_CHECKING:
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, Stmt
    from callaudit.syntax.typescript.context import Context


def with_prototypes(context: Context, body: tuple[Stmt, ...]) -> tuple[Stmt, ...]:
    """The top level `body` with classes in place of such functions; those inside other functions are mended too."""
    if b".prototype" not in context.source and INHERITS.encode() not in context.source:
        return body
    for number, function in enumerate(context.functions):
        if number and function is not None:
            inside = _lowered(context, function.body, number)
            if inside is not function.body:  # it may have become a constructor meanwhile
                context.functions[number] = replace(context.functions[number] or function, body=inside)
    return _lowered(context, body, 0)


def _lowered(context: Context, body: tuple[Stmt, ...], parent: int) -> tuple[Stmt, ...]:
    declared = {
        let.target.id: number
        for let in body
        if type(let) is Let and type(let.target) is Name and (number := _constructor(context, let.value)) is not None
    }
    amended = {
        let.target.id: let.value.index
        for let in body
        if type(let) is Let and type(let.target) is Name and type(let.value) is ClassRef
    }
    if not declared and not amended:
        return body
    made = read(body, declared | amended, {name: methods_of(context, number) for name, number in amended.items()})
    saved = {number: value for one in made.values() for number, value in one.saved.items()}
    if parent == 0:
        read_maybe(context, body, declared | amended, made)
    dropped = {number for one in made.values() for number in one.read}
    for name in amended.keys() & made.keys():
        amend(context, amended[name], made.pop(name))
    if parent == 0 and b"prototype[" in context.source:
        for name, method in computed(context, body, declared):
            made.setdefault(name, Made()).computed.append(method)
    if not made and not dropped and not saved:
        return body
    classes: dict[str, int] = {}
    for name, one in made.items():
        own = context.functions[declared[name]]
        if own is not None:
            classes[name] = _filed(context, name, own, one, (declared[name], parent))
    found: list[Stmt] = []
    for statement in body:
        if type(statement) is Let and type(statement.target) is Name and statement.target.id in classes:
            found.append(replace(statement, value=_in_place(statement.value, classes[statement.target.id])))
        elif type(statement) is Let and id(statement) in saved:
            found.append(replace(statement, value=saved[id(statement)]))
        elif id(statement) not in dropped:
            found.append(statement)
    return tuple(found)


def _constructor(context: Context, value: Expr | None) -> int | None:
    """The number of a function that `new` may be used with, also in `const F = module.exports = function () {}`."""
    while type(value) is Assign:
        value = value.value
    function = context.functions[value.index] if type(value) is Func else None
    if type(value) is not Func or function is None or function.arrow or function.asynchronous or function.cls >= 0:
        return None
    return value.index


def _in_place(value: Expr | None, cls: int) -> Expr:
    return replace(value, value=_in_place(value.value, cls)) if type(value) is Assign else ClassRef(cls)


def _filed(context: Context, name: str, own: Function, made: Made, place: tuple[int, int]) -> int:
    """File the class of a function and its members; its number."""
    constructor, parent = place
    number = len(context.classes)
    methods = [constructor]
    fields: list[Field] = []
    for key, (value, line) in made.members.items():
        function = context.functions[value.index] if type(value) is Func else None
        if type(value) is Func and function is not None and not function.arrow and function.cls < 0:
            context.functions[value.index] = replace(function, name=key, member=key, cls=number)
            methods.append(value.index)
        else:
            fields.append(Field(key, "", value, False, line))
    for index in made.computed:
        function = context.functions[index]
        if function is not None and not function.arrow and function.cls < 0:
            context.functions[index] = replace(function, name=ANY_METHOD, cls=number)
            methods.append(index)
    body = tuple(_inside(statement, name, made.base) for statement in own.body if not _is_called_right(statement, name))
    context.functions[constructor] = replace(own, name="constructor", member="constructor", cls=number, body=body)
    own_saved(context, made, number)
    fields.extend(alternatives(context, number, methods, fields, made.maybe))
    known = [found for index in methods if (found := context.functions[index]) is not None]
    refs = {ref for found in known for ref in found.refs}
    if fields and parent == 0:  # what their values mention, the top level does
        refs |= context.refs.union(*(binding.refs for binding in context.bindings))
    every = tuple(sorted(refs))
    context.classes.append(Class(name, own.line, made.base, "", (), tuple(fields), tuple(methods), every, parent))
    if parent == 0:
        context.bindings[:] = [
            Binding(one.name, one.line, tuple(sorted({*one.refs, *every}))) if one.name == name else one
            for one in context.bindings
        ]
    return number


def _inside(statement: Stmt, name: str, base: Expr | None) -> Stmt:
    """A statement of a constructor; the call of its base for the object is `super(…)`."""
    call = statement.value if type(statement) is Do else None
    if type(statement) is not Do or type(call) is not Call or type(call.callee) is not Member or not call.args:
        return statement
    is_base = base is not None and _text(call.callee.obj) in (_text(base), f"{name}.super_")
    if not is_base or call.callee.prop != "call":
        return statement
    return replace(statement, value=replace(call, callee=Name("super"), args=call.args[1:]))


def _text(expr: Expr) -> str:
    return f"{_text(expr.obj)}.{expr.prop}" if type(expr) is Member else getattr(expr, "id", "")


def _is_called_right(statement: Stmt, name: str) -> bool:
    """Whether a statement is there for calls without `new`: `if (!(this instanceof F)) return new F(options)`."""
    test = statement.test if type(statement) is If else None
    asked = test.value if type(test) is Un and test.op == "!" else None
    return (
        type(asked) is Op
        and asked.op == "instanceof"
        and _text(asked.items[0]) == "this"
        and (_text(asked.items[1]) == name)
    )
