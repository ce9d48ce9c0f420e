"""What objects, maps and arrays are filled with after they were made: `clients[id] = new Client(id)`.

Code that fills an object runs elsewhere, often in a callback that sends nothing itself and is never run. It is found
by name from the declaration, and evaluated where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import words
from callaudit.flow.lists.most import of_any_size
from callaudit.flow.lists.putters import callers_scopes, depends_on_parameters
from callaudit.flow.machine.static import static_scope
from callaudit.flow.reading.within import scope_within
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.platform_objects import EMPTY_MAP
from callaudit.flow.values.values import (
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Const,
    Heap,
    Instance,
    Record,
    Seq,
    Unknown,
    Value,
)
from callaudit.syntax.ir import Assign, Call, Index, Member, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Node

    Put = tuple["Place", Expr, Scope]

MOST_PLACES = 16
"""Places that fill one object."""
_INTO_MAPS = frozenset({"set"})
_ACTING = (Instance, Client, Closure)
"""What does something when it is asked, and not the same whoever made it."""
_INTO_ARRAYS = frozenset({"push", "unshift"})


class Place(Struct, frozen=True, eq=False):
    """One place where something is put into an object: under a key, or at the end of an array."""

    function: int
    key: Expr | None
    value: Expr
    last: bool = True
    """Whether it is put behind all that an array has."""


class Fillings:
    """The places that fill objects, by module and name; each module is searched once."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._places: dict[str, dict[str, list[Place]]] = {}
        self._open: set[tuple[str, int, str]] = set()
        """What is being looked at: objects that are filled with what other objects hold may hold each other."""

    def variable(self, value: Value, scope: Scope, name: str) -> Value:
        """`value`, to which the variable `name` of `scope` is set, with what is put into it."""
        key = scope.module, scope.function, name
        return Lazy(lambda: self._once(key, value, lambda: self._of_variable(scope, name)))

    def field(self, value: Value, instance: Instance, module: str, cls: int, name: str) -> Value:
        """`value`, to which a field of `instance` is set, with what the methods of class number `cls` put into it."""
        key = module, cls, "." + name
        value = of_any_size(value)
        return Lazy(lambda: self._once(key, value, lambda: self._of_field(instance, module, cls, name)))

    def made_here(self, call: Call, scope: Scope) -> Value | None:
        """What `call` takes out of a map under the key under which its own function puts a new object, for this run.

        `if (!loops.has(key)) loops.set(key, new Loop(load)); loops.get(key).start()`: an object that was there before
        was made by an earlier run with the same key.
        """
        name = _name(call.callee.obj) if isinstance(call.callee, Member) else ""
        if not name or name not in self._in.program.modules[scope.module].filled or len(call.args) != 1:
            return None
        for place in self._places_of(scope.module).get(name, ()):
            made = place.value
            if place.function == scope.function and place.key is not None and isinstance(made, Call) and made.new:
                asked = call.args[0]
                if made.line <= call.line and words(place.key) == words(asked):
                    return self._in.evaluate(made, scope)
        return None

    def put_here(self, asked: Index, scope: Scope) -> Value | None:
        """What `asked` takes out of an object under the key under which its own function puts something that acts.

        `if (!breakers[key]) breakers[key] = new Breaker(load); return breakers[key]`, of which the first is asked
        before: there may be nothing. The key is a parameter, which is the same all through the run.
        """
        name = _name(asked.obj)
        if not name or name not in self._in.program.modules[scope.module].filled:
            return None
        root = asked.key
        while isinstance(root, Member):
            root = root.obj
        params = self._in.function(scope.module, scope.function).params
        if not isinstance(root, Name) or all(getattr(param.target, "id", "") != root.id for param in params):
            return None
        for place in self._places_of(scope.module).get(name, ()):
            put = place.value
            if place.function != scope.function or place.key is None or words(place.key) != words(asked.key):
                continue
            if (isinstance(put, Call) and put.new) or (isinstance(put, Name) and put.id in scope.vars):
                value = forced(self._in.evaluate(put, scope))
                return join([value, UNDEFINED]) if isinstance(value, _ACTING) else None
        return None

    def _once(self, key: tuple[str, int, str], value: Value, places: Callable[[], list[Put]]) -> Value:
        """`value` filled; inside that again it is what it was made as."""
        if key in self._open:
            return forced(value)
        self._open.add(key)
        try:
            return self._filled(value, places())
        finally:
            self._open.discard(key)

    def _of_variable(self, scope: Scope, name: str) -> list[Put]:
        found: list[Put] = []
        for place in self._places_of(scope.module).get(name, ())[:MOST_PLACES]:
            this = self._receiver(scope, place.function)
            inside = (
                static_scope(self._in, scope.module, place.function, this)
                if this is not None
                else scope_within(self._in, scope, place.function)
            )
            owner = inside.find(name) if inside is not None else None
            if inside is not None and (owner is scope or (owner is inside and place.function == scope.function)):
                handed = self._by_callers(scope.module, place, this) if scope.parent is None else ()
                found.extend((place, place.value, one) for one in handed or (inside,))
        return found

    def _receiver(self, scope: Scope, function: int) -> Instance | None:
        """The object that `this` is in a function which fills a variable of its module: one of the class around it."""
        cls = self.class_around(scope.module, function) if scope.parent is None else -1
        return self._in.injection.injected(ClassValue(scope.module, cls, scope)) if cls >= 0 else None

    def _of_field(self, instance: Instance, module: str, cls: int, name: str) -> list[Put]:
        return [
            (place, place.value, scope)
            for place in self._places_of(module).get("." + name, ())[:MOST_PLACES]
            if self.class_around(module, place.function) == cls
            for scope in self._by_callers(module, place, instance)
            or (static_scope(self._in, module, place.function, instance),)
        ]

    def _by_callers(self, module: str, place: Place, this: Instance | None) -> tuple[Scope, ...]:
        """The scopes of a place in a function that puts in what it is handed: one for each call of it.

        The function around it may be the one that is handed that: `(url) => new Promise((done) => …push({ url }))`.
        """
        index = place.function
        while index > 0:
            if depends_on_parameters(self._in, module, index, (place.key, place.value)):
                handed = callers_scopes(self._in, module, index, this)
                inner = (scope_within(self._in, scope, place.function) for scope in handed)
                return handed if index == place.function else tuple(scope for scope in inner if scope is not None)
            index = self._in.function(module, index).parent
        return ()

    def class_around(self, module: str, index: int) -> int:
        """The class whose method a function is, or is written in."""
        while index >= 0:
            function = self._in.function(module, index)
            if function.cls >= 0:
                return function.cls
            index = function.parent
        return -1

    def _filled(self, value: Value, places: list[Put]) -> Value:
        known = forced(value)
        if isinstance(known, Seq):
            more = [self._in.lazy(put, scope) for place, put, scope in places if place.key is None]
            listed = Heap if _is_mixed(places) else Seq
            return listed((*known.items, *more), open=True, chosen=bool(more))
        is_map = isinstance(known, Unknown) and known.why == EMPTY_MAP
        if isinstance(known, Record):
            base, is_map = known.fields, known.is_map
        elif is_map and places:
            base = {}
        else:
            return known
        fields, rest = self._by_key(places)
        if not fields and not rest and not isinstance(known, Record):
            return known
        named = {name: _put(base.get(name, UNDEFINED), puts) for name, puts in fields.items()}
        return Record({**base, **named}, open=True, rest=Lazy(lambda: join(rest)) if rest else None, is_map=is_map)

    def _by_key(self, places: list[Put]) -> tuple[dict[str, list[Value]], list[Value]]:
        """What is put under keys that are known, and under others."""
        fields: dict[str, list[Value]] = {}
        rest: list[Value] = []
        for place, put, scope in places:
            if place.key is None:
                continue
            asked = forced(self._in.evaluate(place.key, scope))
            value = self._in.lazy(put, scope)
            if isinstance(asked, Const):
                fields.setdefault(str(asked.value), []).append(value)
            else:
                rest.append(value)
        return fields, rest

    def _places_of(self, module: str) -> dict[str, list[Place]]:
        found = self._places.get(module)
        if found is None:
            found = self._places[module] = {}
            here = self._in.program.modules[module]
            for index, function in enumerate(here.functions):
                if here.filled.isdisjoint(function.refs):
                    continue
                for node in here.nodes(index):
                    _note(node, index, found)
        return found


