"""What a guard that code writes itself is: a cache, a limit, a lock or a shared request, and its record.

Decided by what is stored and what is left of it: who asks a cache is answered, or finds the answer in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import LOCK, ONCE, Guard
from callaudit.flow.guards.keys import under_key
from callaudit.flow.guards.left_answers import gives_kept, leaves_answer
from callaudit.flow.guards.lifetimes import Lifetime, lifetime, line_of, place_kept
from callaudit.flow.guards.locks import is_lock
from callaudit.flow.guards.marks import is_mark, is_own, is_told
from callaudit.flow.guards.writes import Write, writes
from callaudit.flow.machine.static import static_scope
from callaudit.flow.reading.use_sites import CallSite, is_constant, key_at, key_words, use_site
from callaudit.flow.requests.requested import Serialized
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Seq
from callaudit.libraries.storage import OBJECT, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.guards.containers import Container
    from callaudit.flow.guards.freshness import Asked
    from callaudit.flow.guards.lookups import Read
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt

MOST_FUNCTIONS = 40
"""Functions of the store's file in which a write is looked for."""


class Maker:
    """Makes the record of a guard from the tests that it consists of."""

    def __init__(
        self,
        interpreter: Interpreter,
        scope: Scope,
        tests: Sequence[Asked],
        line: int,
        *,
        given: bool,
        why: str,
        left: tuple[Expr, Sequence[Stmt] | None],
    ) -> None:
        """`scope` is that of the function that looks; `given` whether it gives back what it finds.

        `left` is the whole test, and what is done before the code leaves where a store answers.
        """
        self._left = left
        self._in = interpreter
        self._scope = scope
        self._tests = tests
        self._line = line
        self._given = given
        self._why = why

    def guard(self) -> Guard | None:
        """The guard; `None` where nothing is ever written to the store."""
        for one in dict.fromkeys(test.read.container.place for test in self._tests):
            read = next(test.read for test in self._tests if test.read.container.place == one)
            through = [closure.module for closure, _ in reversed(read.through)]
            written = writes(self._in, self._scope, read.container, through)
            if not _fills(written) and self._given:
                written = self._written_around(read.container) or self._written_elsewhere(read.container)
            written = under_key(self._in, read, written)
            kind = self._kind(read, written) if _fills(written) else ""
            if kind:
                return self._made(kind, read, written)
        return None

    def _written_around(self, container: Container) -> list[Write]:
        """Writes in the function that a callback is written in: `get(key).then((hit) => hit ?? load()).then(store)`."""
        around = self._scope.parent
        if around is None or around.parent is None or around.module != self._scope.module or not around.function:
            return []
        if container.made.store in (OBJECT, VARIABLE):
            return []  # other callbacks set them for their own reasons
        return [write for write in writes(self._in, around, container) if not write.removes]

    def _written_elsewhere(self, container: Container) -> list[Write]:
        """Writes in functions of the file that declares the store: what loading the file sets keeps no answer."""
        known = self._in.stores.elsewhere
        key = (container.place, container.made.store.name)
        if key not in known:
            known[key] = list(_in_file(self._in, container))
        return known[key]

    def _made(self, kind: str, read: Read, written: Sequence[Write]) -> Guard:
        timed = [*written, *self._times(read)]
        lasts = lifetime(self._in, self._tests, timed) if kind not in ("dedup", LOCK) else Lifetime()
        site = use_site(self._in, self._scope, lasts.said) if kind == "cache" else None
        file, line, also = self._place(read, written, lasts, site)
        if kind in ("limiter", LOCK):  # what a reader looks for is the test, not the variable
            also = tuple(sorted({*also, line} - {self._line})) if file == self._scope.module else ()
            file, line = self._scope.module, self._line
        name = self._in.qualified(self._scope.module, self._scope.function)
        aged = any(one.aged for one in self._tests)
        mechanism = LOCK if kind == LOCK else ONCE if kind == "limiter" and not aged else read.container.made.store.name
        if site is not None:
            mechanism = f"{mechanism} in {self._scope.module}:{read.line or self._line}"
        key, scope = self._key(read, site)
        if kind == "limiter" and read.key is not None:
            asked_for = forced(self._in.evaluate(read.key, read.scope))
            key, scope = ("", "shared") if isinstance(asked_for, Const) else (key, scope)  # its caller says which
        why = f"only where {self._why}" if self._why else ""
        if not lasts.spans and lasts.why:
            why = f"{why}; {lasts.why}" if why else lasts.why
        if kind == "limiter" and all(write.failing for write in written if not write.removes):
            why = "only after a failure"
        return Guard(
            kind="limiter" if kind == LOCK else kind,
            mechanism=mechanism,
            file=file,
            line=line,
            function=name,
            ttl=lasts.spans,
            scope=scope,
            store=place_kept(self._in, read.container),
            key=key,
            why=why,
            also=also,
            drops=kind == "cache" and not self._given,
            concurrency=1 if kind == LOCK and self._takes(written) else 0,
        )

    def _times(self, read: Read) -> list[Write]:
        """What is written where the tests ask until when the answer holds: `kept && Date.now() < expires`."""
        others = {
            test.read.container.place: test.read.container
            for test in self._tests
            if test.aged and test.limit is None and test.read.container.place != read.container.place
        }
        return [write for one in others.values() for write in writes(self._in, self._scope, one)]

    def _kind(self, read: Read, written: Sequence[Write]) -> str:
        first = next(number for number, write in enumerate(written) if not write.removes)
        own = {(self._scope.module, self._scope.function)}
        own.update((write.scope.module, write.scope.function) for write in written if not write.removes)
        settled = any(
            write.removes
            and write.late is None
            and (write.settles or read.container.made.store.name == "Set")
            and (number > first or (read.key is not None and write.settles))
            for number, write in enumerate(written)
            if (write.scope.module, write.scope.function) in own or _inside(write.scope, self._scope)
        )
        if settled:
            return LOCK if is_lock(read.container.made.store.name, written, *self._left) else "dedup"
        return self._kept(read, written)

    def _kept(self, read: Read, written: Sequence[Write]) -> str:
        """A cache, if who is not let through has the answer of who was; else a limit, if the code itself sets it."""
        store = read.container.made.store.name
        fills = [write for write in written if not write.removes]
        marks = all(is_mark(self._in, store, write) for write in fills)
        limited = any(test.aged and test.limit is not None for test in self._tests)
        if not marks and (self._given or not limited):
            return "cache"
        told = any(is_told(self._in, store, write) for write in fills)
        if marks and gives_kept(self._in, self._scope, self._left[1] or (), None if told else read.container):
            return "cache"
        if any(leaves_answer(self._in, scope) for scope in (self._scope, *(write.scope for write in fills))):
            return "cache"
        return "limiter" if told or not marks else ""

    def _takes(self, written: Sequence[Write]) -> bool:
        """Whether who asks a lock takes it as well; else it only stays away while something else goes on."""
        own = self._scope.module, self._scope.function
        return any(not write.removes and (write.scope.module, write.scope.function) == own for write in written)

    def _place(
        self, read: Read, written: Sequence[Write], lasts: Lifetime, site: CallSite | None
    ) -> tuple[str, int, tuple[int, ...]]:
        container = read.container
        lookup = (self._scope.module, read.line or self._line)
        declared = (container.file, container.line)
        main = lookup
        if site is not None:
            main = (site.scope.module, site.line)
        elif declared[0] == lookup[0] and declared[1]:
            main = declared
        limits = [line_of(self._in, (t.limit.expr, t.limit.scope)) for t in self._tests if t.limit is not None]
        places = [lookup, declared, (self._scope.module, self._line), *limits, line_of(self._in, lasts.said)]
        places.extend((write.file, write.line) for write in written)
        lines = {line for file, line in places if file == main[0] and line and line != main[1]}
        return main[0], main[1], tuple(sorted(lines))

    def _key(self, read: Read, site: CallSite | None) -> tuple[str, str]:
        if read.key is None:
            return "", "shared"
        here = read.scope if _inside(self._scope, read.scope) else self._scope
        expr, scope = key_at(self._in, read.key, read.scope, site or CallSite(here, 0))
        constant = is_constant(self._in, expr, scope) or (site is not None and self._is_of_nothing(read))
        return key_words(self._in, expr, scope), "shared" if constant else "per-key"

    def _is_of_nothing(self, read: Read) -> bool:
        """Whether a key is the text of a list of arguments that this caller leaves empty."""
        known = forced(self._in.evaluate(read.key, read.scope)) if read.key is not None else None
        listed = forced(known.value) if isinstance(known, Serialized) else None
        return isinstance(listed, Seq) and not listed.items and not listed.open


def _inside(inner: Scope, outer: Scope) -> bool:
    here: Scope | None = inner
    while here is not None:
        if here is outer:
            return True
        here = here.parent
    return False


def _fills(written: Sequence[Write]) -> bool:
    return any(not write.removes for write in written)


def _in_file(interpreter: Interpreter, container: Container) -> Iterator[Write]:
    name = container.name.rpartition(".")[2]
    functions = interpreter.program.modules[container.file].functions
    users = [n for n, function in enumerate(functions) if name in function.refs or "." + name in function.refs]
    for index in users[:MOST_FUNCTIONS]:
        for write in writes(interpreter, static_scope(interpreter, container.file, index), container):
            marked = is_mark(interpreter, container.made.store.name, write) or is_own(interpreter, write)
            if write.scope.function and not marked:
                yield write
