"""Which expressions read a store: through variables, parameters, and functions that only look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.guards.batches import TOGETHER, answer_handed, batch, gathered, key_of_each
from callaudit.flow.guards.containers import DEPTH, Container, Containers, renders, returned
from callaudit.flow.guards.files import done_to_file, which_file
from callaudit.flow.guards.makers import Made
from callaudit.flow.reading.bound import Given, Local, TopLevel, place_of_local, written_as
from callaudit.flow.reading.within import OF_ITEMS
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, OneOf, Unknown
from callaudit.libraries.files import FILE
from callaudit.libraries.storage import OBJECT, VARIABLE
from callaudit.syntax.ir import (
    Assign,
    Await,
    Call,
    Cond,
    Expr,
    Index,
    Lit,
    Member,
    Name,
    Op,
    PatDefault,
    Ret,
    Typed,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value


class Read(Struct, frozen=True, eq=False):
    """A look into a store: for which key (none: it keeps one value), and where.

    `through` are the functions that stand between, with the scopes of their calls.
    """

    container: Container
    key: Expr | None
    scope: Scope
    file: str
    line: int
    through: tuple[tuple[Closure, Scope], ...] = ()


class Lookups(Containers):
    """Follows expressions to the stores that they read."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        super().__init__(interpreter)
        self.open_lists: set[tuple[str, object, str]] = set()
        """Lists that are being followed to what decides what is in them: a circle of them ends there."""

    def batch(self, expr: Expr, scope: Scope) -> Read | None:
        """The look for several keys at once that gave the list `expr`."""
        return batch(self, self._in, expr, scope, DEPTH)

    # --- reads ----------------------------------------------------------------------------------

    def read(self, expr: Expr, scope: Scope, line: int, depth: int = DEPTH) -> Read | None:
        """The look into a store that gave `expr`; `line` is where it stands, as far as that is known."""
        if not depth:
            return None
        deeper = depth - 1
        if isinstance(expr, (Await, Typed)):
            return self.read(expr.value, scope, line, depth)
        if isinstance(expr, Assign):
            return self.read(expr.value, scope, expr.line, deeper) if expr.op == "=" else None
        if isinstance(expr, PatDefault):
            return self.read(expr.target, scope, line, deeper)
        if isinstance(expr, Name):
            return self._name(expr.id, scope, line, deeper)
        if isinstance(expr, Member):
            return self._member(expr, scope, line, deeper)
        if isinstance(expr, Index):
            found = self.container(expr.obj, scope, deeper)
            if found is not None and found.made.store is OBJECT and not isinstance(expr.key, Lit):
                return Read(found, expr.key, scope, scope.module, line)
            return self.read(expr.obj, scope, line, deeper)
        if isinstance(expr, Call):
            return self._call(expr, scope, deeper)
        if isinstance(expr, Cond):
            return self._first((expr.then, expr.other), scope, line, deeper)
        if isinstance(expr, Op) and expr.op in ("??", "||", "&&"):
            return self._first(expr.items, scope, line, deeper)
        return None

    def _first(self, items: Sequence[Expr], scope: Scope, line: int, depth: int) -> Read | None:
        return next((found for item in items if (found := self.read(item, scope, line, depth)) is not None), None)

    def _name(self, name: str, scope: Scope, line: int, depth: int) -> Read | None:
        meaning = self.bindings.meaning(name, scope)
        if isinstance(meaning, Given):
            written = written_as(meaning.value)
            if written is None:
                return answer_handed(self, self._in, name, meaning.scope, depth)
            return self.read(written[0], written[1], 0, depth)
        if isinstance(meaning, Local) and not self._outlives(name, meaning, scope):
            for value, at in meaning.values:
                found = self.read(value, meaning.scope, at, depth)
                if found is not None:
                    return found
            return gathered(self, self._in, name, meaning, depth)
        variable = self._variable(name, meaning)
        return Read(variable, None, scope, scope.module, line) if variable is not None else None

    def outlives(self, name: str, scope: Scope) -> bool:
        """Whether `name` is a variable of an enclosing function that is kept from one call to the next."""
        meaning = self.bindings.meaning(name, scope)
        return isinstance(meaning, Local) and self._outlives(name, meaning, scope)

    def _outlives(self, name: str, local: Local, scope: Scope) -> bool:
        """Whether a variable of an enclosing function is kept from one call of the inner function to the next."""
        place = (local.scope.module, local.scope.function)
        if local.scope is scope or (scope.module, scope.function) == place or self._runs_on(place):
            return False
        return self.bindings.is_set_inside(name, *place) and not renders(self._in.function(*place).name)

    def _runs_on(self, place: tuple[str, int]) -> bool:
        """Whether a function is running while what it declares is asked for: not where that runs later."""
        return bool(self._in.open.busy.get(place)) and not any(
            place in one.open for one in self._in.reentries.deferrals
        )

    def _variable(self, name: str, meaning: object) -> Container | None:
        """A variable that keeps one value: it is assigned again after its declaration."""
        if isinstance(meaning, TopLevel):
            module = self._in.program.modules[meaning.module]
            if meaning.name not in module.assigned:
                return None
            binding = module.bindings.get(meaning.name)
            line = binding.line if binding is not None else 0
            return Container(("var", meaning.module, meaning.name), meaning.module, line, meaning.name, Made(VARIABLE))
        if isinstance(meaning, Local):
            inner = meaning.scope
            return Container(place_of_local(meaning, name), inner.module, meaning.line, name, Made(VARIABLE))
        return None

    def _member(self, expr: Member, scope: Scope, line: int, depth: int) -> Read | None:
        if expr.prop == "current":  # a ref of React: it lives with its component
            return None
        variable = self.property(expr, scope)
        if variable is not None:
            return Read(variable, None, scope, scope.module, line)
        return self.read(expr.obj, scope, line, depth)

    def _call(self, expr: Call, scope: Scope, depth: int) -> Read | None:
        callee = expr.callee
        if isinstance(callee, Member):
            found = self.container(callee.obj, scope, depth)
            if found is not None and callee.prop in found.made.store.reads:
                return Read(found, expr.args[0] if expr.args else None, scope, scope.module, expr.line)
            if found is not None and callee.prop in found.made.store.many and expr.args:
                key, inner = key_of_each(self._in, expr.args[0], scope)
                return Read(found, key, inner, scope.module, expr.line)
            if callee.prop in OF_ITEMS or callee.prop in TOGETHER:
                many = batch(self, self._in, expr, scope, depth)
                if many is not None:
                    return many
        target = forced(self._in.evaluate(callee, scope))
        if isinstance(target, Closure):
            return self._through(target, expr, scope, depth)
        if isinstance(target, ForeignValue) and done_to_file(target, expr) == "read":
            place = which_file(self._in, expr.args[0], scope)
            file = Container(place, scope.module, 0, "file", Made(FILE))
            return Read(file, expr.args[0], scope, scope.module, expr.line)
        if isinstance(target, OneOf) and any(self._asks(way) for way in target.values):
            return None  # a client that is kept: what it is asked for comes from the network
        if isinstance(callee, Member):
            found_read = self.read(callee.obj, scope, expr.line, depth)
            if found_read is not None:
                return found_read
        if expr.args and isinstance(target, (ForeignValue, Unknown)):  # JSON.parse, a decoder, a checker
            return self.read(expr.args[0], scope, expr.line, depth)
        return None

    def _asks(self, value: Value) -> bool:
        """Whether `value` is a function of the program that reaches the network."""
        target = forced(value)
        if not isinstance(target, Closure) or not self._in.relevance.function(target.module, target.index):
            return False
        return not self._in.quiet.holds(target, None)

    def _through(self, target: Closure, expr: Call, scope: Scope, depth: int) -> Read | None:
        """What a function of the program gives that reaches no network itself."""
        if self._asks(target):
            return None
        inner = self.bindings.entered(target, expr.args, scope)
        for value in returned(self._in.nodes_of(target.module, target.index, Ret)):
            found = self.read(value, inner, expr.line, depth)
            if found is not None:
                return Read(
                    found.container, found.key, found.scope, scope.module, expr.line, ((target, inner), *found.through)
                )
        return None
