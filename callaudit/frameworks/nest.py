"""NestJS: controllers with their prefixes, versions and method decorators. https://docs.nestjs.com/controllers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.static import static_scope
from callaudit.flow.values import ClassValue, Closure, Const, Record, Seq, Value, forced
from callaudit.frameworks.model import Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Call, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.facts import Class, Function

VERBS = {
    "Get": "GET", "Post": "POST", "Put": "PUT", "Patch": "PATCH", "Delete": "DELETE", "All": "ANY", "Options": "OPTIONS",
    "Head": "HEAD", "Search": "SEARCH",
}  # fmt: skip
NEUTRAL = "__neutral__"


class Setup(Struct):
    """What an app's bootstrap sets for all its controllers."""

    prefix: str = ""
    versioned: bool = False
    version: str = ""
    mark: str = "v"


class Nest:
    """Classes with `@Controller`."""

    name = "nest"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each method decorator and path."""
        setups: dict[str, Setup] = {}
        for path, module in sorted(interpreter.program.modules.items()):
            for number, cls in enumerate(module.classes):
                options = _decorated(cls.decorators, "Controller")
                if options is None:
                    continue
                app = app_of(interpreter, path)
                if app not in setups:
                    setups[app] = _setup(interpreter, app)
                value = ClassValue(path, number, interpreter.module_scope(path))
                yield from self._routes(interpreter, value, cls, options, setups[app], app)

    def _routes(
        self, interpreter: Interpreter, value: ClassValue, cls: Class, options: Call, setup: Setup, app: str
    ) -> Iterable[Entry]:
        scope = interpreter.module_scope(value.module)
        prefixes, version = _controller(interpreter, options, scope)
        own = _decorated(cls.decorators, "Version")
        version = _versions(interpreter, own, scope) if own is not None else version
        controller = interpreter.injection.injected(value)
        for owner in interpreter.classes.lineage(value):
            for index in interpreter.class_facts(owner).methods:
                function = interpreter.function(owner.module, index)
                closure = Closure(owner.module, index, owner.scope, controller)
                start = Start(closure, unknown_args(interpreter, closure), controller)
                for verb, paths, line in _verbs(interpreter, function, scope):
                    chosen = _decorated(function.decorators, "Version")
                    versions = _versions(interpreter, chosen, scope) if chosen is not None else version
                    for where in _full_paths(setup, prefixes, paths, versions):
                        yield route(self.name, verb, where, value.module, line, app, (start,))


def _full_paths(setup: Setup, prefixes: list[str], paths: list[str], versions: list[str]) -> list[str]:
    segments = [""]
    if setup.versioned:
        chosen = versions or ([setup.version] if setup.version else [])
        segments = ["" if version == NEUTRAL else f"{setup.mark}{version}" for version in chosen] or [""]
    return [
        join_paths(setup.prefix, segment, prefix, path)
        for segment in segments
        for prefix in prefixes
        for path in paths
    ]


def _decorated(decorators: tuple[Call, ...], name: str) -> Call | None:
    return next((call for call in decorators if _is_called(call, name)), None)


def _is_called(call: Call, name: str) -> bool:
    callee = call.callee
    return (isinstance(callee, Name) and callee.id == name) or (
        isinstance(callee, Member) and callee.prop == name
    )


def _verbs(
    interpreter: Interpreter, function: Function, scope: Scope
) -> Iterable[tuple[str, list[str], int]]:
    for call in function.decorators:
        name = call.callee.id if isinstance(call.callee, Name) else ""
        if name in VERBS:
            paths = _strings(interpreter.evaluate(call.args[0], scope)) if call.args else [""]
            yield VERBS[name], paths or [""], call.line
        elif name == "Sse":
            yield (
                "GET",
                (_strings(interpreter.evaluate(call.args[0], scope)) if call.args else [""]) or [""],
                call.line,
            )


def _controller(interpreter: Interpreter, options: Call, scope: Scope) -> tuple[list[str], list[str]]:
    if not options.args:
        return [""], []
    value = forced(interpreter.evaluate(options.args[0], scope))
    if isinstance(value, Record):
        path = _strings(value.fields["path"]) if "path" in value.fields else [""]
        version = _strings(value.fields["version"]) if "version" in value.fields else []
        return path or [""], version
    return _strings(value) or [""], []


def _versions(interpreter: Interpreter, call: Call, scope: Scope) -> list[str]:
    return _strings(interpreter.evaluate(call.args[0], scope)) if call.args else []


def _strings(value: Value) -> list[str]:
    value = forced(value)
    if isinstance(value, Seq):
        return [text for item in value.items for text in _strings(item)]
    if isinstance(value, Const) and isinstance(value.value, (str, int)):
        return [str(value.value)]
    if not isinstance(value, Const):
        return [NEUTRAL] if "NEUTRAL" in str(getattr(value, "path", "")) else []
    return []


def _setup(interpreter: Interpreter, app: str) -> Setup:
    """Read `setGlobalPrefix` and `enableVersioning` wherever the app calls them."""
    setup = Setup()
    for path, module in sorted(interpreter.program.modules.items()):
        if app_of(interpreter, path) != app or ".setGlobalPrefix" not in module.functions[0].refs:
            if ".enableVersioning" not in module.functions[0].refs or app_of(interpreter, path) != app:
                continue
        for index, function in enumerate(module.functions):
            for node in walk(function.body):
                if isinstance(node, Call) and isinstance(node.callee, Member):
                    scope = static_scope(interpreter, path, index)
                    _read_setting(interpreter, setup, node.callee.prop, node, scope)
    return setup


def _read_setting(interpreter: Interpreter, setup: Setup, name: str, call: Call, scope: Scope) -> None:
    if name == "setGlobalPrefix" and call.args:
        setup.prefix = next(iter(_strings(interpreter.evaluate(call.args[0], scope))), setup.prefix)
    elif name == "enableVersioning":
        setup.versioned = True
        options = forced(interpreter.evaluate(call.args[0], scope)) if call.args else None
        if not isinstance(options, Record):
            return
        kind = forced(options.fields["type"]) if "type" in options.fields else None
        setup.versioned = kind is None or getattr(kind, "path", ("URI",))[-1:] == ("URI",)
        if "defaultVersion" in options.fields:
            setup.version = next(iter(_strings(options.fields["defaultVersion"])), "")
        prefix = forced(options.fields["prefix"]) if "prefix" in options.fields else None
        if isinstance(prefix, Const):
            setup.mark = prefix.value if isinstance(prefix.value, str) else ""


FRAMEWORK = Nest()
