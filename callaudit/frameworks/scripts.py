"""Scripts: modules that no other one loads, or that package.json starts, and that do something at their top level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.processes import loads_of
from callaudit.frameworks.commands import Started, below, parse
from callaudit.frameworks.in_document import in_document, is_no_servers
from callaudit.frameworks.model import DOCUMENT, IN_A_SERVER, Entry
from callaudit.frameworks.modules import module_at
from callaudit.frameworks.next_files import loaded_by_next, next_apps
from callaudit.frameworks.place import app_of
from callaudit.frameworks.unread_components import ENDINGS, may_be_theirs, takes_components
from callaudit.frameworks.web_extensions import in_extension

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter


MARKUP = (".tsx", ".jsx", *ENDINGS)


class Scripts:
    """Entry modules of processes and command lines; those that run in a document are pages."""

    name = "script"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A script for each such module whose top level reaches the network; those of a server run in its process."""
        started = _started(interpreter)
        imported = loads_of(interpreter).by_others() - started
        apps = next_apps(interpreter)
        for path in sorted(interpreter.program.modules):
            if path in imported or not interpreter.process(path).effects:
                continue
            loader = next((side for side in (loaded_by_next(app, path) for app in apps) if side), "")
            alone = not loader and path not in started
            if alone and (_only_declares(interpreter, path) or may_be_theirs(interpreter, path)):
                continue
            if alone and _in_browser(interpreter, path):
                runs = (path,)
                yield Entry("page", path, path, 1, "browser", app_of(interpreter, path), (), DOCUMENT, runs=runs)
            elif loader != "browser":  # what is loaded there is a part of its page
                framework = IN_A_SERVER if loader else ""
                yield Entry("script", path, path, 1, "server", app_of(interpreter, path), (), framework)


def _in_browser(interpreter: Interpreter, path: str) -> bool:
    """Whether a module is loaded by a document or an extension, alone or with what it loads itself."""
    if in_document(interpreter, path) or path.endswith(ENDINGS):
        return True
    return is_no_servers(interpreter, path) and (
        takes_components(interpreter, path)
        or any(in_extension(interpreter, one) for one in (path, *loads_of(interpreter).at_start(path)))
    )


def _only_declares(interpreter: Interpreter, path: str) -> bool:
    """Whether a module is one of components that nobody takes: it offers some, and does nothing when it is loaded."""
    module = interpreter.program.modules[path]
    return path.endswith(MARKUP) and bool(module.facts.exports) and not interpreter.top_level(path).effects


def _started(interpreter: Interpreter) -> frozenset[str]:
    """The modules that the scripts of each package.json start as processes, whoever else loads them."""
    found: set[str] = set()
    for package in interpreter.program.project.packages:
        for text in package.scripts.values():
            for step in parse(text, package.dir):
                if isinstance(step, Started):
                    found.add(module_at(interpreter, below(step.folder, step.path), step.folder))
    return frozenset(found)


FRAMEWORK = Scripts()
