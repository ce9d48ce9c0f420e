"""Stores: what keeps values beyond one run, how it is made, and which expressions mean the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import words
from callaudit.flow.guards.makers import Made, Makers, made_by
from callaudit.flow.guards.put_stores import decoration_of, puts_of
from callaudit.flow.machine.static import static_scope
from callaudit.flow.objects.static_fields import is_set_later
from callaudit.flow.reading.bound import Bindings, Given, Local, TopLevel, written_as
from callaudit.flow.reading.within import promised
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, ForeignValue, Instance, Unknown
from callaudit.libraries.storage import VARIABLE, store_of
from callaudit.libraries.tables.web import GLOBAL_OBJECTS
from callaudit.link.definitions import Foreign
from callaudit.syntax.ir import (
    Await,
    Call,
    ClassRef,
    Expr,
    Member,
    Name,
    Obj,
    Op,
    Prop,
    Ret,
    Typed,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.guards.write_sites import WriteSite
    from callaudit.flow.guards.writes import Write
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.bound import Bound, Meaning

DEPTH = 10
TRANSACTIONS = frozenset({"multi", "pipeline"})
"""Methods of clients of Redis that gather commands, each of which gives the same object again."""
MOST_RETURNS = 6
Place = tuple[object, ...]
"""What two expressions have in common that mean the same store."""


class Container(Struct, frozen=True, eq=False):
    """A store: what tells it from others, where it is declared (no line: not known), what the code calls it."""

    place: Place
    file: str
    line: int
    name: str
    made: Made


class Containers:
    """Finds the store that an expression means."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self.bindings = Bindings(interpreter)
        self._makers = Makers(interpreter, self.bindings)
        self._used: dict[str, bool] = {}
        self.sites: dict[tuple[str, int], tuple[WriteSite, ...]] = {}
        """Functions, and what in them may write to a store."""
        self.writers: dict[tuple[Place, tuple[str, ...]], frozenset[str]] = {}
        """Stores with the files through which they are asked, and the names of functions that may write to them."""
        self.elsewhere: dict[tuple[Place, str], list[Write]] = {}
        """Stores, and what functions of their own file write to them in no certain context."""
        self.asking: dict[int, bool] = {}
        """Statements, and whether they ask for an answer that there were too many requests."""

    def is_used(self, package: str) -> bool:
        """Whether any package of the repository depends on `package`."""
        if package not in self._used:
            self._used[package] = any(package in one.dependencies for one in self._in.program.project.packages)
        return self._used[package]

    def property(self, expr: Member, scope: Scope, *, changes: bool = True) -> Container | None:
        """A field of `this`, of a class, of a global object or of an object that a module declares, as a variable.

        A field that is never set after an object was made keeps nothing: `None` where it has to be one that `changes`.
        """
        owner = expr.obj.value if isinstance(expr.obj, Typed) else expr.obj
        if isinstance(owner, Member):
            return self._inner_property(owner, expr.prop, scope)
        if not isinstance(owner, Name):
            return None
        if owner.id == "this":
            found = self._field(expr.prop, scope, Made(VARIABLE))
            return found if found is not None and (not changes or self._is_set(scope, expr.prop)) else None
        meaning = self.bindings.meaning(owner.id, scope)
        if self._is_global(owner, meaning):
            return Container(("global", expr.prop), scope.module, 0, expr.prop, Made(VARIABLE))
        if isinstance(meaning, TopLevel):
            cls = self._class_named(owner, scope)
            if cls is not None:
                return self._static(cls, expr.prop, Made(VARIABLE)) if self._sets(cls, expr.prop) else None
            values = self.bindings.declared(meaning.module, meaning.name)
            if values and isinstance(values[0][0], Obj) and not self._is_given_anew(meaning, expr.prop):
                place = ("property", meaning.module, meaning.name, expr.prop)
                return Container(place, meaning.module, values[0][1], f"{meaning.name}.{expr.prop}", Made(VARIABLE))
        return None

    def _is_given_anew(self, meaning: TopLevel, prop: str) -> bool:
        """Whether a variable is given another object with that property: `kept = { at: now, data }` keeps it whole."""
        if meaning.name not in self._in.program.modules[meaning.module].assigned:
            return False
        given = (value for value, _ in self.bindings.anywhere(meaning.module, meaning.name))
        return any(isinstance(value, Obj) and prop in _keys(value) for value in given)

    def _inner_property(self, owner: Member, name: str, scope: Scope) -> Container | None:
        """A property of an object in a field of `this`: `this.last.prices`."""
        if not isinstance(owner.obj, Name) or owner.obj.id != "this" or not self._is_set(scope, name):
            return None
        held = self._field(owner.prop, scope, Made(VARIABLE))
        if held is None:
            return None
        return Container((*held.place, name), held.file, held.line, f"{held.name}.{name}", held.made)

    def _is_global(self, owner: Name, meaning: Meaning) -> bool:
        """Whether a name means the global object, or a variable that is nothing else."""
        if meaning is None:
            return owner.id in GLOBAL_OBJECTS
        values: Sequence[Bound] = ()
        if isinstance(meaning, TopLevel):
            values = self.bindings.declared(meaning.module, meaning.name)
        elif isinstance(meaning, Local):
            values = meaning.values
        value: Expr | None = values[0][0] if len(values) == 1 else None
        while isinstance(value, Typed):
            value = value.value
        return isinstance(value, Name) and value.id in GLOBAL_OBJECTS

    def _is_set(self, scope: Scope, name: str) -> bool:
        cls = self._class_of(scope)
        return cls is not None and any(self._sets(one, name) for one in self._in.classes.lineage(cls))

    def _sets(self, cls: ClassValue, name: str) -> bool:
        """Whether the file of a class sets a field of that name after an object was made: else it keeps nothing."""
        module = self._in.program.modules[cls.module]
        return self._in.found_once(("sets", cls.module, name), lambda: is_set_later(module, name))

    def _class_named(self, owner: Expr, scope: Scope) -> ClassValue | None:
        """The class of the program that a name means."""
        meaning = self.bindings.meaning(owner.id, scope) if isinstance(owner, Name) else None
        values = self.bindings.declared(meaning.module, meaning.name) if isinstance(meaning, TopLevel) else ()
        ref = values[0][0] if values else None
        if not isinstance(meaning, TopLevel) or not isinstance(ref, ClassRef):
            return None
        return ClassValue(meaning.module, ref.index, self._in.module_scope(meaning.module))

    def _static(self, cls: ClassValue, name: str, made: Made) -> Container | None:
        """A static field, which a class reads by its own name."""
        line = next((one.line for one in self._in.class_facts(cls).fields if one.static and one.name == name), 0)
        place = ("field", cls.module, cls.index, name)
        return Container(place, cls.module, line, f"{self._in.class_facts(cls).name}.{name}", made) if line else None

    def _field(self, name: str, scope: Scope, made: Made) -> Container | None:
        cls = self._class_of(scope)
        if cls is None:
            return None
        facts = self._in.class_facts(cls)
        if any(self._in.function(cls.module, index).name == name for index in facts.methods):
            return None
        line = next((field.line for field in facts.fields if field.name == name), 0)
        return Container(("field", cls.module, cls.index, name), cls.module, line, f"this.{name}", made)

    def _class_of(self, scope: Scope) -> ClassValue | None:
        receiver = scope.receiver()
        if isinstance(receiver, ClassValue):
            return receiver
        if isinstance(receiver, Instance):
            return receiver.cls
        return None

    def container(self, expr: Expr, scope: Scope, depth: int = DEPTH) -> Container | None:
        """The store that `expr` is: a map, a table, a client of a cache."""
        if not depth:
            return None
        deeper = depth - 1
        if isinstance(expr, (Await, Typed)):
            return self.container(expr.value, scope, depth)
        if isinstance(expr, Name):
            return self._named_container(expr.id, scope, deeper)
        if isinstance(expr, Member):
            return self._member_container(expr, scope, deeper)
        if isinstance(expr, Op) and expr.op in ("??", "||", "&&"):
            return next((c for item in expr.items if (c := self.container(item, scope, deeper)) is not None), None)
        if isinstance(expr, Call) and not expr.new:
            chained = self._chained(expr, scope, deeper)
            if chained is not None:
                return chained
            target = forced(self._in.evaluate(expr.callee, scope))
            if isinstance(target, ForeignValue):
                store = store_of(target.package, target.path)
                if store is not None and target.package == "":
                    return Container(("platform", target.path[0]), scope.module, 0, words(expr), Made(store))
            if isinstance(target, Closure):
                inner = self.bindings.entered(target, expr.args, scope)
                for value in returned(self._in.nodes_of(target.module, target.index, Ret)):
                    found = self.container(value, inner, deeper)
                    if found is not None:
                        return found
        return None

    def _chained(self, expr: Call, scope: Scope, depth: int) -> Container | None:
        """The store of a transaction: `redis.multi()`, and what its methods give."""
        begins = expr
        while isinstance(begins.callee, Member) and isinstance(begins.callee.obj, Call):
            begins = begins.callee.obj
        callee = begins.callee
        if not isinstance(callee, Member) or callee.prop not in TRANSACTIONS:
            return None
        found = self.container(callee.obj, scope, depth)
        return found if found is not None and found.made.store.place == "distributed" else None

    def _named_container(self, name: str, scope: Scope, depth: int) -> Container | None:
        meaning = self.bindings.meaning(name, scope)
        if isinstance(meaning, Given):
            written = written_as(meaning.value)
            if written is None:
                written = promised(self._in, name, meaning.scope)
            found = self.container(written[0], written[1], depth) if written is not None else None
            return found if found is not None else self._typed(meaning.value, name, scope)
        if isinstance(meaning, Local):
            made = self._makers.of_values(meaning.values, meaning.scope)
            if made is not None:
                return self._local_container(name, meaning, scope, made)
            return next(
                (c for value, _ in meaning.values if (c := self.container(value, meaning.scope, depth)) is not None),
                None,
            )
        if isinstance(meaning, TopLevel):
            return self._top_level_container(meaning, depth)
        if isinstance(meaning, Foreign):
            store = store_of(meaning.package, meaning.path)
            place = ("import", meaning.package, *meaning.path)
            return Container(place, scope.module, 0, name, Made(store, meaning.package)) if store is not None else None
        store = store_of("", (name,)) if meaning is None else None
        if store is not None:
            return Container(("platform", name), scope.module, 0, name, Made(store))
        promise = promised(self._in, name, scope) if meaning is None else None
        return self.container(*promise, depth) if promise is not None else None

    def _local_container(self, name: str, local: Local, scope: Scope, made: Made) -> Container | None:
        """A map of an enclosing function outlives a call of the inner one if the enclosing one has ended."""
        place = (local.scope.module, local.scope.function)
        kept = made.store.place != "process" or (
            (scope.module, scope.function) != place
            and not self._in.open.busy.get(place)
            and not renders(self._in.function(*place).name)
        )
        return Container(("local", *place, name), place[0], local.line, name, made) if kept else None

    def _top_level_container(self, meaning: TopLevel, depth: int) -> Container | None:
        scope = self._in.module_scope(meaning.module)
        values = (
            *self.bindings.declared(meaning.module, meaning.name),
            *self.bindings.anywhere(meaning.module, meaning.name),
        )
        made = self._makers.of_values(values, scope)
        binding = self._in.program.modules[meaning.module].bindings.get(meaning.name)
        line = binding.line if binding is not None else 0
        if made is not None:
            return Container(("var", meaning.module, meaning.name), meaning.module, line, meaning.name, made)
        for value, _ in values[:4]:
            found = self.container(value, scope, depth)
            if found is not None:
                return found
        return None

    def _member_container(self, expr: Member, scope: Scope, depth: int) -> Container | None:
        owner = expr.obj
        if isinstance(owner, Name) and owner.id == "this":
            cls = self._class_of(scope)
            made = self._makers.of_field(cls, expr.prop) if cls is not None else None
            if made is not None:
                return self._field(expr.prop, scope, made)
            passed = self._passed(cls, expr.prop, scope) if cls is not None else None
            if passed is not None:
                return self.container(passed[0], passed[1], depth)
            made = made_by(self._in.evaluate(expr, scope)) if cls is not None else None
            return self._field(expr.prop, scope, made) if made is not None else None
        cls = self._class_named(owner, scope)
        if cls is not None:
            made = self._makers.of_field(cls, expr.prop)
            return self._static(cls, expr.prop, made) if made is not None else None
        variable = self.property(expr, scope)
        if variable is not None:
            made = self._makers.of_property(expr, scope)
            if made is not None:
                return Container(variable.place, variable.file, variable.line, variable.name, made)
        put = self._put(expr, scope, depth)
        if put is not None:
            return put
        value = forced(self._in.evaluate(expr, scope))
        return self._typed(value, expr.prop, scope)

    def _put(self, expr: Member, scope: Scope, depth: int) -> Container | None:
        """A store that is put on what a framework hands on, and taken from there."""
        for put in puts_of(self._in, expr, scope):
            here = static_scope(self._in, put.module, put.function)
            made = self._makers.of_expression(put.value, here) if put.lasts else None
            if made is not None:
                return Container(("put", expr.prop), put.module, put.line, expr.prop, made)
            found = self.container(put.value, here, depth) if not isinstance(put.value, Call) else None
            if found is not None:
                return found
        decorated = decoration_of(self._in, expr, scope)
        written = written_as(decorated) if decorated is not None else None
        made = self._makers.of_expression(*written) if written is not None else None
        return Container(("put", expr.prop), scope.module, 0, expr.prop, made) if made is not None else None

    def _passed(self, cls: ClassValue, name: str, scope: Scope) -> tuple[Expr, Scope] | None:
        """What the constructor of the object in `scope` was handed for a field that is a parameter of it."""
        receiver = scope.receiver()
        if not isinstance(receiver, Instance) or receiver.args is None:
            return None
        constructor = self._in.classes.method(cls, "constructor", static=False)
        if constructor is None:
            return None
        for number, param in enumerate(self._in.function(cls.module, constructor).params):
            if getattr(param.target, "id", "") == name and number < len(receiver.args):
                return written_as(receiver.args[number])
        return None

    def _typed(self, value: object, name: str, scope: Scope) -> Container | None:
        known = forced(value) if not getattr(value, "busy", False) else value  # type: ignore[arg-type]
        if not isinstance(known, Unknown) or known.type is None:
            return None
        made = self._makers.of_type(known.type[1], known.type[0])
        return Container(("typed", scope.module, name), scope.module, 0, name, made) if made is not None else None


def _keys(literal: Obj) -> set[str]:
    return {prop.key for prop in literal.props if isinstance(prop, Prop) and isinstance(prop.key, str)}


def returned(returns: Sequence[Ret]) -> list[Expr]:
    """What a function returns, by the returns of its code."""
    found = [node.value for node in returns if node.value is not None]
    return found[:MOST_RETURNS]


def renders(name: str) -> bool:
    """Whether a function is a component or a hook by React's rules for names: its variables live for one render."""
    return name[:1].isupper() or (name.startswith("use") and name[3:4].isupper())
