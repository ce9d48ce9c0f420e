"""Guards that code writes itself: it looks into a store, and reaches the network only where that does not answer.

Recognized by what code does, not by names: a test asks a store that outlives the run; where the store answers, the
code leaves or takes a way without requests; where it does not, requests follow, and something writes to the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effect_walks import walk_effects
from callaudit.flow.effects import Called, Choice, Effect, Guarded, Request
from callaudit.flow.floating import floating_lines
from callaudit.flow.freshness import asked
from callaudit.flow.gates import gate, keeps_nothing
from callaudit.flow.lifetimes import Lifetime, lifetime, line_of, place_kept
from callaudit.flow.locks import is_lock
from callaudit.flow.records import LOCK, Guard
from callaudit.flow.static import static_scope
from callaudit.flow.use_sites import CallSite, is_constant, key_at, key_words, use_site
from callaudit.flow.variables import depends_on_assigned
from callaudit.flow.words import words
from callaudit.flow.writes import Write, writes
from callaudit.syntax.ir import If, Jump, Lit, Name, Ret, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.containers import Container
    from callaudit.flow.freshness import Asked
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.lookups import Read
    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt

MOST_TESTS = 6
MOST_FUNCTIONS = 40
"""Functions of the store's file in which a write is looked for."""


class Early:
    """A test that leaves: what follows it runs only where it did not hold."""

    __slots__ = ("_guard", "_known", "_leaves", "_scope", "_statement", "_why")

    def __init__(self, statement: If, scope: Scope, leaves: bool, why: str = "") -> None:
        """`leaves` says which way leaves: where the test holds, or where it does not."""
        self._statement = statement
        self._scope = scope
        self._leaves = leaves
        self._why = why
        self._known = False
        self._guard: Guard | None = None

    def only(self, when: str) -> Early:
        """The same test, asked only under a condition."""
        return Early(self._statement, self._scope, self._leaves, when)

    def guard(self, interpreter: Interpreter) -> Guard | None:
        """The guard that the test is, if it is one."""
        if not self._known:
            self._known = True
            statement = self._statement
            way = statement.then if self._leaves else statement.other
            self._guard = recognized(
                interpreter,
                statement.test,
                self._scope,
                statement.line,
                holds=self._leaves,
                given=_given_back(way),
                why=self._why,
                way=way,
            )
        return self._guard


def _given_back(way: Sequence[Stmt]) -> bool:
    """Whether a way that leaves gives something back: data, not only a sign that nothing is to be done."""
    last = way[-1] if way else None
    if not isinstance(last, Ret) or last.value is None or isinstance(last.value, Lit):
        return len(way) > 1  # an answer was sent, a variable set
    return not (isinstance(last.value, Name) and last.value.id == "undefined")


def leaving(frame: Frame, statement: If, mark: int, tree: Sequence[Effect]) -> list[Early]:
    """The test of `statement` if one of its ways leaves without a request that is waited for."""
    for way, holds in ((statement.then, True), (statement.other, False)):
        if not way or not isinstance(way[-1], (Ret, Jump)):
            continue
        inside = _way_of(tree[mark:], statement, holds)
        loose = floating_lines(frame.interpreter, frame.scope, way) if inside else frozenset()
        if not _waits_for_request(inside, frame.scope.module, loose):
            return [Early(statement, frame.scope, holds)]
    return []


def _way_of(effects: Sequence[Effect], statement: If, holds: bool) -> tuple[Effect, ...]:
    label = words(statement.test) if holds else "otherwise"
    for effect in effects:
        if isinstance(effect, Choice) and effect.line == statement.line:
            return next((way for name, way in effect.ways if name == label), ())
    return ()


def _waits_for_request(effects: Sequence[Effect], module: str = "", loose: frozenset[int] = frozenset()) -> bool:
    """Whether `effects` hold a request that is waited for; at the lines `loose` of `module` none is."""

    def is_awaited(effect: Effect) -> bool:
        if not isinstance(effect, Called):
            return True
        return effect.awaited and not (effect.file == module and effect.line in loose)

    def is_loose(effect: Request) -> bool:
        return all(one.site.file == module and one.site.line in loose for one in effect.requests)

    return any(
        isinstance(effect, Request) and not is_loose(effect) for effect in walk_effects(effects, enter=is_awaited)
    )


def guard_ways(frame: Frame, statement: If, mark: int, tree: list[Effect]) -> None:
    """Put the guard before the way of `statement` that is taken where a store does not answer."""
    for number in range(mark, len(tree)):
        choice = tree[number]
        if not isinstance(choice, Choice) or choice.line != statement.line:
            continue
        label = words(statement.test)
        for holds, own, other in ((False, label, "otherwise"), (True, "otherwise", label)):
            inside = next((way for name, way in choice.ways if name == own), ())
            beside = next((way for name, way in choice.ways if name == other), ())
            if not inside or _waits_for_request(beside):
                continue
            way = statement.other if holds else statement.then
            guard = recognized(
                frame.interpreter,
                statement.test,
                frame.scope,
                statement.line,
                holds=holds,
                given=not keeps_nothing(way),
            )
            if guard is not None:
                ways = tuple((name, (Guarded(guard, way),) if name == own else way) for name, way in choice.ways)
                tree[number] = Choice(choice.line, ways, choice.leaves, choice.by)
                return


