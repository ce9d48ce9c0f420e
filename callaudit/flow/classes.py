"""Objects of classes: fields, constructors, injection, inheritance, and what a type may be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.join import join
from callaudit.flow.scope import Scope
from callaudit.flow.values import (
    UNDEFINED, ClassValue, Client, Closure, Const, ForeignValue, Instance, Lazy, Record, Seq, Undefined, Unknown,
    Value, forced,
)  # fmt: skip
from callaudit.libraries.registry import client_type
from callaudit.link.program import Defined, Foreign
from callaudit.syntax.ir import Assign, Expr, Let, Member, Name, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.syntax.facts import Class, Function, Param

MOST_IMPLEMENTERS = 8
MOST_BASES = 20
NOT_DECLARED = Unknown("member", "no such member is declared")
_WRAPPED = re.compile(r"^(?:Promise|Readonly|Partial|Required|NonNullable|Awaited|Ref|MutableRefObject|RefObject)<(.*)>$", re.DOTALL)
_HEAD = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_RETURN = re.compile(r"^ReturnType<\s*typeof\s+([\w$.]+)\s*>$")
_INSTANCE = re.compile(r"^InstanceType<\s*typeof\s+([\w$.]+)\s*>$")


class Classes:
    """Everything about classes that needs the whole program; each answer is found once."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._implementers: dict[tuple[str, str], list[ClassValue]] | None = None
        self._providers: dict[object, Value] | None = None
        self._configurations: list[Value] = []
        self._types: dict[tuple[str, str], Value | None] = {}
        self._writes: dict[tuple[str, int], dict[str, list[tuple[int, Expr]]]] = {}

    # --- types ----------------------------------------------------------------------------------

    def of_type(self, module: str, text: str) -> Value | None:
        """What a value declared as `text` in `module` may be; `None` where the type says nothing."""
        key = (module, text)
        if key not in self._types:
            self._types[key] = None  # a type that refers to itself says nothing
            self._types[key] = self._of_type(module, text.strip())
        return self._types[key]

    def _of_type(self, module: str, text: str) -> Value | None:
        for _ in range(4):
            wrapped = _WRAPPED.match(text)
            if not wrapped:
                break
            text = wrapped[1].strip()
        parts = [part.strip() for part in text.split("&")]
        if len(parts) > 1 and "<" not in text and "{" not in text:
            found = [value for value in (self.of_type(module, part) for part in parts[:MOST_IMPLEMENTERS]) if value]
            return found[0] if found else None
        union = [part.strip() for part in text.split("|") if part.strip() not in ("null", "undefined", "")]
        if len(union) > 1 and "<" not in text and "{" not in text:
            found = [value for value in (self.of_type(module, part) for part in union[:MOST_IMPLEMENTERS]) if value]
            return join(found) if found else None
        text = union[0] if len(union) == 1 else text
        special = self._from_value(module, text)
        if special is not None:
            return special
        head = _HEAD.match(text)
        return self._named(module, head[0]) if head and not text.endswith("[]") else None

    def _from_value(self, module: str, text: str) -> Value | None:
        scope = self._in.module_scope(module)
        called = _RETURN.match(text)
        if called:
            function = self._in.lookup(called[1], scope)
            return self._in.run(function, [], effects=False).value if isinstance(function, Closure) else None
        made = _INSTANCE.match(text)
        if made:
            cls = self._in.lookup(made[1], scope)
            return self.injected(cls) if isinstance(cls, ClassValue) else None
        if text.startswith("typeof "):
            name = _HEAD.match(text[7:].strip())
            return self._in.lookup(name[0], scope) if name and "." not in name[0] else None
        return None

    def _named(self, module: str, name: str) -> Value | None:
        head, _, rest = name.partition(".")
        definition = self._in.program.name(module, head)
        if isinstance(definition, Foreign):
            found = client_type(definition.package, rest or (definition.path[-1] if definition.path else head))
            return Client(found[0], found[1], ()) if found else None
        if isinstance(definition, Defined):
            value = self._in.defined(definition, head)
            if isinstance(value, ClassValue):
                return self._instances_of(value)
        declared = self._in.program.interface(module, name)
        if declared is None:
            return None
        owner, interface = declared
        if interface.text and interface.text != name:
            return self.of_type(owner, interface.text)
        found_classes = self.implementers(owner, interface.name)
        if found_classes:
            return join(self.injected(cls) for cls in found_classes[:MOST_IMPLEMENTERS])
        return None

    def _instances_of(self, cls: ClassValue) -> Value:
        """An object of `cls`, or of the classes that extend it where it is abstract."""
        if not self._in.class_facts(cls).abstract:
            return self.injected(cls)
        found = self.implementers(cls.module, self._in.class_facts(cls).name)
        return join(self.injected(one) for one in found[:MOST_IMPLEMENTERS]) if found else self.injected(cls)

    def implementers(self, module: str, name: str) -> list[ClassValue]:
        """The classes that implement the interface, or extend the class, `name` of `module`."""
        if self._implementers is None:
            self._implementers = {}
            for path, here in self._in.program.modules.items():
                for number, cls in enumerate(here.classes):
                    for owner, base in self._parents(path, cls):
                        value = ClassValue(path, number, self._in.module_scope(path))
                        self._implementers.setdefault((owner, base), []).append(value)
        return self._implementers.get((module, name), [])

    def _parents(self, path: str, cls: Class) -> Iterator[tuple[str, str]]:
        program = self._in.program
        for text in cls.implements:
            head = _HEAD.match(text)
            declared = program.interface(path, head[0]) if head else None
            if declared is not None:
                yield declared[0], declared[1].name
        if isinstance(cls.base, Name):
            definition = program.name(path, cls.base.id)
            if isinstance(definition, Defined):
                yield definition.module, definition.name

    # --- objects --------------------------------------------------------------------------------

    def injected(self, cls: ClassValue) -> Instance:
        """The one object of `cls` that a container makes."""
        return self._in.instance(("injected", cls.module, cls.index), cls, None)

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
                return closure
        later = instance.later.get(name)
        if later is None:
            later = instance.later[name] = Lazy(lambda: self._set_elsewhere(instance, name))
        found = later.force()
        return None if found is NOT_DECLARED else found

    def _set_elsewhere(self, instance: Instance, name: str) -> Value:
        """A member that neither the fields nor the methods of the class declare with a value."""
        return self._written(instance, name) or self._typed_field(instance, name) or NOT_DECLARED

    def method(self, cls: ClassValue, name: str, *, static: bool) -> int | None:
        """The number of the method `name` that `cls` itself declares."""
        for index in self._in.class_facts(cls).methods:
            function = self._in.function(cls.module, index)
            if function.name == name and function.static == static:
                return index
        return None

    def lineage(self, cls: ClassValue) -> Iterator[ClassValue]:
        """`cls` and the classes of the program that it extends, nearest first."""
        current: Value | None = cls
        for _ in range(MOST_BASES):
            if not isinstance(current, ClassValue):
                return
            yield current
            base = self._in.class_facts(current).base
            current = forced(self._in.evaluate(base, current.scope)) if base is not None else None

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

    def _initialize_fields(self, instance: Instance, cls: ClassValue) -> None:
        from callaudit.flow.execute import opened

        scope = Scope(cls.module, cls.scope, this=instance)
        scope.mark = ("fields", instance.place)
        for field in self._in.class_facts(cls).fields:
            if field.value is not None and not field.static:
                value = self._in.lazy(field.value, scope)
                filled = "." + field.name in self._in.program.modules[cls.module].filled
                instance.fields[field.name] = opened(value) if filled else value

    def construct(self, instance: Instance, cls: ClassValue, constructor: int, args: tuple[Value, ...] | None) -> None:
        """Run a constructor for the fields that it sets."""
        function = self._in.function(cls.module, constructor)
        given = args if args is not None else tuple(self.injection(cls.module, param) for param in function.params)
        for number, param in enumerate(function.params):
            if param.property and isinstance(param.target, Name):
                instance.fields[param.target.id] = self._property(cls, function, number, given)
        self._in.run(Closure(cls.module, constructor, cls.scope, instance), given, effects=False)

    def _property(self, cls: ClassValue, function: Function, number: int, given: tuple[Value, ...]) -> Value:
        param = function.params[number]
        value = given[number] if number < len(given) else UNDEFINED
        if param.default is not None and forced(value) is UNDEFINED:
            return self._in.lazy(param.default, cls.scope)
        return value

    def injection(self, module: str, param: Param) -> Value:
        """What a container hands to a constructor for `param`."""
        name = param.target.id if isinstance(param.target, Name) else "param"
        for decorator in param.decorators:
            if isinstance(decorator.callee, Name) and decorator.callee.id == "Inject" and decorator.args:
                token = self._in.evaluate(decorator.args[0], self._in.module_scope(module))
                found = self.provided(token)
                if found is not None:
                    return found
        if param.type:
            provided = self._provided_for_type(module, param.type)
            return provided if provided is not None else Unknown(name, "it is injected", type=(module, param.type))
        return Unknown(name, "it is injected")

    def _provided_for_type(self, module: str, text: str) -> Value | None:
        head = _HEAD.match(text)
        if head is None or "." in head[0]:
            return None
        value = self._in.global_name(module, head[0])
        return self.provided(value) if isinstance(value, ClassValue) else None

    def provided(self, token: Value) -> Value | None:
        """What the modules of a container provide for `token`."""
        if self._providers is None:
            self._providers = {}
            self._collect_providers()
        return self._providers.get(_token(token))

    def _collect_providers(self) -> None:
        for path, here in self._in.program.modules.items():
            for cls in here.classes:
                for decorator in cls.decorators:
                    if isinstance(decorator.callee, Name) and decorator.callee.id == "Module" and decorator.args:
                        self._collect_from(self._in.evaluate(decorator.args[0], self._in.module_scope(path)))

    def _collect_from(self, options: Value) -> None:
        providers = forced(options.fields.get("providers", UNDEFINED)) if isinstance(options, Record) else UNDEFINED
        imports = forced(options.fields.get("imports", UNDEFINED)) if isinstance(options, Record) else UNDEFINED
        for item in imports.items if isinstance(imports, Seq) else ():
            self._collect_configuration(forced(item))
        for item in providers.items if isinstance(providers, Seq) else ():
            record = forced(item)
            if isinstance(record, Record) and "provide" in record.fields and self._providers is not None:
                token = _token(forced(record.fields["provide"]))
                value = self._provider(record)
                if value is not None:
                    self._providers[token] = value

    def _collect_configuration(self, module: Value) -> None:
        """The objects that `ConfigModule.forRoot({ load: [...] })` makes readable by path."""
        if not (isinstance(module, ForeignValue) and module.path[:1] == ("ConfigModule",) and module.args):
            return
        options = forced(module.args[0])
        load = forced(options.fields.get("load", UNDEFINED)) if isinstance(options, Record) else UNDEFINED
        for item in load.items if isinstance(load, Seq) else ():
            factory = forced(item)
            name = ""
            if isinstance(factory, ForeignValue) and factory.args and len(factory.args) > 1:  # registerAs(name, factory)
                key = forced(factory.args[0])
                name = str(key.value) if isinstance(key, Const) else ""
                factory = forced(factory.args[1])
            if isinstance(factory, Closure):
                value = self._in.run(factory, [], effects=False).value
                self._configurations.append(Record({name: value}) if name else forced(value))

    def configured(self, path: str) -> Value | None:
        """The configuration value at a dotted `path`; `None` where no factory makes one."""
        self.provided(UNDEFINED)
        for root in self._configurations:
            value: Value | None = root
            for name in path.split("."):
                value = forced(value.fields[name]) if isinstance(value, Record) and name in value.fields else None
                if value is None:
                    break
            if value is not None:
                return value
        return None

    def _provider(self, record: Record) -> Value | None:
        cls = forced(record.fields.get("useClass", record.fields.get("useExisting", UNDEFINED)))
        if isinstance(cls, ClassValue):
            return self.injected(cls)
        if "useValue" in record.fields:
            return record.fields["useValue"]
        factory = record.fields.get("useFactory")
        if factory is None:
            return None
        interpreter = self._in

        def made() -> Value:
            function = forced(factory)
            return interpreter.run(function, [], effects=False).value if isinstance(function, Closure) else UNDEFINED

        return Lazy(made)

    # --- fields that are set later ----------------------------------------------------------------

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
            if places:
                values = [
                    self._in.evaluate(value, static_scope(self._in, cls.module, index, instance)) for index, value in places[:8]
                ]
                return join(values)
        return None

    def _writes_of(self, cls: ClassValue) -> dict[str, list[tuple[int, Expr]]]:
        key = (cls.module, cls.index)
        if key not in self._writes:
            found: dict[str, list[tuple[int, Expr]]] = {}
            for index in self._in.class_facts(cls).methods:
                if self._in.function(cls.module, index).name == "constructor":
                    continue
                for node in walk(self._in.function(cls.module, index).body):
                    if isinstance(node, Assign) and isinstance(node.target, Member) and node.op in ("=", "??=", "||="):
                        owner = node.target.obj
                        if isinstance(owner, Name) and owner.id == "this":
                            found.setdefault(node.target.prop, []).append((index, node.value))
            self._writes[key] = found
        return self._writes[key]

    def _typed_field(self, instance: Instance, name: str) -> Value | None:
        for cls in self.lineage(instance.cls):
            for field in self._in.class_facts(cls).fields:
                if field.name == name and field.type:
                    return Unknown(name, "it is set where the analysis does not see it", type=(cls.module, field.type))
        return None


