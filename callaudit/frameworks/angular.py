"""Angular 14 and later: components and directives, which templates mount and whose methods they call.

https://angular.dev/guide/components/lifecycle. Templates are not read: a method that is no lifecycle hook counts
as one that a user may cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ClassValue, Closure
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Instance

MOUNTED = frozenset({"Component", "Directive"})
LIFECYCLE = frozenset(
    {"constructor", "ngOnInit", "ngOnChanges", "ngDoCheck", "ngAfterContentInit", "ngAfterViewInit", "ngOnDestroy"}
)


class Angular:
    """Classes with `@Component` or `@Directive`."""

    name = "angular"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A component for each class."""
        for path, module in sorted(interpreter.program.modules.items()):
            for number, cls in enumerate(module.classes):
                decorators = {call.callee.id for call in cls.decorators if isinstance(call.callee, Name)}
                if not decorators & MOUNTED:
                    continue
                value = ClassValue(path, number, interpreter.module_scope(path))
                starts = tuple(_starts(interpreter, value, interpreter.injection.injected(value)))
                if starts:
                    app = app_of(interpreter, path)
                    yield Entry("component", cls.name, path, cls.line, "browser", app, starts, self.name)


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
