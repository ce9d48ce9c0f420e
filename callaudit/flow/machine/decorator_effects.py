"""What decorators of the program do where a class is declared: `@Every(5000)` that sets a timer for the method.

What they put in the place of a method is `decorating.py`'s.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.callbacks import call as run
from callaudit.flow.machine.decorating import MOST_DECORATORS, OF_A_DESCRIPTOR
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, Record
from callaudit.syntax.ir import Index

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call

_NAME = re.compile(r"\b(string|symbol|PropertyKey)\b")
"""The type of a parameter that is the name of a method."""


def run_decorators(frame: Frame, cls: ClassValue, tree: list[Effect]) -> Cost:
    """Do what the decorators of the methods of `cls` do that are functions of the program."""
    interpreter = frame.interpreter
    total = costs.NONE
    for index in interpreter.class_facts(cls).methods:
        function = interpreter.function(cls.module, index)
        for written in reversed(function.decorators[:MOST_DECORATORS]):
            decorator = own_decorator(interpreter, written, cls)
            if decorator is None:
                continue
            made = interpreter.injection.injected(cls)
            method = Closure(cls.module, index, cls.scope, made)
            given = _given(interpreter, decorator, made, function.name, method)
            total = costs.add(total, run(frame, decorator, given, frame.scope, written.line, tree))
    return total


def own_decorator(interpreter: Interpreter, written: Call, cls: ClassValue) -> Closure | None:
    """The function that a decorator of the program is; `None` for one of a package."""
    found = forced(interpreter.evaluate(written.callee, cls.scope))
    if isinstance(found, Closure) and not written.is_bare:
        found = forced(interpreter.evaluate(written, cls.scope))
    return found if isinstance(found, Closure) else None


def _given(interpreter: Interpreter, decorator: Closure, made: Value, name: str, method: Closure) -> list[Value]:
    """What a decorator is handed: the prototype, the name and the descriptor, or by the standard method and context."""
    if _is_by_name(interpreter, decorator):
        return [made, Const(name), Record({"value": method})]
    return [method, Record({"name": Const(name), "kind": Const("method")}, open=True)]


def _is_by_name(interpreter: Interpreter, decorator: Closure) -> bool:
    """Whether a decorator is one of those that TypeScript had first: `(target, name, descriptor)`."""
    params = interpreter.function(decorator.module, decorator.index).params
    if len(params) != OF_A_DESCRIPTOR - 1:
        return len(params) >= OF_A_DESCRIPTOR
    if _NAME.search(params[1].type):
        return True
    owner, name = (getattr(param.target, "id", "") for param in params)
    module = interpreter.program.modules[decorator.module]
    read = (node for number in module.inside(decorator.index) for node in module.nodes_of(number, Index))
    return any((getattr(node.obj, "id", None), getattr(node.key, "id", None)) == (owner, name) for node in read)