def _says_nothing(value: Value) -> bool:
    """Whether a field's value is only what it begins as: nothing, or an empty container."""
    if isinstance(value, Record):
        return not value.fields
    if isinstance(value, Seq):
        return not value.items
    return isinstance(value, Undefined) or (isinstance(value, Const) and value.value is None)


def _token(value: Value) -> object:
    value = forced(value)
    if isinstance(value, Const):
        return value.value
    if isinstance(value, ClassValue):
        return (value.module, value.index)
    if isinstance(value, ForeignValue):
        return (value.package, value.path, value.args and tuple(_token(arg) for arg in value.args))
    return id(value)


# --- what is assigned somewhere ------------------------------------------------------------------


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every record under `nodes`, without entering functions."""
    waiting: list[object] = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(reversed(node))
        elif isinstance(node, Node):
            yield node
            waiting.extend(getattr(node, name) for name in reversed(node.__struct_fields__))


def unknown_arguments(interpreter: Interpreter, closure: Closure) -> list[Value]:
    """Arguments of which nothing but the parameter's name and type is known."""
    function = interpreter.function(closure.module, closure.index)
    return [
        Unknown(getattr(param.target, "id", "param"), "a parameter", type=(closure.module, param.type) if param.type else None)
        for param in function.params
    ]


