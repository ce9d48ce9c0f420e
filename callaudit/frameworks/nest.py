"""NestJS: controllers with their prefixes, versions and method decorators. https://docs.nestjs.com/controllers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, ForeignValue, Record, Seq, Value
from callaudit.frameworks.decorators import applied, decorated_classes, decorator
from callaudit.frameworks.model import Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.nest_before import runs_before
from callaudit.frameworks.nest_cache import interceptor_guards
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Call, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.facts import Class, Function

VERBS = {
    "Get": "GET",
    "Post": "POST",
    "Put": "PUT",
    "Patch": "PATCH",
    "Delete": "DELETE",
    "All": "ANY",
    "Options": "OPTIONS",
    "Head": "HEAD",
    "Search": "SEARCH",
    "Sse": "GET",
}
NEUTRAL = "__neutral__"
SETTINGS = (".setGlobalPrefix", ".enableVersioning")


class Setup(Struct):
    """What an app's bootstrap sets for all its controllers."""

    app: str
    prefix: str = ""
    versioned: bool = False
    version: str = ""
    mark: str = "v"
    excluded: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """Routes that the prefix leaves out: (method or `ANY`, pattern of the path)."""

    def prefix_of(self, verb: str, path: str) -> str:
        """The global prefix of a route whose own path is `path`."""
        for method, pattern in self.excluded:
            if method in ("ANY", verb) and pattern.fullmatch(path):
                return ""
        return self.prefix


