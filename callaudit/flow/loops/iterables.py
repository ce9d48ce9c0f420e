"""Objects of the program that loops go over: what they do to begin, and to give the next item.

`for (const page of pages)` calls `pages[Symbol.iterator]()` once, and `next` of what that gives for each round; `for
await` asks for `Symbol.asyncIterator` first (ECMA-262, 14.7.5.6). A generator needs no `next` of its own: its body is
taken where it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.apply import applied
from callaudit.flow.machine.callbacks import Application
from callaudit.flow.objects.members import known, member
from callaudit.flow.reading.iterating import ITERATORS, are_iterated
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Closure, Instance, OneOf, Record
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Loop

NEXT = "next"


def begin_iterating(frame: Frame, statement: Loop, tree: list[Effect], each: list[Effect]) -> tuple[Cost, Cost]:
    """Add what a loop has its source do: to `tree` what that does once, to `each` what it does for every item."""
    nothing = costs.NONE, costs.NONE
    if statement.kind != "of" or statement.source is None or not frame.effects:
        return nothing
    interpreter = frame.interpreter
    if not are_iterated(interpreter):
        return nothing
    here = Application(_call(frame, statement), frame.scope, awaited=True)
    sources = _sources(interpreter, forced(interpreter.evaluate(statement.source, frame.scope)))
    methods = [_first(interpreter, source) for source in sources]
    if not any(methods):
        return nothing
    once = applied(frame, here, _either(methods), [], tree)
    following = [method and _method(interpreter, forced(interpreter.apply(method, [])), NEXT) for method in methods]
    return once, applied(frame, here, _either(following), [], each) if any(following) else costs.NONE


def _first(interpreter: Interpreter, source: Value) -> Closure | None:
    return next((found for name in ITERATORS if (found := _method(interpreter, source, name)) is not None), None)


def _either(methods: Sequence[Closure | None]) -> Value:
    """One of `methods`, which exclude each other; nothing where a source has none."""
    return join([UNDEFINED if method is None else method for method in methods])


def _call(frame: Frame, statement: Loop) -> Call:
    made = Call(Member(statement.source, ITERATORS[0]), (), statement.line, 0)  # type: ignore[arg-type] # it has one
    return frame.interpreter.found_once(("iterated", id(statement)), lambda: made)


def _sources(interpreter: Interpreter, value: Value) -> list[Value]:
    return [known(interpreter, one) for one in (value.values if isinstance(value, OneOf) else (value,))]


def _method(interpreter: Interpreter, owner: Value, name: str) -> Closure | None:
    if not isinstance(owner, (Instance, Record)) or (isinstance(owner, Record) and name not in owner.fields):
        return None
    found = forced(member(interpreter, owner, name))
    return found if isinstance(found, Closure) else None
