"""Methods that a package runs because it decorates them: commands of a bot, messages of a queue, fields of a query.

`@Command('start') start(ctx)` of nestjs-telegraf, `@MessagePattern` of @nestjs/microservices, `@Query` of GraphQL,
`@Slash` of discordx: what the decorator stands for is known to its package alone, but it is no dead code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Trigger
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, ForeignValue
from callaudit.frameworks.decorators import name_of
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Call

_ELSEWHERE = frozenset(
    {
        *("Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "All", "Search", "Sse"),
        *("Cron", "Interval", "Timeout", "Process", "OnEvent", "SubscribeMessage"),
    }
)
"""Decorators whose methods other frameworks of this package list."""
_OF_VIEWS = ("@angular/",)
"""Packages whose decorated classes are components, with entries of their own."""


class DecoratedMethods:
    """Methods with decorators of packages that nothing in the program calls."""

    name = "decorated-method"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """An action for each such method that may reach the network."""
        for path, module in sorted(interpreter.program.modules.items()):
            for number, cls in enumerate(module.classes):
                for index in cls.methods if not _is_view(interpreter, path, cls.decorators) else ():
                    if interpreter.relevance.function(path, index) and module.functions[index].decorators:
                        yield from _entry(interpreter, path, module, number, index)


def _entry(interpreter: Interpreter, path: str, module: Module, number: int, index: int) -> Iterator[Entry]:
    function = module.functions[index]
    if function.static or function.accessor or any(name_of(call) in _ELSEWHERE for call in function.decorators):
        return
    found = next((call for call in function.decorators if _package(interpreter, path, call)), None)
    if found is None or _is_called(interpreter, module, module.classes[number].name, function.member):
        return
    cls = ClassValue(path, number, interpreter.module_scope(path))
    made = interpreter.injection.injected(cls)
    closure = Closure(path, index, cls.scope, made)
    title = f"{module.classes[number].name}.{function.member}"
    mechanism = f"@{name_of(found)}"
    why = f"it runs whenever {_package(interpreter, path, found)} calls it"
    trigger = Trigger("event", mechanism, path, found.line, title, why=why)
    start = Start(closure, unknown_args(interpreter, closure), made)
    app = app_of(interpreter, path)
    yield Entry("action", title, path, function.line, "server", app, (start,), mechanism, triggers=(trigger,))


def _package(interpreter: Interpreter, path: str, decorator: Call) -> str:
    """The package that a decorator is from; empty where it is the program's own."""
    known = forced(interpreter.evaluate(decorator.callee, interpreter.module_scope(path)))
    return known.package if isinstance(known, ForeignValue) else ""


def _is_view(interpreter: Interpreter, path: str, decorators: tuple[Call, ...]) -> bool:
    return any(_package(interpreter, path, call).startswith(_OF_VIEWS) for call in decorators)


def _is_called(interpreter: Interpreter, module: Module, cls: str, member: str) -> bool:
    """Whether the file of a class, or one that knows the class by its name, mentions a member: it may be called."""
    knowing = [
        one for one in interpreter.program.modules.values() if any(cls == item.imported for item in one.facts.imports)
    ]
    mention = "." + member
    return any(mention in one.functions[0].refs for one in (module, *knowing))


FRAMEWORK = DecoratedMethods()
