"""The top level of a module while it runs: variables that change there have the value that they have at that point.

Functions may run at any time, so for them a variable of the module is everything that is ever assigned to it. The
statements of the top level itself run once, in order: they run in a scope of their own inside the module's, which
holds the variables that only these statements change, and those that blocks declare.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.scope import Scope
from callaudit.syntax.ir import Assign, Call, Let, Member, Name, Obj, Un
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr, Stmt


def running_scope(interpreter: Interpreter, module: str) -> Scope:
    """The scope in which the statements of the top level of `module` run."""
    scope = Scope(module, interpreter.module_scope(module))
    facts = interpreter.program.modules[module]
    names = _changing(facts)
    kept: set[int] = set()
    for statement in facts.functions[0].body:
        if not isinstance(statement, Let):
            continue
        bound = bound_names(statement.target)
        if names.isdisjoint(bound) and not _mentions(statement.value, names):
            kept.add(id(statement))
        else:
            names.update(bound)
    scope.ordered, scope.kept = frozenset(names), frozenset(kept)
    return scope


def _mentions(expr: Expr | None, names: set[str]) -> bool:
    if expr is None or not names:
        return False
    return any(isinstance(node, Name) and node.id in names for node in walk((expr,)))


def _changing(facts: Module) -> set[str]:
    """The variables that the top level of a module changes, and nothing else does."""
    body = facts.functions[0].body
    changed: set[str] = set()
    objects: set[str] = set()
    for node in facts.nodes(0):
        if isinstance(node, Assign) and isinstance(node.target, Name):
            changed.add(node.target.id)
        elif isinstance(node, Assign) and isinstance(node.target, Member) and isinstance(node.target.obj, Name):
            objects.add(node.target.obj.id)
        elif isinstance(node, Un) and node.op in ("++", "--") and isinstance(node.value, Name):
            changed.add(node.value.id)
    if objects:
        changed.update(objects.intersection(_objects_made(body)))
    return changed - _changed_by_functions(facts, changed) if changed else changed


def _objects_made(body: tuple[Stmt, ...]) -> set[str]:
    """Variables that begin as an object literal or a `URL`."""
    return {
        item.target.id
        for item in body
        if isinstance(item, Let) and isinstance(item.target, Name) and isinstance(item.value, (Obj, Call))
        if isinstance(item.value, Obj) or (isinstance(item.value.callee, Name) and item.value.callee.id == "URL")
    }


def _changed_by_functions(facts: Module, names: set[str]) -> set[str]:
    found: set[str] = set()
    for index, function in enumerate(facts.functions):
        if not index or names.isdisjoint(function.refs):
            continue
        for node in facts.nodes(index):
            changed: Expr | None = None
            if isinstance(node, Assign):
                changed = node.target.obj if isinstance(node.target, Member) else node.target
            elif isinstance(node, Un) and node.op in ("++", "--"):
                changed = node.value
            if isinstance(changed, Name):
                found.add(changed.id)
    return found
