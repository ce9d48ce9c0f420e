"""Calls that never come back: of functions whose every way throws, ends the process, or makes such a call.

What follows such a call in its function never happens; in a `try`, the handler does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.reading.ways_out import REJECT, REJECTS, RETURN, THROUGH, THROWS, Ways
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Instance, ModuleValue, OneOf
from callaudit.libraries.model import Leave
from callaudit.libraries.registry import exported, leaving_exports
from callaudit.link.definitions import Defined
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.link.module import Module
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Call, Case, Expr, If

Place = tuple[str, int]

MOST_ROUNDS = 8
"""Functions that end in calls of functions that end in calls … that throw."""
PROCESS_ENDS = frozenset({("process", "exit"), ("process", "abort"), ("Deno", "exit")})
_EXITS = frozenset({"exit", "abort"})


BOTH = 3


class Endings:
    """Tells how calls end that give nothing back."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for the program of `interpreter`; nothing is looked for before it is asked for."""
        self._in = interpreter
        self._ends: frozenset[Place] | None = None
        self._names: set[str] = set()
        self._known: dict[tuple[Place, object], str] = {}
        self.cut: dict[Place, None] = {}
        """Functions of which a part was passed over."""
        self.decided: dict[int, tuple[Place, int]] = {}
        """Statements of which one way is taken: the function, and 1 or 2 for the ways that were (3: both)."""
        self.ignored = False
        """Whether every call is taken to come back and every way to be taken, to see what stands there."""

    def of_call(self, call: Call, scope: Scope, target: Value) -> str:
        """How `call` ends when it calls `target`: with an error at once, with a promise that fails, or not ("")."""
        if self.ignored or call.new:
            return ""
        if isinstance(target, ForeignValue):
            return THROWS if leaves(target) else ""
        if isinstance(target, Closure) and (target.module, target.index) in self._candidates():
            return self._of(target) if self._is_certain(call.callee, scope, target) else ""
        return ""

    def ends(self, expr: Expr, scope: Scope) -> bool:
        """Whether evaluating `expr` surely comes upon a call that never comes back."""
        if self.ignored:
            return False
        self._candidates()
        return Ways(lambda call: self._how(call, scope)).ends(expr)

    def pass_over(self, scope: Scope) -> None:
        """Note that a part of the function of `scope` was passed over."""
        self.cut[scope.module, scope.function] = None

    def note_way(self, scope: Scope, statement: If | Case, way: int) -> None:
        """Note that a statement took one of its ways, 1 or 2, as its test is decided."""
        place, ways = self.decided.get(id(statement)) or ((scope.module, scope.function), 0)
        self.decided[id(statement)] = place, ways | way

    def never_taken(self) -> list[Place]:
        """Functions that send, of which a way that may send was taken in no run.

        What other functions do on such a way is run with the functions that it calls.
        """
        sends = self._in.relevance.sends
        return sorted({place for place, ways in self.decided.values() if ways != BOTH and sends(*place)})

    # --- candidates, by name --------------------------------------------------------------------

    def _candidates(self) -> frozenset[Place]:
        """The functions of the program that may never come back, as far as names tell."""
        if self._ends is None:
            self._names = {*_EXITS, *leaving_exports()}
            found: set[Place] = set()
            open_ = list(self._in.program.modules.values())
            for turn in range(MOST_ROUNDS):
                ended = [item for module in open_ for item in self._ending(module, found, first=not turn)]
                if not ended and turn:
                    break
                for place, function in ended:
                    found.add(place)
                    self._names.update(name for name in (function.name, function.member) if name)
                renamed = {
                    item.local
                    for module in open_
                    for item in module.facts.imports
                    if item.imported in self._names and item.local
                }
                self._names |= renamed
            self._ends = frozenset(found)
        return self._ends

    def _ending(self, module: Module, found: set[Place], *, first: bool) -> Iterator[tuple[Place, Function]]:
        named = Ways(lambda call: THROWS if called_name(call.callee) in self._names else "")
        plain = Ways(None)
        mentioned = self._names | {"." + name for name in self._names}
        for index, function in enumerate(module.functions):
            if not index or (module.path, index) in found or not function.body:
                continue
            uses = not mentioned.isdisjoint(function.refs)
            if not uses and not first:
                continue
            ways = (named if uses else plain).of(function.body)
            if function.returns == "never" or not ways & (THROUGH | RETURN):
                yield (module.path, index), function

    # --- certainty, by value --------------------------------------------------------------------

    def _of(self, closure: Closure) -> str:
        place = (closure.module, closure.index)
        receiver = closure.this.cls.index if isinstance(closure.this, Instance) else None
        known = self._known.get((place, receiver))
        if known is None:
            self._known[place, receiver] = ""  # what calls itself decides nothing
            known = self._known[place, receiver] = self._found(closure)
        return known

    def _found(self, closure: Closure) -> str:
        function = self._in.function(closure.module, closure.index)
        if function.decorators or (function.cls >= 0 and self._is_overridden(closure.module, function)):
            return ""
        scope = static_scope(self._in, closure.module, closure.index, closure.this)
        ways = Ways(lambda call: self._how(call, scope)).of(function.body)
        if function.returns != "never" and ways & (THROUGH | RETURN):
            return ""
        return REJECTS if function.asynchronous or ways & REJECT else THROWS

    def _how(self, call: Call, scope: Scope) -> str:
        if called_name(call.callee) not in self._names:
            return ""
        target = forced(self._in.evaluate(call.callee, scope))
        targets = target.values if isinstance(target, OneOf) else (target,)
        ways = {self.of_call(call, scope, forced(one)) for one in targets}
        return ways.pop() if len(ways) == 1 else ""

    def _is_overridden(self, module: str, function: Function) -> bool:
        """Whether a class that extends some other has a method of this name: the method may be one to be replaced."""
        own = self._in.program.modules[module].classes[function.cls]
        return any(
            cls.base is not None and any(here.functions[index].name == function.name for index in cls.methods)
            for here in self._in.program.modules.values()
            for cls in here.classes
            if cls is not own
        )

    def _is_certain(self, callee: Expr, scope: Scope, target: Closure) -> bool:
        """Whether `callee` names the function itself, not a variable or property that begins with it.

        What a context, a ref or a field holds before it is set throws too: `createContext(() => { throw … })`.
        """
        function = self._in.function(target.module, target.index)
        if isinstance(callee, Name):
            return bool(function.name) and not function.member
        if not isinstance(callee, Member):
            return False
        if function.cls >= 0 or not isinstance(callee.obj, Name):
            return function.cls >= 0
        if not function.member:  # of a module as an object
            return isinstance(forced(self._in.evaluate(callee.obj, scope)), ModuleValue)
        owner = self._in.program.name(scope.module, callee.obj.id)
        if scope.find(callee.obj.id) not in (None, self._in.module_scope(scope.module)):
            return False
        if not isinstance(owner, Defined) or owner.module != target.module:
            return False
        here = self._in.program.modules[owner.module]
        return owner.name not in here.changed | here.filled | here.assigned


def leaves(target: ForeignValue) -> bool:
    """Whether a call of `target`, of the platform or a library, never comes back: `process.exit`, `redirect`."""
    if target.args is not None:
        return False
    if not target.package:
        return target.path in PROCESS_ENDS
    found = exported(target.package, target.path)
    return found is not None and isinstance(found[1], Leave)
