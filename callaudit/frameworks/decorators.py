"""What decorators mark: `@Component() class …`, `@common.Get("path") list() { … }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ClassValue
from callaudit.syntax.ir import Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.syntax.facts import Class
    from callaudit.syntax.ir import Call


def name_of(decorator: Call) -> str:
    """The name of a decorator, without that of the module that it is from."""
    callee = decorator.callee
    return callee.id if isinstance(callee, Name) else callee.prop if isinstance(callee, Member) else ""


def decorator(decorators: tuple[Call, ...], *names: str) -> Call | None:
    """The first decorator that has one of these names."""
    return next((call for call in decorators if name_of(call) in names), None)


def decorated_classes(interpreter: Interpreter, *names: str) -> Iterator[tuple[ClassValue, Class, Call]]:
    """Every class with one of these decorators, and the decorator, in the order of places."""
    for path, module in sorted(interpreter.program.modules.items()):
        for number, cls in enumerate(module.classes):
            found = decorator(cls.decorators, *names)
            if found is not None:
                yield ClassValue(path, number, interpreter.module_scope(path)), cls, found