class Nest:
    """Classes with `@Controller`."""

    name = "nest"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each method decorator and path."""
        setups: dict[str, Setup] = {}
        folders: dict[tuple[str, int], list[str]] | None = None
        for value, cls, options in decorated_classes(interpreter, "Controller"):
            app = app_of(interpreter, value.module)
            if app not in setups:
                setups[app] = _setup(interpreter, app)
            if folders is None:
                folders = module_paths(interpreter)
            prefixes, versions = _controller(interpreter, cls, options, value.scope)
            above = folders.get((value.module, value.index), [""])
            prefixes = [join_paths(folder, prefix) for folder in above for prefix in prefixes]
            yield from self._routes(interpreter, value, setups[app], prefixes, versions)

    def _routes(
        self, interpreter: Interpreter, value: ClassValue, setup: Setup, prefixes: list[str], own: list[str]
    ) -> Iterable[Entry]:
        scope = interpreter.module_scope(value.module)
        controller = interpreter.injection.injected(value)
        for owner in interpreter.classes.lineage(value):
            for index in interpreter.class_facts(owner).methods:
                function = interpreter.function(owner.module, index)
                closure = Closure(owner.module, index, owner.scope, controller)
                start = Start(closure, unknown_args(interpreter, closure), controller)
                for verb, paths, line in _verbs(interpreter, function, owner.scope):
                    chosen = decorator(function.decorators, "Version")
                    versions = _versions(interpreter, chosen, scope) if chosen is not None else own
                    for where in _full_paths(setup, verb, prefixes, paths, versions):
                        guards = interceptor_guards(interpreter, value, function, verb, where)
                        guarded = replace(start, guards=guards) if guards else start
                        below = where.removeprefix(join_paths(setup.prefix)) if setup.prefix else where
                        before = runs_before(interpreter, value, function, below or "/")
                        yield route(self.name, verb, where, value.module, line, setup.app, (*before, guarded))


def _full_paths(setup: Setup, verb: str, prefixes: list[str], paths: list[str], versions: list[str]) -> list[str]:
    segments = [""]
    if setup.versioned:
        chosen = versions or ([setup.version] if setup.version else [])
        segments = ["" if version == NEUTRAL else f"{setup.mark}{version}" for version in chosen] or [""]
    own = [join_paths(prefix, path) for prefix in prefixes for path in paths]
    return [join_paths(setup.prefix_of(verb, path), segment, path) for segment in segments for path in own]


def module_paths(interpreter: Interpreter) -> dict[tuple[str, int], list[str]]:
    """The paths that `RouterModule.register` puts in front of controllers: (module, class) to paths."""
    found: dict[tuple[str, int], list[str]] = {}
    for value, _, options in decorated_classes(interpreter, "Module"):
        for node in walk(options.args):
            if isinstance(node, Call) and node.args and _registers(node):
                _module_tree(interpreter, interpreter.evaluate(node.args[0], value.scope), "", found)
    return found


def _registers(call: Call) -> bool:
    callee = call.callee
    if not isinstance(callee, Member) or callee.prop not in ("register", "forRoutes"):
        return False
    return isinstance(callee.obj, Name) and callee.obj.id == "RouterModule"


def _module_tree(interpreter: Interpreter, tree: Value, above: str, found: dict[tuple[str, int], list[str]]) -> None:
    """Read modules below `above`: a class, or an object with a path, a module and children."""
    value = forced(tree)
    if isinstance(value, Seq):
        for item in value.items:
            _module_tree(interpreter, item, above, found)
    elif isinstance(value, ClassValue):
        for controller in _controllers(interpreter, value):
            found.setdefault((controller.module, controller.index), []).append(above)
    elif isinstance(value, Record):
        path = next(iter(strings(value.fields["path"])), "") if "path" in value.fields else ""
        for name in ("module", "children"):
            if name in value.fields:
                _module_tree(interpreter, value.fields[name], join_paths(above, path), found)


def _controllers(interpreter: Interpreter, module: ClassValue) -> list[ClassValue]:
    call = decorator(interpreter.class_facts(module).decorators, "Module")
    if call is None or not call.args:
        return []
    options = forced(interpreter.evaluate(call.args[0], interpreter.module_scope(module.module)))
    listed = options.fields.get("controllers") if isinstance(options, Record) else None
    known = forced(listed) if listed is not None else None
    items = [forced(item) for item in known.items] if isinstance(known, Seq) else []
    return [item for item in items if isinstance(item, ClassValue)]


def _verbs(interpreter: Interpreter, function: Function, scope: Scope) -> Iterable[tuple[str, list[str], int]]:
    for one in applied(interpreter, function.decorators, scope):
        verb = VERBS.get(one.name)
        if verb is not None:
            paths = strings(one.args[0]) if one.args else [""]
            yield verb, paths or [""], one.line


def _controller(interpreter: Interpreter, cls: Class, options: Call, scope: Scope) -> tuple[list[str], list[str]]:
    """Read the paths of a controller and the versions of its routes."""
    paths: list[str] = []
    versions: list[str] = []
    value = forced(interpreter.evaluate(options.args[0], scope)) if options.args else None
    if isinstance(value, Record):
        paths = strings(value.fields["path"]) if "path" in value.fields else []
        versions = strings(value.fields["version"]) if "version" in value.fields else []
    elif value is not None:
        paths = strings(value)
    own = decorator(cls.decorators, "Version")
    return paths or [""], versions if own is None else _versions(interpreter, own, scope)


def _versions(interpreter: Interpreter, call: Call, scope: Scope) -> list[str]:
    return strings(interpreter.evaluate(call.args[0], scope)) if call.args else []


def strings(value: Value) -> list[str]:
    value = forced(value)
    if isinstance(value, Seq):
        return [text for item in value.items for text in strings(item)]
    if isinstance(value, Const) and isinstance(value.value, (str, int)):
        return [str(value.value)]
    if not isinstance(value, Const):
        return [NEUTRAL] if "NEUTRAL" in str(getattr(value, "path", "")) else []
    return []


def _setup(interpreter: Interpreter, app: str) -> Setup:
    """Read `setGlobalPrefix` and `enableVersioning` wherever the app calls them."""
    setup = Setup(app)
    for path, module in sorted(interpreter.program.modules.items()):
        refs = module.functions[0].refs
        if app_of(interpreter, path) != app or not any(name in refs for name in SETTINGS):
            continue
        for index in range(len(module.functions)):
            for node in module.nodes_of(index, Call):
                if isinstance(node.callee, Member):
                    scope = static_scope(interpreter, path, index)
                    _read_setting(interpreter, setup, node.callee.prop, node, scope)
    return setup


def _read_setting(interpreter: Interpreter, setup: Setup, name: str, call: Call, scope: Scope) -> None:
    if name == "setGlobalPrefix" and call.args:
        setup.prefix = next(iter(strings(interpreter.evaluate(call.args[0], scope))), setup.prefix)
        if len(call.args) > 1:
            setup.excluded = tuple(_excluded(interpreter.evaluate(call.args[1], scope)))
    elif name == "enableVersioning":
        setup.versioned = True
        options = forced(interpreter.evaluate(call.args[0], scope)) if call.args else None
        if not isinstance(options, Record):
            return
        kind = forced(options.fields["type"]) if "type" in options.fields else None
        setup.versioned = kind is None or getattr(kind, "path", ("URI",))[-1:] == ("URI",)
        if "defaultVersion" in options.fields:
            setup.version = next(iter(strings(options.fields["defaultVersion"])), "")
        prefix = forced(options.fields["prefix"]) if "prefix" in options.fields else None
        if isinstance(prefix, Const):
            setup.mark = prefix.value if isinstance(prefix.value, str) else ""


def _excluded(options: Value) -> Iterable[tuple[str, re.Pattern[str]]]:
    """The routes that a global prefix leaves out: paths, or objects with a path and a method."""
    value = forced(options)
    listed = value.fields.get("exclude") if isinstance(value, Record) else None
    known = forced(listed) if listed is not None else None
    for item in known.items if isinstance(known, Seq) else ():
        one, verb = forced(item), "ANY"
        if isinstance(one, Record):
            method = forced(one.fields["method"]) if "method" in one.fields else None
            word = method.path[-1] if isinstance(method, ForeignValue) and method.path else "ALL"
            verb = "ANY" if word == "ALL" else word
            one = forced(one.fields["path"]) if "path" in one.fields else one
        if isinstance(one, Const) and isinstance(one.value, str):
            yield verb, _path_pattern(one.value)


def _path_pattern(path: str) -> re.Pattern[str]:
    """A path with `:name`, `*`, `*name` and `(.*)` as the pattern of the paths that it stands for."""
    parts = re.split(r"(\{\*\w*\}|\*\w*|:\w+)", join_paths(path).replace("(.*)", "*"))
    return re.compile(
        "".join(".*" if "*" in part else "[^/]+" if part[:1] == ":" else re.escape(part) for part in parts)
    )


FRAMEWORK = Nest()
