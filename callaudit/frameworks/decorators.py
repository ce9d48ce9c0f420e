"""What decorators mark: `@Component() class …`, `@common.Get("path") list() { … }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, ForeignValue, Value
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.facts import Class
    from callaudit.syntax.ir import Call


def name_of(decorator: Call) -> str:
    """The name of a decorator, without that of the module that it is from."""
    return called_name(decorator.callee)


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


def is_from(interpreter: Interpreter, path: str, call: Call, scope: str) -> bool:
    """Whether a decorator in the file `path` is one of the packages of `scope`, such as `@angular`."""
    found = forced(interpreter.evaluate(call.callee, interpreter.module_scope(path)))
    return isinstance(found, ForeignValue) and found.package.startswith(scope + "/")


class Applied(Struct, frozen=True, eq=False):
    """A decorator as it is applied, also as one of those that a decorator of the program stands for."""

    name: str
    args: tuple[Value, ...]
    line: int


COMPOSED = "applyDecorators"
MOST_NESTING = 4


def applied(interpreter: Interpreter, decorators: tuple[Call, ...], scope: Scope) -> Iterator[Applied]:
    """Decorators, and those that they are composed of: `const Auth = () => applyDecorators(UseGuards(Guard))`.

    https://docs.nestjs.com/custom-decorators#decorator-composition
    """
    for call in decorators:
        callee = call.callee
        target = forced(interpreter.evaluate(callee, scope)) if isinstance(callee, (Name, Member)) else None
        if isinstance(target, Closure):
            args = [interpreter.lazy(arg, scope) for arg in call.args]
            yield from _composed(interpreter.run(target, args, effects=False).value, call.line, MOST_NESTING)
        yield Applied(name_of(call), tuple(interpreter.lazy(arg, scope) for arg in call.args), call.line)


def _composed(value: Value, line: int, depth: int) -> Iterator[Applied]:
    known = forced(value)
    if not isinstance(known, ForeignValue) or known.args is None or not known.path or not depth:
        return
    if known.path[-1] == COMPOSED:
        for part in known.args:
            yield from _composed(part, line, depth - 1)
    else:
        yield Applied(known.path[-1], known.args, line)
