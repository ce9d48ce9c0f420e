"""Which modules load which: at once, as they import them, or when code asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.computed_imports import loaded_by
from callaudit.link.definitions import ModuleObject
from callaudit.syntax.beside import MARK
from callaudit.syntax.ir import HOLE, Cond, Do, ImportCall, Let, Lit, Op
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.link.program import Program


_PATHS = frozenset({"!", MARK})


class Loads:
    """Answers for one program; each module is looked at once."""

    def __init__(self, program: Program) -> None:
        """Answer for `program`."""
        self._program = program
        self._at_once: dict[str, list[str]] = {}
        self._on_demand: dict[str, list[str]] = {}
        self._paths: dict[str, frozenset[str]] = {}

    def at_start(self, module: str) -> list[str]:
        """The modules that `module` surely loads when it starts, in order, itself last."""
        order: dict[str, None] = {}
        open_: list[tuple[str, bool]] = [(module, False)]
        seen: set[str] = set()
        while open_:
            path, done = open_.pop()
            if done:
                order[path] = None
                continue
            if path in seen:
                continue
            seen.add(path)
            open_.append((path, True))
            open_.extend((target, False) for target in self._loaded_at_once(path))
        return list(order)

    def on_demand(self, path: str) -> list[str]:
        """The modules that `import()` and `require()` anywhere in a module load, also by a path that is computed."""
        known = self._on_demand.get(path)
        if known is None:
            sources = sorted(ref[1:] for ref in self._named(path) if ref[:1] == "!")
            computed = [found for one in sources if HOLE in one for found in loaded_by(self._program, path, one)]
            known = [*self._modules(path, [one for one in sources if HOLE not in one]), *computed]
            self._on_demand[path] = known
        return known

    def later(self, order: Sequence[str]) -> list[str]:
        """What the modules in `order` may load once they run, and what those load, each once."""
        seen = dict.fromkeys(order)
        waiting = list(order)
        while waiting:
            for target in self.on_demand(waiting.pop()):
                for path in self.at_start(target) if target not in seen else ():
                    if path not in seen:
                        seen[path] = None
                        waiting.append(path)
        return list(seen)[len(order) :]

    def by_others(self) -> frozenset[str]:
        """The modules that another one imports, exports from, loads on demand, or starts as a worker."""
        found: set[str] = set()
        for path in self._program.modules:
            targets = (*self._modules(path, self._imported(path)), *self.on_demand(path), *self._beside(path))
            found.update(target for target in targets if target != path)
        return frozenset(found)

    def _beside(self, path: str) -> list[str]:
        """The modules that a module starts as workers."""
        return self._modules(path, [ref[1:] for ref in sorted(self._named(path)) if ref[:1] == MARK])

    def _named(self, path: str) -> frozenset[str]:
        """What the functions of a module refer to by a path: modules that they load, or start as workers."""
        known = self._paths.get(path)
        if known is None:
            refs = self._program.modules[path].functions[0].refs  # with those of the functions inside
            known = self._paths[path] = frozenset(ref for ref in refs if ref[:1] in _PATHS)
        return known

    def _loaded_at_once(self, path: str) -> list[str]:
        """What a module loads before its own statements, the last first."""
        known = self._at_once.get(path)
        if known is None:
            sources = (*self._imported(path), *_asked_at_once(self._program, path))
            known = self._at_once[path] = self._modules(path, sources)[::-1]
        return known

    def _imported(self, path: str) -> list[str]:
        facts = self._program.modules[path].facts
        sources = [item.source for item in facts.imports if not item.type_only]
        return [*sources, *(item.source for item in facts.exports if item.source and not item.type_only)]

    def _modules(self, path: str, sources: Iterable[str]) -> list[str]:
        origins = (self._program.source(path, source) for source in dict.fromkeys(sources))
        return [origin.module for origin in origins if isinstance(origin, ModuleObject)]


def _asked_at_once(program: Program, path: str) -> list[str]:
    """What the statements of the top level load whatever happens: `require("./x")`, `await import("./x")`."""
    top = program.modules[path].functions[0]
    if not any(ref[:1] == "!" for ref in top.refs):
        return []
    found: list[str] = []
    for statement in top.body:
        nodes = walk((statement,)) if isinstance(statement, (Let, Do)) else []
        if not any(isinstance(node, (Cond, Op)) for node in nodes):
            sources = (node.source for node in nodes if isinstance(node, ImportCall))
            found += [source.value for source in sources if isinstance(source, Lit) and isinstance(source.value, str)]
    return found
