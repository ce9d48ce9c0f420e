"""React: hooks and components, each as something that code can mount. https://react.dev/reference/rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import ClassValue, Closure, Value
from callaudit.frameworks.model import Entry, Start
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter

_HOOK = re.compile(r"^use[A-Z0-9]")
_COMPONENT = re.compile(r"^[A-Z]")
_MARKUP = (".tsx", ".jsx", ".js", ".vue", ".svelte")
ANONYMOUS = "*default*"


class React:
    """Functions that are named as React wants hooks and components to be named."""

    name = "react"
    by_files = True

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A hook or component for each top-level name that may reach the network."""
        for path, module in sorted(interpreter.program.modules.items()):
            named: set[tuple[bool, int]] = set()
            for name, binding in sorted(module.bindings.items(), key=lambda item: item[0] == ANONYMOUS):
                kind = _kind(_title(path, name), path)
                if not kind or not interpreter.relevance.binding(path, name):
                    continue
                value = _component(interpreter, path, name)
                if isinstance(value, (Closure, ClassValue)) and value.module == path:
                    mark = (isinstance(value, Closure), value.index)
                    if name == ANONYMOUS and mark in named:
                        continue  # `export default Name`, or a wrapper of it, under the name that it has already
                    named.add(mark)
                    title = _title(path, name)
                    app = app_of(interpreter, path)
                    yield Entry(kind, title, path, binding.line, "browser", app, (Start(value),), self.name)


def _title(path: str, name: str) -> str:
    """A name; the default export without one is called after its file."""
    return path.rpartition("/")[2].split(".")[0] if name == ANONYMOUS else name


def _kind(name: str, path: str) -> str:
    if _HOOK.match(name):
        return "hook"
    return "component" if _COMPONENT.match(name) and path.endswith(_MARKUP) else ""


def _component(interpreter: Interpreter, path: str, name: str) -> Value | None:
    value = interpreter.module_scope(path).vars.get(name)
    if isinstance(value, Lazy) and value.busy:
        return None
    known = forced(value) if value is not None else None
    if isinstance(known, ClassValue) and not interpreter.classes.draws(known):
        return None
    return known


FRAMEWORK = React()
