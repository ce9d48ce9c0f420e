"""Angular 14 and later: components and directives, which templates mount and whose methods they call, and services.

https://angular.dev/guide/components/lifecycle, https://angular.dev/guide/di. Services are made in the browser, once,
for the first that wants them: their constructors run there, their methods when somebody calls them. Templates are not
read: a method that is no lifecycle hook counts as one that a user may cause, and what a field begins with
(`prices$ = timer(0, 5_000).pipe(…)`) is asked for where somebody subscribes to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.construct import has_loud_fields
from callaudit.flow.values.values import ClassValue, Closure, Instance
from callaudit.frameworks.angular_routes import run_by_routes
from callaudit.frameworks.decorators import decorated_classes, is_from
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Class

SCOPE = "@angular"
MADE = ("Injectable", "NgModule", "Pipe")
"""Decorators of what the container makes: NestJS has an `Injectable` too."""
MOUNTED = ("Component", "Directive")
LIFECYCLE = frozenset(
    {"constructor", "ngOnInit", "ngOnChanges", "ngDoCheck", "ngAfterContentInit", "ngAfterViewInit", "ngOnDestroy"}
)


class Angular:
    """Classes with `@Component` or `@Directive`, and services whose constructors ask for something."""

    name = "angular"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A component for each class, for each service that asks for something when it is made, and what routes run."""
        for value, cls, _ in decorated_classes(interpreter, *MOUNTED):
            starts = tuple(_starts(interpreter, value, interpreter.injection.injected(value)))
            yield from self._entry(interpreter, value, cls, starts)
        for value, cls, decorator in decorated_classes(interpreter, *MADE):
            if is_from(interpreter, value.module, decorator, SCOPE):
                made = interpreter.injection.injected(value)
                starts = tuple(start for start in _starts(interpreter, value, made) if _constructs(interpreter, start))
                yield from self._entry(interpreter, value, cls, starts)
        yield from run_by_routes(interpreter, self.name)

    def _entry(
        self, interpreter: Interpreter, value: ClassValue, cls: Class, starts: tuple[Start, ...]
    ) -> Iterable[Entry]:
        if starts:
            app = app_of(interpreter, value.module)
            yield Entry("component", cls.name, value.module, cls.line, "browser", app, starts, self.name)


def _constructs(interpreter: Interpreter, start: Start) -> bool:
    value = start.value
    if isinstance(value, Instance):
        return True
    return isinstance(value, Closure) and interpreter.function(value.module, value.index).name == "constructor"


def _starts(interpreter: Interpreter, value: ClassValue, instance: Instance) -> Iterable[Start]:
    if has_loud_fields(interpreter, value):
        yield Start(instance, maybe=True)
    for cls in interpreter.classes.lineage(value):
        for index in interpreter.class_facts(cls).methods:
            if not interpreter.relevance.function(cls.module, index):
                continue
            function = interpreter.function(cls.module, index)
            closure = Closure(cls.module, index, cls.scope, instance)
            maybe = function.name not in LIFECYCLE
            yield Start(closure, unknown_args(interpreter, closure), instance, maybe=maybe)


FRAMEWORK = Angular()
