"""Classes that other code than their own adds to: members set on their prototype, surely or perhaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.syntax.facts import Field
from callaudit.syntax.ir import Cond, Expr, Func, Name
from callaudit.syntax.typescript.context import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.typescript.context import Context
    from callaudit.syntax.typescript.prototype_members import Made

MOST_ALTERNATIVES = 4
Maybe = dict[str, list[tuple[Expr, int]]]


def amend(context: Context, number: int, made: Made) -> None:
    """Put what is set on the prototype of class `number` into it; a method of that name is no longer there."""
    cls = context.classes[number]
    if cls is None:
        return
    gone = {index for index in cls.methods if _member(context, index) in made.members}
    methods = [index for index in cls.methods if index not in gone]
    fields = [field for field in cls.fields if field.name not in made.members]
    own_saved(context, made, number)
    for name, (value, line) in made.members.items():
        _own(context, value, number)
        fields.append(Field(name, "", value, False, line))
    fields.extend(alternatives(context, number, methods, fields, made.maybe))
    refs = set(cls.refs).union(*(_refs(context, field.value) for field in fields if field not in cls.fields))
    context.classes[number] = replace(
        cls, methods=tuple(methods), fields=tuple(fields), refs=tuple(sorted(refs)), base=made.base or cls.base
    )


def methods_of(context: Context, number: int) -> dict[str, Expr]:
    """The methods of class `number` by their names."""
    cls = context.classes[number]
    return {_member(context, index): Func(index) for index in (cls.methods if cls is not None else ())}


def alternatives(
    context: Context, number: int, methods: Sequence[int], fields: list[Field], maybe: Maybe
) -> list[Field]:
    """Fields for members that may be one thing or another: what is set, or what was there."""
    found: list[Field] = []
    for name, ways in maybe.items():
        method = next((index for index in methods if _member(context, index) == name), None)
        field = next((one for one in fields if one.name == name), None)
        before: Expr = Func(method) if method is not None else Name("undefined")
        if field is not None:
            fields.remove(field)
            before = field.value if field.value is not None else before
        for value, _ in ways[:MOST_ALTERNATIVES]:
            _own(context, value, number)
            before = Cond(UNKNOWN, value, before)
        found.append(Field(name, "", before, False, ways[0][1]))
    return found


def own_saved(context: Context, made: Made, number: int) -> None:
    """Let functions that are kept in variables before others take their place have class `number` for their own."""
    for value in made.saved.values():
        _own(context, value, number)


def _own(context: Context, value: Expr, number: int) -> None:
    """Let a function that is set as a member have the class for its own: `this` in it is an object of that."""
    function = context.functions[value.index] if type(value) is Func else None
    if type(value) is Func and function is not None and not function.arrow and function.cls < 0:
        context.functions[value.index] = replace(function, cls=number)


def _member(context: Context, index: int) -> str:
    function = context.functions[index]
    return function.member if function is not None and not function.static else ""


def _refs(context: Context, value: Expr | None) -> set[str]:
    """What the functions and names of a member's value mention."""
    if type(value) is Cond:
        return _refs(context, value.then) | _refs(context, value.other)
    if type(value) is Name:
        return {value.id}
    function = context.functions[value.index] if type(value) is Func else None
    return set(function.refs) if function is not None else set()
