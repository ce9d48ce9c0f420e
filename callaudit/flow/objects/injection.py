"""What a dependency injection container hands to constructors: by type, by token, by configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import unknown_arguments
from callaudit.flow.objects.container_modules import ClientModules, listed, registered, ways
from callaudit.flow.objects.members import member
from callaudit.flow.values.identity import identity
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.types import HEAD
from callaudit.flow.values.values import (  # fmt: skip
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Const,
    ForeignValue,
    Instance,
    Record,
    Seq,
    Unknown,
    Value,
)
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Param
    from callaudit.syntax.ir import Expr


MOST_PROVIDED = 8


class Injection:
    """The container of the program's classes."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._providers: dict[object, Value] | None = None
        self._found: dict[object, list[Value]] = {}
        self._configurations: list[Value] = []
        self._clients = ClientModules(self._options)
        self._stores: list[Record] = []
        self._bound: dict[object, list[Record]] = {}

    def injected(self, cls: ClassValue) -> Instance:
        """The one object of `cls` that a container makes."""
        return self._in.instance(("injected", cls.module, cls.index), cls, None)

    def injection(self, cls: ClassValue, param: Param) -> Value:
        """What a container hands to the constructor of `cls` for `param`."""
        module = cls.module
        name = param.target.id if isinstance(param.target, Name) else "param"
        for decorator in param.decorators:
            if isinstance(decorator.callee, Name) and decorator.callee.id == "Inject" and decorator.args:
                token = self._in.evaluate(decorator.args[0], self._in.module_scope(module))
                found = self.provided(token)
                if found is not None:
                    return found
            if isinstance(decorator.callee, Name) and decorator.callee.id == "InjectQueue" and decorator.args:
                return self._queue(module, param, decorator.args[0])
        if param.type:
            provided = self._provided_for_type(module, param.type) or self._client(cls, param.type)
            return provided if provided is not None else Unknown(name, "it is injected", type=(module, param.type))
        return Unknown(name, "it is injected")

    def _client(self, cls: ClassValue, text: str) -> Value | None:
        """The client of a library that a module makes for `cls` with options of its own."""
        of_type = self._in.types.of_type(cls.module, text)
        if not isinstance(of_type, Client):
            return None
        self.provided(UNDEFINED)
        return self._clients.client((cls.module, cls.index), of_type)

    def _queue(self, module: str, param: Param, name: Expr) -> Value:
        """The queue called `name`, of the library that the parameter's type is from."""
        of_type = self._in.types.of_type(module, param.type) if param.type else None
        if isinstance(of_type, Client):
            return Client(of_type.library, of_type.kind, (self._in.evaluate(name, self._in.module_scope(module)),))
        return Unknown("queue", "it is injected")

    def _provided_for_type(self, module: str, text: str) -> Value | None:
        head = HEAD.match(text)
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

    def bound(self, token: Value) -> list[Value]:
        """The classes, or what factories and values are, that modules bind to `token`: libraries' own among them."""
        self.provided(UNDEFINED)
        found: list[Value] = []
        for record in self._bound.get(_token(token), ()):
            given = [record.fields[name] for name in ("useClass", "useExisting", "useValue") if name in record.fields]
            made = given[0] if given else self._factory(record)
            found.extend(ways(made) if made is not None else ())
        return found

    def _collect_providers(self) -> None:
        for path, here in self._in.program.modules.items():
            for index, cls in enumerate(here.classes):
                for decorator in cls.decorators:
                    if isinstance(decorator.callee, Name) and decorator.callee.id == "Module" and decorator.args:
                        options = self._in.evaluate(decorator.args[0], self._in.module_scope(path))
                        self._collect_from((path, index), options)

    def _collect_from(self, module: tuple[str, int], options: Value) -> None:
        for one in ways(options):
            self._collect_way(one)
            if isinstance(one, Record):
                self._clients.note(module, one)

    def _collect_way(self, options: Value) -> None:
        for item in listed(options, "imports"):
            self._collect_configuration(item)
            self._collect_store(item)
        for record in listed(options, "providers"):
            if isinstance(record, Record) and "provide" in record.fields and self._providers is not None:
                token = _token(forced(record.fields["provide"]))
                self._bound.setdefault(token, []).append(record)
                value = self._provider(record)
                if value is not None:
                    self._found.setdefault(token, []).append(value)
                    self._providers[token] = self._any_of(self._found[token])

    def _any_of(self, values: list[Value]) -> Value:
        """What several modules, or the branches of one, provide for one token."""
        return values[0] if len(values) == 1 else Lazy(lambda: join(values[:MOST_PROVIDED]))

    def _collect_configuration(self, module: Value) -> None:
        """The objects that `ConfigModule.forRoot({ load: [...] })` makes readable by path."""
        if not (isinstance(module, ForeignValue) and module.path[:1] == ("ConfigModule",) and module.args):
            return
        options = forced(module.args[0])
        if isinstance(options, Record):
            self._in.settings.checked_by(options)
        load = forced(options.fields.get("load", UNDEFINED)) if isinstance(options, Record) else UNDEFINED
        for item in load.items if isinstance(load, Seq) else ():
            factory = forced(item)
            name = ""
            if (
                isinstance(factory, ForeignValue) and factory.args and len(factory.args) > 1
            ):  # registerAs(name, factory)
                key = forced(factory.args[0])
                name = str(key.value) if isinstance(key, Const) else ""
                factory = forced(factory.args[1])
            if isinstance(factory, Closure):
                value = self._in.run(factory, [], effects=False).value
                self._configurations.append(Record({name: value}) if name else forced(value))

    def _collect_store(self, module: Value) -> None:
        """The options of `CacheModule.register({ … })`, or what the factory of `registerAsync` gives."""
        if isinstance(module, ForeignValue) and module.path[:1] == ("CacheModule",):
            options = registered(module, self._options)
            if isinstance(options, Record):
                self._stores.append(options)

    def stores(self) -> list[Record]:
        """What the caches that a container hands out are made with, each module's."""
        self.provided(UNDEFINED)
        return self._stores

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
        classes = [one for one in ways(cls) if isinstance(one, ClassValue)]
        if classes:
            return join(self.injected(one) for one in classes)
        if "useExisting" in record.fields:  # another name for what is provided elsewhere
            return Lazy(lambda: forced(self.provided(cls) or UNDEFINED))
        if "useValue" in record.fields:
            return record.fields["useValue"]
        return self._factory(record)

    def _factory(self, record: Record) -> Value | None:
        """What the factory of a provider, or of asynchronous options, makes; `None` where there is none."""
        factory = record.fields.get("useFactory")
        if factory is None:
            return None
        interpreter = self._in

        def made() -> Value:
            function = forced(factory)
            if not isinstance(function, Closure):
                return UNDEFINED
            return interpreter.run(function, self._handed_to(function, record), effects=False).value

        return Lazy(made)

    def _options(self, record: Record, method: str) -> Value | None:
        """What the factory of asynchronous options makes, or the `method` of a class that makes them."""
        cls = forced(record.fields.get("useClass", record.fields.get("useExisting", UNDEFINED)))
        if not isinstance(cls, ClassValue):
            return self._factory(record)
        makes = forced(member(self._in, self.injected(cls), method))
        return self._in.run(makes, [], effects=False).value if isinstance(makes, Closure) else None

    def held(self, token: Value) -> Value:
        """What a container gives for a class or a token; a class of a library stands for its object."""
        found = self.provided(token)
        if found is not None:
            return forced(found)
        return self.injected(token) if isinstance(token, ClassValue) else token

    def _handed_to(self, factory: Closure, record: Record) -> list[Value]:
        """What a container hands to a factory: what it provides for the tokens in `inject`, else by declared type."""
        args = unknown_arguments(self._in, factory)
        for number, item in enumerate(listed(record, "inject")[: len(args)]):
            optional = isinstance(item, Record) and "token" in item.fields  # { token, optional }
            token = forced(item.fields["token"]) if optional and isinstance(item, Record) else item
            found = self.provided(token)
            if found is None and isinstance(token, ClassValue):
                found = self.injected(token)
            if found is not None:
                args[number] = found
        return args


def _token(value: Value) -> object:
    value = forced(value)
    if isinstance(value, Const):
        return value.value
    if isinstance(value, ClassValue):
        return (value.module, value.index)
    if isinstance(value, ForeignValue):
        return (value.package, value.path, tuple(_token(arg) for arg in value.args or ()))
    return identity(value)
