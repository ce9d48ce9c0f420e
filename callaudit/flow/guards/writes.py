"""Where a function writes to a store, and what it does with what it wrote when the work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.guards.files import done_to_file, which_file
from callaudit.flow.guards.write_sites import WriteSite, write_sites
from callaudit.flow.guards.writers import uses, writers
from callaudit.flow.machine.scope import Scope
from callaudit.flow.reading.bound import Local, TopLevel, place_of_local
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue
from callaudit.libraries.files import FILE
from callaudit.libraries.storage import OBJECT, VARIABLE
from callaudit.syntax.ir import Assign, Call, Expr, Func, Index, Lit, Member, Name, Obj, Un

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.guards.containers import Container, Place
    from callaudit.flow.machine.interpreter import Interpreter

MOST_SITES = 4_000
CALLS = 2
"""How many functions deep writes are looked for."""
CALLS_THROUGH = 4
"""The same for a map or client that is asked through other functions: it is behind those for its writes as well."""


class Write(Struct, frozen=True, eq=False):
    """Something is put into a store, or taken out of it (`removes`).

    `settles` holds where that happens whenever the work is done, `failing` where something failed; `late` is how long
    a timer waits before it.
    """

    file: str
    line: int
    scope: Scope
    method: str
    args: tuple[Expr, ...]
    container: Container | None = None
    removes: bool = False
    settles: bool = False
    late: tuple[Expr, Scope] | None = None
    failing: bool = False


class _Here(Struct, frozen=True, eq=False):
    """Where a statement stands."""

    scope: Scope
    calls: int
    settles: bool = False
    failing: bool = False
    late: tuple[Expr, Scope] | None = None
    line: int = 0
    names: frozenset[str] = frozenset()
    """What functions are called that may write to the store."""


def writes(interpreter: Interpreter, scope: Scope, store: Container, through: Sequence[str] = ()) -> list[Write]:
    """What the function of `scope`, and the functions that it calls, do to `store`.

    `through` are the files of functions that look into it for others, from the store outwards.
    """
    names = writers(interpreter, store, (*through, scope.module))
    calls = CALLS_THROUGH if through and store.made.store not in (OBJECT, VARIABLE) else CALLS
    return list(_in_function(interpreter, _Here(scope, calls, names=names), store, [MOST_SITES], set()))


def _in_function(
    interpreter: Interpreter, here: _Here, store: Container, budget: list[int], seen: set[tuple[str, int]]
) -> Iterator[Write]:
    function = (here.scope.module, here.scope.function)
    if function in seen:
        return
    seen.add(function)
    for site in _sites(interpreter, function):
        if budget[0] <= 0:
            return
        budget[0] -= 1
        at = _at(here, site)
        node = site.node
        if isinstance(node, Func):
            inner = Scope(at.scope.module, at.scope, function=node.index)
            inner.mark = ("inside", node.index, at.scope.mark)
            yield from _in_function(interpreter, replace(at, scope=inner), store, budget, seen)
        elif isinstance(node, Assign):
            found = _assigned(interpreter, node, at, store)
            if found is not None:
                yield found
        elif isinstance(node, Un):
            if place_of(interpreter, node.value, at.scope) == store.place:
                yield Write(at.scope.module, at.line, at.scope, "delete", (), None, True, at.settles, at.late)
        else:
            yield from _called(interpreter, node, at, store, budget, seen)


def _sites(interpreter: Interpreter, function: tuple[str, int]) -> tuple[WriteSite, ...]:
    known = interpreter.stores.sites.get(function)
    if known is None:
        known = interpreter.stores.sites[function] = write_sites(interpreter.function(*function).body)
    return known


def _at(here: _Here, site: WriteSite) -> _Here:
    """Where a site stands that is met on the way of `here`."""
    if not (site.settles or site.failing or site.late is not None):
        return here
    late = (site.late, here.scope) if site.late is not None else here.late
    return replace(here, settles=here.settles or site.settles, failing=here.failing or site.failing, late=late)


def place_of(interpreter: Interpreter, expr: Expr, scope: Scope) -> Place | None:
    """The store that an assignment to `expr` writes to."""
    stores = interpreter.stores
    if isinstance(expr, Name):
        meaning = stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, TopLevel):
            return ("var", meaning.module, meaning.name)
        if isinstance(meaning, Local):
            return place_of_local(meaning, expr.id)
        return None
    if isinstance(expr, Member):
        variable = stores.property(expr, scope)
        if variable is not None:
            return variable.place
        return place_of(interpreter, expr.obj, scope) if isinstance(expr.obj, (Name, Member)) else None
    if isinstance(expr, Index):
        container = stores.container(expr.obj, scope)
        return container.place if container is not None and container.made.store is OBJECT else None
    return None


def _assigned(interpreter: Interpreter, node: Assign, at: _Here, store: Container) -> Write | None:
    target = node.target
    if node.op not in ("=", "??=", "||=") or place_of(interpreter, target, at.scope) != store.place:
        return None
    nothing = _is_nothing(node.value)
    if nothing and at.failing:
        return None  # forgotten because it failed: what succeeds is kept
    return Write(
        at.scope.module,
        node.line,
        at.scope,
        "=",
        (node.value,),
        None,
        nothing,
        at.settles or nothing,
        at.late,
        at.failing,
    )


def _is_nothing(expr: Expr) -> bool:
    if isinstance(expr, Name):
        return expr.id == "undefined"
    return isinstance(expr, Lit) and (expr.value is None or expr.value is False)


def _to_file(interpreter: Interpreter, node: Call, at: _Here, store: Container) -> Iterator[Write]:
    """What a call writes to a file, or that it removes it."""
    word = node.callee.prop if isinstance(node.callee, Member) else ""
    if isinstance(node.callee, Member) and word not in FILE.writes and word not in FILE.removes:
        return
    done = done_to_file(forced(interpreter.evaluate(node.callee, at.scope)), node)
    if done in ("write", "remove") and which_file(interpreter, node.args[0], at.scope) == store.place:
        removes = done == "remove"
        if not (removes and at.failing):
            scope = at.scope
            yield Write(
                scope.module, node.line, scope, done, node.args, store, removes, at.settles, at.late, at.failing
            )


def _concerns(interpreter: Interpreter, target: Closure, store: Container, names: frozenset[str]) -> bool:
    """Whether a function may write to `store`: it names it, or what does, or stands in its file."""
    function = interpreter.function(target.module, target.index)
    return target.module == store.file or uses(function, (store.name.rpartition(".")[2], *names))


def _called(
    interpreter: Interpreter, node: Call, at: _Here, store: Container, budget: list[int], seen: set[tuple[str, int]]
) -> Iterator[Write]:
    callee = node.callee
    known = store.made.store
    if isinstance(callee, Member) and (callee.prop in known.writes or callee.prop in known.removes):
        container = interpreter.stores.container(callee.obj, at.scope)
        if container is not None and container.place == store.place:
            removes = callee.prop not in known.writes
            if not (removes and at.failing):
                yield Write(
                    at.scope.module,
                    node.line,
                    at.scope,
                    callee.prop,
                    node.args,
                    container,
                    removes,
                    at.settles,
                    at.late,
                    at.failing,
                )
            return
    if isinstance(callee, (Func, Obj)):
        return
    if known is FILE:
        yield from _to_file(interpreter, node, at, store)
    if not at.calls:
        return
    target = forced(interpreter.evaluate(callee, at.scope))
    if isinstance(target, ForeignValue) or not isinstance(target, Closure):
        return
    if not _concerns(interpreter, target, store, at.names):
        return
    inner = interpreter.stores.bindings.entered(target, node.args, at.scope)
    yield from _in_function(
        interpreter, replace(at, scope=inner, calls=at.calls - 1, line=node.line), store, budget, set(seen)
    )