def static_scope(interpreter: Interpreter, module: str, index: int, this: Value | None = None) -> Scope:
    """The scope of a function whose callers are not known: parameters are unknown, variables are what they begin as."""
    from callaudit.flow.execute import bind_parameters, declare

    function = interpreter.function(module, index)
    if function.parent < 0:
        return interpreter.module_scope(module)
    place = (module, index, id(this))
    known = interpreter.static_scopes.get(place)
    if known is not None:
        return known
    outer = static_scope(interpreter, module, function.parent, this)
    scope = Scope(module, outer, this=this, function=index)
    scope.mark = (module, index, outer.mark, id(this))
    interpreter.static_scopes[place] = scope
    bind_parameters(interpreter, function, [], scope, known=False)
    for node in walk(function.body):
        if isinstance(node, Let):
            declare(interpreter, node, scope)
    return scope


def assigned_values(interpreter: Interpreter, scope: Scope, name: str, first: Value) -> Value:
    """Everything that the module `scope.module` ever assigns to its variable `name`."""
    values = [forced(first)]
    for index, function in enumerate(interpreter.program.modules[scope.module].functions):
        if name not in function.refs:
            continue
        for node in walk(function.body):
            if isinstance(node, Assign) and isinstance(node.target, Name) and node.target.id == name:
                inside = static_scope(interpreter, scope.module, index)
                if inside.find(name) in (scope, None):
                    values.append(interpreter.evaluate(node.value, inside))
    if len(values) == 1:  # `++` and the like
        values.append(Unknown(name, "it changes"))
    return join(values)