def guarded_by(frame: Frame, test: Expr, inside: list[Effect], *, holds: bool, line: int = 0) -> list[Effect]:
    """`inside`, behind a guard if it is what happens where the store that `test` asks does not answer."""
    if not inside:
        return inside
    guard = recognized(frame.interpreter, test, frame.scope, line, holds=holds)
    return [Guarded(guard, tuple(inside))] if guard is not None else inside


def asks_kept(interpreter: Interpreter, test: Expr, scope: Scope) -> bool:
    """Whether `test` asks a variable of an enclosing function that this one set in an earlier call."""
    if scope.parent is None or not depends_on_assigned(interpreter, test, scope):
        return False
    names = interpreter.stores.bindings.names(scope.module, scope.function)
    if not names.assigned.keys() - names.lines.keys():
        return False
    return any(
        isinstance(node, Name)
        and node.id in names.assigned
        and node.id not in names.lines
        and interpreter.stores.outlives(node.id, scope)
        for node in walk((test,))
    )


def recognized(
    interpreter: Interpreter,
    test: Expr,
    scope: Scope,
    line: int,
    *,
    holds: bool,
    given: bool = True,
    why: str = "",
    way: Sequence[Stmt] | None = None,
) -> Guard | None:
    """The guard that `test` is: where it is `holds`, a store answers, or a gate is shut, and no request follows.

    `way` is what is done there if the code then leaves.
    """
    shut = gate(interpreter, test, scope, line, holds=holds)
    if shut is not None:
        return shut
    tests = asked(interpreter, test, scope, line)[:MOST_TESTS]
    if not tests or not _answers(tests, holds=holds):
        return None
    return Maker(interpreter, scope, tests, line, given=given, why=why, left=(test, way)).guard()


def _answers(tests: Sequence[Asked], *, holds: bool) -> bool:
    """Whether a test that holds, or does not, means that the store answers. An age decides over mere presence."""
    aged = [one for one in tests if one.aged]
    return any(one.holds == holds for one in aged or tests)


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
            written = writes(self._in, self._scope, read.container)
            if not _fills(written) and self._given:
                written = self._written_elsewhere(read.container)
            if _fills(written):
                return self._made(read, written)
        return None

    def _written_elsewhere(self, container: Container) -> list[Write]:
        """Writes in other functions of the file that declares the store."""
        name = container.name.rpartition(".")[2]
        found: list[Write] = []
        functions = self._in.program.modules[container.file].functions
        users = [n for n, function in enumerate(functions) if name in function.refs or "." + name in function.refs]
        for index in users[:MOST_FUNCTIONS]:
            scope = static_scope(self._in, container.file, index)
            found.extend(write for write in writes(self._in, scope, container) if not _is_plain(write))
        return found

    def _made(self, read: Read, written: Sequence[Write]) -> Guard:
        kind = self._kind(read, written)
        lasts = lifetime(self._in, self._tests, written) if kind not in ("dedup", LOCK) else Lifetime()
        site = use_site(self._in, self._scope, lasts.said) if kind == "cache" else None
        file, line, also = self._place(read, written, lasts, site)
        if kind in ("limiter", LOCK):  # what a reader looks for is the test, not the variable
            also = tuple(sorted({*also, line} - {self._line})) if file == self._scope.module else ()
            file, line = self._scope.module, self._line
        name = self._in.qualified(self._scope.module, self._scope.function)
        mechanism = LOCK if kind == LOCK else read.container.made.store.name
        if site is not None:
            mechanism = f"{mechanism} in {self._scope.module}:{read.line or self._line}"
        key, scope = self._key(read, site)
        why = f"only where {self._why}" if self._why else ""
        if not lasts.spans and lasts.why:
            why = f"{why}; {lasts.why}" if why else lasts.why
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
            concurrency=1 if kind == LOCK and self._takes(written) else 0,
        )

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
        limited = any(test.aged and test.limit is not None for test in self._tests)
        return "limiter" if limited and not self._given else "cache"

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
        expr, scope = key_at(self._in, read.key, read.scope, site or CallSite(self._scope, 0))
        constant = is_constant(self._in, expr, scope)
        return key_words(self._in, expr, scope), "shared" if constant else "per-key"


def _inside(inner: Scope, outer: Scope) -> bool:
    here: Scope | None = inner
    while here is not None:
        if here is outer:
            return True
        here = here.parent
    return False


def _fills(written: Sequence[Write]) -> bool:
    return any(not write.removes for write in written)


def _is_plain(write: Write) -> bool:
    """Whether a write only sets a mark: `ready = true`."""
    return write.method == "=" and bool(write.args) and isinstance(write.args[0], (Lit, Un)) and not write.removes
