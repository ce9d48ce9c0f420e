"""Ask every framework for its entries. A framework is a module of this package with a `FRAMEWORK`."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING

from callaudit import frameworks
from callaudit.flow.machine.mishaps import Place, spared
from callaudit.flow.values.values import Closure, Rendered
from callaudit.frameworks.model import DOCUMENT, FILES_OF_JOBS, IN_A_SERVER, SINGLE_PAGE, is_by_files
from callaudit.frameworks.wrapped_handlers import only_wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry, Framework

_RUNNING = (IN_A_SERVER, FILES_OF_JOBS)
"""Frameworks whose entries say themselves which modules they run."""


def all_frameworks() -> list[Framework]:
    """Every framework, in the order of their module names."""
    found: list[Framework] = []
    for name in sorted(module.name for module in pkgutil.iter_modules(frameworks.__path__)):
        framework = getattr(import_module(f"{frameworks.__name__}.{name}"), "FRAMEWORK", None)
        if framework is not None:
            found.append(framework)
    return found


class Discovery:
    """Asks each framework once."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Discover the entries of `interpreter`'s program."""
        self._in = interpreter
        self._frameworks = all_frameworks()
        self._found: dict[int, list[Entry]] = {}

    def by_files(self) -> tuple[Entry, ...]:
        """The entries that files alone tell: no code has to run for them."""
        return _unique(
            entry for framework in self._frameworks if is_by_files(framework) for entry in self._of(framework)
        )

    def entries(self) -> tuple[Entry, ...]:
        """The entries of the program: each once, sorted by place; scripts are what no framework claims."""
        found = [entry for framework in self._frameworks for entry in self._of(framework)]
        # a module that renders into the document is what its pages have around them, no process
        values = [start.value for entry in found for start in entry.starts]
        rendered = {value.scope.module for value in values if isinstance(value, Rendered)}
        # nor is a module that declares a page, or what is around it: a router that the build makes loads it
        pages = [entry for entry in found if entry.kind == "page" and entry.framework != DOCUMENT]
        routed = [entry for entry in pages if entry.framework == SINGLE_PAGE]
        rendered.update(entry.file for entry in routed)
        shown = [start.value for entry in routed for start in entry.starts]
        rendered.update(value.module for value in shown if isinstance(value, Closure))
        rendered.update(path for entry in pages for path in entry.runs)
        rendered.update(path for entry in found if entry.framework in _RUNNING for path in entry.runs)
        scripts = [entry for entry in found if entry.kind == "script" and entry.file not in rendered]
        rendered.update(only_wrapped(self._in, [entry for entry in found if not _is_script(entry)], scripts))
        return _unique(entry for entry in found if not _is_script(entry) or entry.starts or entry.file not in rendered)

    def _of(self, framework: Framework) -> list[Entry]:
        if id(framework) not in self._found:
            generated = self._in.program.generated
            place = Place("", 0, f"the entries that {framework.name} knows")
            nothing: list[Entry] = []
            found = spared(self._in, place, lambda: list(framework.entries(self._in)), nothing)
            self._found[id(framework)] = [one for one in found if one.file not in generated]
        return self._found[id(framework)]


def _is_script(entry: Entry) -> bool:
    return entry.kind == "script" or entry.framework == DOCUMENT


def _unique(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each entry once, sorted by place; a component that is a page, or draws what a route serves, is listed as that."""
    found = list(entries)
    served = {(entry.file, entry.line) for entry in found if entry.kind in ("page", "route")}
    found = [entry for entry in found if entry.kind != "component" or (entry.file, entry.line) not in served]
    unique = {(entry.kind, entry.name, entry.file, entry.line): entry for entry in found}
    return tuple(sorted(unique.values(), key=lambda entry: (entry.file, entry.line, entry.kind, entry.name)))
