"""What a dependency injection container hands to constructors: by type, by token, by configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.types import HEAD
from callaudit.flow.values import (
    UNDEFINED,
    ClassValue,
    Closure,
    Const,
    ForeignValue,
    Instance,
    Lazy,
    Record,
    Seq,
    Unknown,
    Value,
    forced,
)  # fmt: skip
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.syntax.facts import Param


class Injection:
    """The container of the program's classes."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._providers: dict[object, Value] | None = None
        self._configurations: list[Value] = []

    def injected(self, cls: ClassValue) -> Instance:
        """The one object of `cls` that a container makes."""
        return self._in.instance(("injected", cls.module, cls.index), cls, None)

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
            if (
                isinstance(factory, ForeignValue) and factory.args and len(factory.args) > 1
            ):  # registerAs(name, factory)
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
            if not isinstance(function, Closure):
                return UNDEFINED
            tokens = forced(record.fields.get("inject", UNDEFINED))
            given = [self._asked(token) for token in tokens.items] if isinstance(tokens, Seq) else []
            return interpreter.run(function, given, effects=False).value

        return Lazy(made)

    def held(self, token: Value) -> Value:
        """What a container gives for a class or a token; a class of a library stands for its object."""
        found = self.provided(token)
        if found is not None:
            return forced(found)
        return self.injected(token) if isinstance(token, ClassValue) else token

    def _asked(self, token: Value) -> Value:
        """What a factory is handed for one of the tokens that it asks for."""
        known = forced(token)
        if isinstance(known, Record) and "token" in known.fields:  # { token, optional }
            known = forced(known.fields["token"])
        found = self.provided(known)
        if found is not None:
            return found
        return self.injected(known) if isinstance(known, ClassValue) else Unknown("dependency", "it is injected")


def _token(value: Value) -> object:
    value = forced(value)
    if isinstance(value, Const):
        return value.value
    if isinstance(value, ClassValue):
        return (value.module, value.index)
    if isinstance(value, ForeignValue):
        return (value.package, value.path, tuple(_token(arg) for arg in value.args or ()))
    return id(value)
