"""Ask every framework for its entries. A framework is a module of this package with a `FRAMEWORK`."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from callaudit import frameworks
from callaudit.flow.values import Rendered
from callaudit.frameworks.model import IN_A_SERVER

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Value
    from callaudit.frameworks.model import Entry, Framework


def all_frameworks() -> list[Framework]:
    """Every framework, in the order of their module names."""
    found: list[Framework] = []
    for name in sorted(module.name for module in pkgutil.iter_modules(frameworks.__path__)):
        framework = getattr(import_module(f"{frameworks.__name__}.{name}"), "FRAMEWORK", None)
        if framework is not None:
            found.append(framework)
    return found


def _values(entry: Entry) -> list[Value]:
    return [start.value for start in entry.starts]


def discover(interpreter: Interpreter) -> tuple[Entry, ...]:
    """The entries of the program: each once, sorted by place; scripts are what no framework claims."""
    found = [entry for framework in all_frameworks() for entry in framework.entries(interpreter)]
    pages = {(entry.file, entry.line) for entry in found if entry.kind == "page"}
    # a module that renders into the document is what its pages have around them, no process
    rendered = {value.scope.module for entry in found for value in _values(entry) if isinstance(value, Rendered)}
    rendered.update(
        path for entry in found for path in entry.runs if entry.kind == "page" or entry.framework == IN_A_SERVER
    )
    found = [entry for entry in found if entry.kind != "script" or entry.starts or entry.file not in rendered]
    found = [entry for entry in found if entry.kind != "component" or (entry.file, entry.line) not in pages]
    unique = {(entry.kind, entry.name, entry.file, entry.line): entry for entry in found}
    return tuple(sorted(unique.values(), key=lambda entry: (entry.file, entry.line, entry.kind, entry.name)))
