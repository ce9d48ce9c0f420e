"""Which functions may write to a store, by the names that they use: the others are not looked into.

A store is often behind others: a client of Redis in a service, the service in a data source that looks up in one
method and stores in another. The names go from the store's file outwards, through the files of those that look up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.libraries.files import FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.guards.containers import Container
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Function

ROUNDS = 3
"""Functions of one file that call each other on the way to a store."""
MOST_NAMES = 60
_ANYWHERE = frozenset({"", "constructor"})


def writers(interpreter: Interpreter, store: Container, modules: Iterable[str]) -> frozenset[str]:
    """Names of the functions in the file of `store`, then in `modules`, that may write to it.

    `modules` go from the store outwards.
    """
    files = tuple(dict.fromkeys((store.file, *modules)))
    key = (store.place, files)
    known = interpreter.stores.writers.get(key)
    if known is None:
        known = interpreter.stores.writers[key] = _found(interpreter, store, files)
    return known


def _found(interpreter: Interpreter, store: Container, files: tuple[str, ...]) -> frozenset[str]:
    names: set[str] = set()
    wanted = set(FILE.writes) | FILE.removes if store.made.store is FILE else {store.name.rpartition(".")[2]}
    for file in files:
        for _ in range(ROUNDS):
            functions = interpreter.program.modules[file].functions
            more = {one.name for one in functions if uses(one, wanted)} - names - _ANYWHERE
            if not more or len(names) + len(more) > MOST_NAMES:
                break
            names |= more
            wanted = names
    return frozenset(names)


def uses(function: Function, names: Iterable[str]) -> bool:
    """Whether a function names one of `names`, as a variable or as a member."""
    refs = function.refs
    return any(name in refs or "." + name in refs for name in names)
