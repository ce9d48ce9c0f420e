"""Objects of classes: fields, constructors, inheritance, and what methods set later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.lent_lists import is_list, lent, with_more
from callaudit.flow.lists.putters import writing_scopes
from callaudit.flow.machine.decorating import replaced
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.static import CHANGES, static_scope
from callaudit.flow.objects.static_fields import static_value, undeclared
from callaudit.flow.reading.counting import STEPS, steps_of_others
from callaudit.flow.reading.counting import stepped as stepped_by
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.type_homes import declared
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import (  # fmt: skip
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    ForeignValue,
    Instance,
    Record,
    Seq,
    Unknown,
    Value,
    is_nothing,
)
from callaudit.libraries.model import Make
from callaudit.libraries.registry import client_type, exported
from callaudit.syntax.facts import ANY_METHOD
from callaudit.syntax.ir import Assign, Call, Expr, Let, Member, Name, Un

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Field, Function

MOST_BASES = 20
MOST_STEPS = 8
"""Places where other code counts a field on."""
_NOTHING = Name("undefined")
_THIS = frozenset({"this"})
NOT_DECLARED = Unknown("member", "no such member is declared")


class Classes:
    """Objects of the program's classes."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._methods: dict[object, Value] = {}
        self._declared: dict[tuple[str, int], dict[tuple[str, bool, bool], int]] = {}
        self._writes: dict[tuple[str, int], dict[str, list[tuple[int, Expr]]]] = {}
        self._stepped: dict[tuple[str, int], set[str]] = {}
        self._extending: set[tuple[str, int]] = set()

    def member(self, instance: Instance, name: str) -> Value | None:
        """The field or method `name` of `instance`."""
        self.initialize(instance)
        value = instance.fields.get(name)
        if value is not None:
            return self._with_writes(instance, name, value)
        for cls in self.lineage(instance.cls):
            function = self.method(cls, name, static=False)
            if function is not None:
                closure = Closure(cls.module, function, cls.scope, instance)
                if self._in.function(cls.module, function).accessor:
                    return self._in.run(closure, [], effects=False).value
                return self.decorated(closure)
        later = instance.later.get(name)
        if later is None:
            later = instance.later[name] = Lazy(lambda: self._set_elsewhere(instance, name))
        found = later.force()
        return self._of_any_name(instance) if found is NOT_DECLARED else found

    def _of_any_name(self, instance: Instance) -> Value | None:
        """The methods whose names are computed, of which a member that is not declared may be one."""
        ways: list[Value] = []
        for cls in self.lineage(instance.cls):
            if self.method(cls, ANY_METHOD, static=False) is None:
                continue
            for index in self._in.class_facts(cls).methods:
                function = self._in.function(cls.module, index)
                if function.name == ANY_METHOD:
                    around = static_scope(self._in, cls.module, function.parent)
                    ways.append(Closure(cls.module, index, around, instance))
        return join([*ways, UNDEFINED]) if ways else None

    def decorated(self, method: Closure) -> Value:
        """A method, or what its decorators put in its place."""
        if not self._in.function(method.module, method.index).decorators:
            return method
        place = (method.module, method.index, key(method.this) if method.this is not None else None)
        known = self._methods.get(place)
        if known is None:
            self._methods[place] = method  # what a decorator asks of the object is the method itself
            known = self._methods[place] = replaced(self._in, method, method.scope)
        return known

    def _set_elsewhere(self, instance: Instance, name: str) -> Value:
        """A member that neither the fields nor the methods of the class declare with a value."""
        written = self._written(instance, name)
        if isinstance(written, (Record, Seq, Instance, Closure)):  # until then it is not there, and code may ask that
            return join([written, UNDEFINED])
        return written or self._typed_field(instance, name) or NOT_DECLARED

    def static(self, cls: ClassValue, field: Field) -> Value | None:
        """What a static field of `cls` may hold."""
        return static_value(self._in, cls, field)

    def undeclared(self, cls: ClassValue, name: str) -> Value | None:
        """What a static field of `cls` may hold that is only assigned."""
        return undeclared(self._in, cls, name)

    def method(self, cls: ClassValue, name: str, *, static: bool, setting: bool = False) -> int | None:
        """The number of the method `name` that `cls` itself declares; `setting` asks for what sets a property."""
        place = (cls.module, cls.index)
        declared = self._declared.get(place)
        if declared is None:
            declared = self._declared[place] = {}
            for index in self._in.class_facts(cls).methods:
                function = self._in.function(cls.module, index)
                declared.setdefault((function.name, function.static, function.setter), index)
        return declared.get((name, static, setting))

    def draws(self, cls: ClassValue) -> bool:
        """Whether a class is a component: it says itself what is drawn (https://react.dev/reference/react/Component)."""
        return self.method(cls, "render", static=False) is not None

    def lineage(self, cls: ClassValue) -> Iterator[ClassValue]:
        """`cls` and the classes of the program that it extends, nearest first."""
        current: Value | None = cls
        for _ in range(MOST_BASES):
            if not isinstance(current, ClassValue):
                return
            yield current
            current = self._base(current)

    def _base(self, cls: ClassValue) -> Value | None:
        """What a class extends; nothing while that is being found: `class A extends f(A.prototype.x)` does not run."""
        base, place = self._in.class_facts(cls).base, (cls.module, cls.index)
        if base is None or place in self._extending:
            return None
        self._extending.add(place)
        try:
            return forced(self._in.evaluate(base, cls.scope))
        finally:
            self._extending.discard(place)

    def inherited(self, instance: Instance, name: str, scope: Scope) -> Closure | None:
        """The method that `super.name` means in `scope`."""
        here = (scope.module, self._in.fillings.class_around(scope.module, scope.function))
        lineage = list(self.lineage(instance.cls))
        places = [(cls.module, cls.index) for cls in lineage]
        for cls in lineage[places.index(here) + 1 if here in places else 1 :]:
            index = self.method(cls, name, static=False)
            if index is not None:
                return Closure(cls.module, index, cls.scope, instance)
        return None

    def as_client(self, instance: Instance) -> Client | None:
        """The client of a library that `instance` is, where its class extends one of a library."""
        last = list(self.lineage(instance.cls))[-1]
        value = self._base(last)
        if not isinstance(value, ForeignValue) or value.args is not None:
            return None
        made = exported(value.package, value.path)
        if made is not None and isinstance(made[1], Make):
            library, kind = made[0], made[1].kind
        else:
            found = client_type(value.package, value.path[-1] if value.path else "default")
            if found is None:
                return None
            library, kind = found
        return Client(
            library,
            kind,
            self._handed_up(instance, last),
            ("base", instance.place, (instance.cls.module, instance.cls.index)),
        )

    def _handed_up(self, instance: Instance, cls: ClassValue) -> tuple[Value, ...]:
        """What the constructor of `cls` hands to the library's class that it extends."""
        index = self.method(cls, "constructor", static=False)
        if index is None:
            return instance.args or ()
        for node in self._in.nodes_of(cls.module, index, Call):
            if isinstance(node.callee, Name) and node.callee.id == "super":
                scope = static_scope(self._in, cls.module, index, instance)
                return tuple(self._in.lazy(arg, scope) for arg in node.args)
        return ()

    def initialize(self, instance: Instance) -> None:
        """Run the field initializers and the constructor of `instance`, once."""
        if instance.state:
            return
        instance.state = 1
        for cls in reversed(list(self.lineage(instance.cls))):
            self._initialize_fields(instance, cls)
        for cls in self.lineage(instance.cls):
            constructor = self.method(cls, "constructor", static=False)
            if constructor is not None:
                self.construct(instance, cls, constructor, instance.args)
                break
        instance.state = 2

    def fields_scope(self, instance: Instance, cls: ClassValue) -> Scope:
        """The scope in which the fields that `cls` declares are given their values."""
        scope = Scope(cls.module, cls.scope, this=instance)
        scope.mark = ("fields", instance.place)
        return scope

    def _initialize_fields(self, instance: Instance, cls: ClassValue) -> None:
        scope = self.fields_scope(instance, cls)
        for field in self._in.class_facts(cls).fields:
            if field.value is not None and not field.static:
                value = self._in.lazy(field.value, scope)
                filled = "." + field.name in self._in.program.modules[cls.module].filled
                if filled:
                    value = self._in.fillings.field(value, instance, cls.module, cls.index, field.name)
                elif is_list(field.value) and "." + field.name in lent(self._in, cls.module):
                    value = with_more(value)
                instance.fields[field.name] = value

    def construct(self, instance: Instance, cls: ClassValue, constructor: int, args: tuple[Value, ...] | None) -> None:
        """Run a constructor for the fields that it sets."""
        function = self._in.function(cls.module, constructor)
        given = (
            args if args is not None else tuple(self._in.injection.injection(cls, param) for param in function.params)
        )
        for number, param in enumerate(function.params):
            if param.property and isinstance(param.target, Name):
                instance.fields[param.target.id] = self._property(cls, function, number, given)
        self._in.run(Closure(cls.module, constructor, cls.scope, instance), given, effects=False, anew=True)

    def _property(self, cls: ClassValue, function: Function, number: int, given: tuple[Value, ...]) -> Value:
        param = function.params[number]
        value = given[number] if number < len(given) else UNDEFINED
        if param.default is not None and forced(value) is UNDEFINED:
            return self._in.lazy(param.default, cls.scope)
        return value

    def _with_writes(self, instance: Instance, name: str, value: Value) -> Value:
        """A field with what methods assign to it after the constructor."""
        if instance.state != 2 or isinstance(value, Closure):
            return forced(value)
        later = instance.later.get(name)
        if later is None:
            later = instance.later[name] = Lazy(lambda: self._joined(instance, name, value))
        return forced(value) if later.busy else later.force()

    def _joined(self, instance: Instance, name: str, value: Value) -> Value:
        written = self._written(instance, name)
        known = forced(value) if written is None else join([value, written])
        if isinstance(known, Unknown) and known.type is not None:
            return known
        typed = self._typed_field(instance, name) if _says_nothing(known) else None
        return typed if typed is not None else known

    def _written(self, instance: Instance, name: str) -> Value | None:
        """What the methods of the class assign to a field that neither its declaration nor the constructor sets."""
        for cls in self.lineage(instance.cls):
            places = self._writes_of(cls).get(name)
            stepped = name in self._stepped[cls.module, cls.index] or self._is_stepped(instance, cls, name)
            if places or stepped:
                values = [
                    self._in.evaluate(value, scope)
                    for index, value in (places or ())[:8]
                    for scope in writing_scopes(self._in, cls.module, index, instance, value)
                ]
                return join([*values, Unknown(name, CHANGES, given=True)] if stepped else values)
        return None

    def _is_stepped(self, instance: Instance, cls: ClassValue, name: str) -> bool:
        """Whether other code of the file counts a field of `instance` on."""
        places = steps_of_others(self._in, self._in.program.modules[cls.module]).get(name, ())
        owners = (
            forced(self._in.evaluate(owner, static_scope(self._in, cls.module, index)))
            for index, owner in places[:MOST_STEPS]
        )
        return any(one is instance for owner in owners for one in getattr(owner, "values", (owner,)))

    def _writes_of(self, cls: ClassValue) -> dict[str, list[tuple[int, Expr]]]:
        key = (cls.module, cls.index)
        if key not in self._writes:
            found: dict[str, list[tuple[int, Expr]]] = {}
            stepped = self._stepped[key] = set()
            for index in self._in.class_facts(cls).methods:
                if self._in.function(cls.module, index).name == "constructor":
                    continue
                own = own_names(self._in.nodes_of(cls.module, index, Let))
                for node in self._in.nodes_of(cls.module, index, Assign):
                    name = _own_field(node.target, own)
                    if name and node.op in ("=", "??=", "||=") and stepped_by(node) is None:
                        found.setdefault(name, []).append((index, node.value))
                    elif name:
                        stepped.add(name)
                for step in self._in.nodes_of(cls.module, index, Un):
                    name = _own_field(step.value, own)
                    if name and step.op == "delete":
                        found.setdefault(name, []).append((index, _NOTHING))
                    elif name and step.op in STEPS:
                        stepped.add(name)
            self._writes[key] = found
        return self._writes[key]

    def _typed_field(self, instance: Instance, name: str) -> Value | None:
        for cls in self.lineage(instance.cls):
            for field in self._in.class_facts(cls).fields:
                if field.name == name and field.type:
                    type_ = declared(self._in, cls.module, field.type)
                    return Unknown(name, "it is set where the analysis does not see it", type=type_)
        return None


def own_names(lets: Sequence[Let]) -> frozenset[str]:
    """What a method calls its object: `this`, and names such as `self` in `const self = this`."""
    named = (let.target for let in lets if isinstance(let.value, Name) and let.value.id == "this")
    return _THIS.union(target.id for target in named if isinstance(target, Name))


def _own_field(target: object, own: frozenset[str] = _THIS) -> str:
    """The name of a field of the object that `own` names; empty for anything else."""
    is_own = isinstance(target, Member) and isinstance(target.obj, Name) and target.obj.id in own
    return target.prop if is_own else ""  # type: ignore[attr-defined]


def _says_nothing(value: Value) -> bool:
    """Whether a field's value is only what it begins as: nothing, or an empty container."""
    if isinstance(value, Record):
        return not value.fields and value.rest is None
    if isinstance(value, Seq):
        return not value.items
    return is_nothing(value)