def _is_mixed(places: Sequence[Put]) -> bool:
    """Whether what is put into an array may come in another order than the code has it: from functions or calls."""
    into = [(place, scope) for place, _, scope in places if place.key is None]
    calls = {(place.function, _handed(scope)) for place, scope in into if scope.function}
    return any(not place.last for place, _ in into) or len(calls) > 1


def _handed(scope: Scope) -> int:
    """What tells the call of a function from its other calls, where what it is handed is known by those."""
    return id(scope) if isinstance(scope.mark, tuple) and scope.mark[:1] == ("handed",) else 0


def _put(before: Value, puts: list[Value]) -> Value:
    return Lazy(lambda: join([*puts, before]))


def _note(node: Node, function: int, found: dict[str, list[Place]]) -> None:
    if isinstance(node, Assign) and isinstance(node.target, Index) and node.op in ("=", "??=", "||="):
        name = _name(node.target.obj)
        if name:
            found.setdefault(name, []).append(Place(function, node.target.key, node.value))
    elif isinstance(node, Call) and isinstance(node.callee, Member):
        name = _name(node.callee.obj)
        if name and node.callee.prop in _INTO_MAPS and len(node.args) == 2:
            found.setdefault(name, []).append(Place(function, node.args[0], node.args[1]))
        elif name and node.callee.prop in _INTO_ARRAYS:
            for arg in node.args:
                found.setdefault(name, []).append(Place(function, None, arg, node.callee.prop == "push"))
        elif name and node.callee.prop == "splice":
            for arg in node.args[2:]:
                found.setdefault(name, []).append(Place(function, None, arg, last=False))


def _name(target: Expr) -> str:
    """`clients`, or `.clients` for a field of `this`; empty for anything else."""
    if isinstance(target, Name):
        return target.id
    if isinstance(target, Member) and isinstance(target.obj, Name) and target.obj.id == "this":
        return "." + target.prop
    return ""
