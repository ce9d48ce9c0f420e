"""Angular 14 and later: components and directives, which templates mount and whose methods they call.

https://angular.dev/guide/components/lifecycle. Templates are not read: a method that is no lifecycle hook counts
as one that a user may cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ClassValue, Closure
from callaudit.frameworks.decorators import decorated_classes
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Instance

MOUNTED = ("Component", "Directive")
LIFECYCLE = frozenset(
    {"constructor", "ngOnInit", "ngOnChanges", "ngDoCheck", "ngAfterContentInit", "ngAfterViewInit", "ngOnDestroy"}
)


class Angular:
    """Classes with `@Component` or `@Directive`."""

    name = "angular"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A component for each class."""
        for value, cls, _ in decorated_classes(interpreter, *MOUNTED):
            starts = tuple(_starts(interpreter, value, interpreter.injection.injected(value)))
            if starts:
                app = app_of(interpreter, value.module)
                yield Entry("component", cls.name, value.module, cls.line, "browser", app, starts, self.name)


def _starts(interpreter: Interpreter, value: ClassValue, instance: Instance) -> Iterable[Start]:
    for cls in interpreter.classes.lineage(value):
        for index in interpreter.class_facts(cls).methods:
            if not interpreter.relevance.function(cls.module, index):
                continue
            function = interpreter.function(cls.module, index)
            closure = Closure(cls.module, index, cls.scope, instance)
            maybe = function.name not in LIFECYCLE
            yield Start(closure, unknown_args(interpreter, closure), instance, maybe=maybe)


FRAMEWORK = Angular()
