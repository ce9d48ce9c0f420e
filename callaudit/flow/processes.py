"""What starting a module does: what it imports is loaded first, each module once; others when it asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.activation import Summary
from callaudit.flow.effects import Choice
from callaudit.flow.values import UNDEFINED
from callaudit.link.computed_imports import loaded_by
from callaudit.link.program import ModuleObject
from callaudit.syntax.ir import HOLE, Cond, Do, ImportCall, Let, Lit, Op
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.link.program import Program


def process(interpreter: Interpreter, modules: tuple[str, ...]) -> Summary:
    """What starting a process, or opening a page, with `modules` does.

    What `import()` and `require()` load from within functions and branches may be loaded, once.
    """
    known = interpreter.processes.get(modules)
    if known is None:
        program = interpreter.program
        order = list(dict.fromkeys(path for module in modules for path in loaded(program, module)))
        cost, effects = _top_levels(interpreter, order)
        later, inside = _top_levels(interpreter, _loaded_later(program, order))
        if inside:
            cost = costs.add(cost, costs.maybe(later))
            effects = (*effects, Choice(0, (("its module is loaded", inside),)))
        known = interpreter.processes[modules] = Summary(cost, effects, UNDEFINED)
    return known


def _top_levels(interpreter: Interpreter, order: list[str]) -> tuple[Cost, tuple[Effect, ...]]:
    found = [interpreter.top_level(path) for path in order if interpreter.relevance.function(path, 0)]
    cost = costs.NONE
    for summary in found:
        cost = costs.add(cost, summary.cost)
    return cost, tuple(effect for summary in found for effect in summary.effects)


def loaded(program: Program, module: str) -> list[str]:
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
        sources = dict.fromkeys((*_imported(program, path), *_asked_at_once(program, path)))
        open_.extend((target, False) for target in reversed(_modules(program, path, sources)))
    return list(order)


def loaded_on_demand(program: Program, path: str) -> list[str]:
    """The modules that `import()` and `require()` anywhere in a module load, also by a path that is computed."""
    sources = {ref[1:] for function in program.modules[path].functions for ref in function.refs if ref[:1] == "!"}
    computed = [found for one in sorted(sources) if HOLE in one for found in loaded_by(program, path, one)]
    return [*_modules(program, path, sorted(one for one in sources if HOLE not in one)), *computed]


def loaded_by_others(program: Program) -> frozenset[str]:
    """The modules that another one imports, exports from, or loads on demand."""
    found: set[str] = set()
    for path in program.modules:
        targets = (*_modules(program, path, _imported(program, path)), *loaded_on_demand(program, path))
        found.update(target for target in targets if target != path)
    return frozenset(found)


def _loaded_later(program: Program, order: list[str]) -> list[str]:
    """What the modules in `order` may load once they run, and what those load, each once."""
    seen = dict.fromkeys(order)
    waiting = list(order)
    while waiting:
        for target in loaded_on_demand(program, waiting.pop()):
            for path in loaded(program, target) if target not in seen else ():
                if path not in seen:
                    seen[path] = None
                    waiting.append(path)
    return list(seen)[len(order) :]


def _imported(program: Program, path: str) -> list[str]:
    facts = program.modules[path].facts
    sources = [item.source for item in facts.imports if not item.type_only]
    return [*sources, *(item.source for item in facts.exports if item.source)]


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


def _modules(program: Program, path: str, sources: Iterable[str]) -> list[str]:
    origins = (program.source(path, source) for source in dict.fromkeys(sources))
    return [origin.module for origin in origins if isinstance(origin, ModuleObject)]
