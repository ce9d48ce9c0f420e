"""What runs before handlers of NestJS: middleware, guards, interceptors and pipes, in this order.

https://docs.nestjs.com/faq/request-lifecycle: bound to the whole app, to a controller, or to a handler. Those of
libraries, and those that reach no network, are left out.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow.machine.static import scope_inside
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, ForeignValue, Instance, Record, Seq, Value
from callaudit.frameworks.decorators import applied
from callaudit.frameworks.model import Start, join_paths, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.facts import Function

KINDS = (
    ("UseGuards", "APP_GUARD", "useGlobalGuards", "canActivate"),
    ("UseInterceptors", "APP_INTERCEPTOR", "useGlobalInterceptors", "intercept"),
    ("UsePipes", "APP_PIPE", "useGlobalPipes", "transform"),
)
"""Decorator, token, method of the app, and the method that runs; pipes run last."""
PIPES = "UsePipes"
MIDDLEWARE = "use"
MOST_CALLS = 8
ALL = Const(5)
"""`RequestMethod.ALL` of @nestjs/common 8 to 11 (packages/common/enums/request-method.enum.ts)."""


def runs_before(interpreter: Interpreter, controller: ClassValue, function: Function, path: str) -> tuple[Start, ...]:
    """What a request passes before it comes to the method `function` of a controller, at `path` of the app."""
    found = list(_middleware(interpreter, controller, path))
    facts = interpreter.class_facts(controller)
    scope = interpreter.module_scope(controller.module)
    marks = list(applied(interpreter, (*facts.decorators, *function.decorators), scope))
    of_params = [call for param in function.params for call in param.decorators]
    for decorator, token, method, runs in KINDS:
        values = list(interpreter.injection.bound(ForeignValue("@nestjs/core", (token,))))
        values += interpreter.found_once(("told to use", method), partial(_told, interpreter, method))
        values += [arg for one in marks if one.name == decorator for arg in one.args]
        if decorator == PIPES:  # `@Param("id", Pipe)`
            values += [interpreter.evaluate(arg, scope) for one in of_params for arg in one.args[1:]]
        found += _starts(interpreter, values, runs, controller)
    return tuple(found)


def _starts(
    interpreter: Interpreter, values: Sequence[Value], method: str, controller: ClassValue, *, maybe: bool = False
) -> Iterator[Start]:
    """The methods of classes, or of objects of them; functions are middleware as they are."""
    for value in values:
        known = forced(value)
        if isinstance(known, Closure) and method == MIDDLEWARE:
            yield Start(known, unknown_args(interpreter, known), maybe=maybe)
        instance = interpreter.injection.injected(known) if isinstance(known, ClassValue) else known
        if not isinstance(instance, Instance):
            continue
        for owner in interpreter.classes.lineage(instance.cls):
            index = interpreter.classes.method(owner, method, static=False)
            if index is None:
                continue
            if interpreter.relevance.function(owner.module, index):
                other = app_of(interpreter, owner.module) != app_of(interpreter, controller.module)
                closure = Closure(owner.module, index, owner.scope, instance)
                yield Start(closure, unknown_args(interpreter, closure), instance, maybe=maybe or other)
            break


def _told(interpreter: Interpreter, method: str) -> list[Value]:
    """What the app is told to use: `app.useGlobalGuards(new Guard())`."""
    return [interpreter.evaluate(arg, scope) for call, scope in _calls(interpreter, method) for arg in call.args]


def _calls(interpreter: Interpreter, method: str) -> Iterator[tuple[Call, Scope]]:
    """Every call of a method of this name."""
    for path, module in sorted(interpreter.program.modules.items()):
        if f".{method}" not in module.functions[0].refs:
            continue
        for index, function in enumerate(module.functions):
            if f".{method}" in function.refs:
                for node in interpreter.nodes_of(path, index, Call):
                    if isinstance(node.callee, Member) and node.callee.prop == method:
                        yield node, scope_inside(interpreter, path, index)


# --- middleware ---------------------------------------------------------------------------------

_Applied = tuple[list[Value], list[Value], list[Value]]
"""What `consumer.apply(…).exclude(…).forRoutes(…)` is handed in each call."""


def _middleware(interpreter: Interpreter, controller: ClassValue, path: str) -> Iterator[Start]:
    """The middleware that modules apply to a path: https://docs.nestjs.com/middleware."""
    for used, left_out, routes in interpreter.found_once("applied", lambda: list(_applied(interpreter))):
        fits = [_fits(one, controller, path) for one in routes]
        excluded = [_fits(one, controller, path, whole=True) for one in left_out]
        if True not in excluded and any(one is not False for one in fits):
            maybe = True not in fits or None in excluded
            yield from _starts(interpreter, used, MIDDLEWARE, controller, maybe=maybe)


def _applied(interpreter: Interpreter) -> Iterator[_Applied]:
    for call, scope in _calls(interpreter, "forRoutes"):
        handed: dict[str, list[Value]] = {"apply": [], "exclude": [], "forRoutes": []}
        at: object = call
        for _ in range(MOST_CALLS):
            if not isinstance(at, Call) or not isinstance(at.callee, Member):
                break
            if at.callee.prop in handed:
                handed[at.callee.prop] += [interpreter.evaluate(arg, scope) for arg in at.args]
            at = at.callee.obj
        if handed["apply"]:
            yield handed["apply"], handed["exclude"], handed["forRoutes"]


def _is_any_method(route: Record) -> bool:
    """Whether a route of a middleware is one for all methods: `{ path, method: RequestMethod.ALL }`, or without one."""
    method = forced(route.fields.get("method", ALL))
    return (isinstance(method, Const) and method.value == ALL.value) or (
        isinstance(method, ForeignValue) and method.path[-1:] == ("ALL",)
    )


def _fits(route: Value, controller: ClassValue, path: str, *, whole: bool = False) -> bool | None:
    """Whether a route of a middleware is `path`, or one above it; `None` where that is not known."""
    known = forced(route)
    if isinstance(known, ClassValue):
        return (known.module, known.index) == (controller.module, controller.index)
    if isinstance(known, Seq):
        items = [_fits(item, controller, path, whole=whole) for item in known.items]
        return True if True in items else None if None in items else False
    if isinstance(known, Record):
        if "path" not in known.fields:
            return None
        fits = _fits(known.fields["path"], controller, path, whole=whole)
        return fits if _is_any_method(known) or fits is False else None
    if not isinstance(known, Const) or not isinstance(known.value, str):
        return None
    everything = "*" in known.value or "(.*)" in known.value
    start = join_paths(known.value.partition("*")[0].replace("(.", "").rstrip("{"))
    if start == "/":
        return everything or not whole
    return path == start or ((everything or not whole) and path.startswith(f"{start}/"))
