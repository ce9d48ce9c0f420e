"""How stores are made: by calls of libraries, as objects of the program, or as their types say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.reading.bound import Bindings, Bound, TopLevel
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, ForeignValue, OneOf
from callaudit.libraries.storage import OBJECT, Store, store_of, store_type
from callaudit.link.definitions import Foreign
from callaudit.syntax.ir import Assign, Await, Call, Cond, Expr, Member, Name, Obj, Op, Prop, Typed
from callaudit.syntax.type_names import type_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value


class Made(Struct, frozen=True, eq=False):
    """How a store is made: its kind, and the call that makes it."""

    store: Store
    package: str = ""
    call: Call | None = None
    scope: Scope | None = None


class Makers:
    """Finds how stores are made."""

    def __init__(self, interpreter: Interpreter, bindings: Bindings) -> None:
        """Answer for `interpreter`'s program; `bindings` say what its names mean."""
        self._in = interpreter
        self._bindings = bindings

    def of_property(self, expr: Member, scope: Scope) -> Made | None:
        """How a property of an object is made: `owner.cache`."""
        owner = expr.obj.value if isinstance(expr.obj, Typed) else expr.obj
        if not isinstance(owner, Name):
            return None
        meaning = self._bindings.meaning(owner.id, scope)
        if isinstance(meaning, TopLevel):
            for value, line in self._bindings.declared(meaning.module, meaning.name):
                if isinstance(value, Obj):
                    props = [prop for prop in value.props if isinstance(prop, Prop) and prop.key == expr.prop]
                    inside = tuple((prop.value, line) for prop in props)
                    return self.of_values(inside, self._in.module_scope(meaning.module))
            return None
        for function in range(len(self._in.program.modules[scope.module].functions)):
            for node in self._in.nodes_of(scope.module, function, Assign):
                if isinstance(node.target, Member) and node.target.prop == expr.prop:
                    made = self.of_values(((node.value, node.line),), scope)
                    if made is not None:
                        return made
        return None

    def of_field(self, cls: ClassValue, name: str) -> Made | None:
        """How the field of a class is made: by its declaration, its constructor, or as its type says."""
        for owner in self._in.classes.lineage(cls):
            facts = self._in.class_facts(owner)
            for field in facts.fields:
                if field.name == name:
                    value = ((field.value, field.line),) if field.value is not None else ()
                    made = self.of_values(value, owner.scope) or self.of_type(field.type, owner.module)
                    if made is not None:
                        return made
            for index in facts.methods:
                function = self._in.function(owner.module, index)
                for param in function.params if function.name == "constructor" else ():
                    if param.property and getattr(param.target, "id", "") == name:
                        made = self.of_type(param.type, owner.module)
                        if made is not None:
                            return made
                for node in self._in.nodes_of(owner.module, index, Assign):
                    if isinstance(node.target, Member) and node.target.prop == name:
                        made = self.of_values(((node.value, node.line),), owner.scope)
                        if made is not None:
                            return made
        return None

    def of_values(self, values: Sequence[Bound], scope: Scope) -> Made | None:
        """How a variable is made that holds one of `values`."""
        for value, _ in values[:8]:
            for expr in _alternatives(value):
                found = self.of_expression(expr, scope)
                if found is not None:
                    return found
        return None

    def of_expression(self, expr: Expr, scope: Scope) -> Made | None:
        """How what an expression gives is made, also through what is called on it: `createClient().on(…)`."""
        if isinstance(expr, Obj):
            return Made(OBJECT)
        for _ in range(6):
            if not isinstance(expr, Call):
                return None
            callee = expr.callee
            target = forced(self._in.evaluate(callee, scope))
            if isinstance(target, ForeignValue) and target.args is None:
                store = store_of(target.package, target.path)
                if store is not None:
                    return Made(store, target.package, expr, scope)
            if not isinstance(callee, Member):
                return None
            expr = callee.obj.value if isinstance(callee.obj, Await) else callee.obj  # createClient().on(…)
        return None

    def of_type(self, text: str, module: str) -> Made | None:
        """What a type says of how something is made."""
        head = text.split("<", maxsplit=1)[0].strip()
        if head in ("Map", "WeakMap", "Set", "WeakSet"):
            store = store_of("", (head,))
            return Made(store) if store is not None else None
        if head == "Record" or text.strip().startswith("{ [") or text.strip().startswith("{["):
            return Made(OBJECT)
        for name in type_names(text)[:3]:
            definition = self._in.program.name(module, name)
            store = store_type(name)
            if isinstance(definition, Foreign):
                store = store_of(definition.package, definition.path)
                if store is not None:
                    return Made(store, definition.package)
            if store is not None:
                return Made(store)
        return None


def made_by(value: Value) -> Made | None:
    """How an object is made that a container of dependencies, or a function of the program, hands out."""
    known = forced(value)
    if isinstance(known, OneOf):
        return next((made for one in known.values if (made := made_by(one)) is not None), None)
    if not isinstance(known, ForeignValue) or known.args is None or not known.package:
        return None
    store = store_of(known.package, known.path)
    return Made(store, known.package) if store is not None else None


def _alternatives(expr: Expr, depth: int = 4) -> Iterator[Expr]:
    if isinstance(expr, (Await, Typed)):
        yield from _alternatives(expr.value, depth)
    elif isinstance(expr, Cond) and depth:
        yield from _alternatives(expr.then, depth - 1)
        yield from _alternatives(expr.other, depth - 1)
    elif isinstance(expr, Op) and depth:
        for item in expr.items:
            yield from _alternatives(item, depth - 1)
    elif isinstance(expr, Assign) and depth:
        yield from _alternatives(expr.value, depth - 1)
    else:
        yield expr
