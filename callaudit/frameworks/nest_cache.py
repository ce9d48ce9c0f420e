"""NestJS answers from its cache where `CacheInterceptor` stands before a handler.

https://docs.nestjs.com/techniques/caching#auto-caching-responses and nestjs/cache-manager 1 to 3: GET only, the key is
the URL, `@CacheTTL` overrides the module's `ttl`; without either it never expires. Seconds before cache-manager 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Guard
from callaudit.flow.guards.cache_stores import injected_place, injected_times, injected_why, times_kept, unit_in
from callaudit.flow.machine.static import scope_inside
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, ForeignValue, Instance
from callaudit.frameworks.decorators import decorator
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function

INTERCEPTOR = "CacheInterceptor"
EVERYWHERE = ForeignValue("@nestjs/core", ("APP_INTERCEPTOR",))
"""The token of what stands before all routes."""
DEPTH = 4
"""Classes that extend each other."""


def interceptor_guards(
    interpreter: Interpreter, controller: ClassValue, function: Function, verb: str, path: str
) -> tuple[Guard, ...]:
    """The cache before a handler of `controller`, if there is one."""
    if verb != "GET":
        return ()
    facts = interpreter.class_facts(controller)
    own = _using(interpreter, controller, function.decorators) or _using(interpreter, controller, facts.decorators)
    everywhere = (
        None if own is not None else interpreter.found_once("cache of all routes", lambda: _global(interpreter))
    )
    if own is None and not everywhere:
        return ()
    told = decorator(function.decorators, "CacheTTL") or decorator(facts.decorators, "CacheTTL")
    unit = unit_in(interpreter, controller.module)
    if told is not None and told.args:
        found = times_kept(interpreter, interpreter.lazy(told.args[0], controller.scope), unit)
        why = "" if found.spans else found.why
    else:
        found = injected_times(interpreter, unit)
        why = injected_why(found)
    line = told.line if told is not None else own.line if own is not None else function.line
    scope = "per-key" if ":" in path or "{" in path else "shared"
    also = (own.line,) if own is not None and own.line != line else ()
    name = f"{facts.name}.{function.name}"
    place = injected_place(interpreter)
    return (
        Guard("cache", INTERCEPTOR, controller.module, line, name, found.spans, scope, place, "request URL", why, also),
    )


def _using(interpreter: Interpreter, controller: ClassValue, decorators: tuple[Call, ...]) -> Call | None:
    call = decorator(decorators, "UseInterceptors")
    if call is None:
        return None
    scope = interpreter.module_scope(controller.module)
    return call if any(_keeps(interpreter, interpreter.evaluate(arg, scope)) for arg in call.args) else None


def _global(interpreter: Interpreter) -> bool:
    """Whether it stands before all routes: `{ provide: APP_INTERCEPTOR, useClass }`, `app.useGlobalInterceptors(…)`.

    https://docs.nestjs.com/interceptors#binding-interceptors
    """
    if any(_keeps(interpreter, one) for one in interpreter.injection.bound(EVERYWHERE)):
        return True
    return any(_binds(interpreter, path) for path in sorted(interpreter.program.modules))


def _binds(interpreter: Interpreter, path: str) -> bool:
    """Whether the application is told to use it: `app.useGlobalInterceptors(new CacheInterceptor(…))`."""
    functions = interpreter.program.modules[path].functions
    asked = [index for index, function in enumerate(functions) if ".useGlobalInterceptors" in function.refs]
    for index in asked:
        scope = scope_inside(interpreter, path, index)
        for node in interpreter.nodes_of(path, index, Call):
            if type(node.callee) is not Member or node.callee.prop != "useGlobalInterceptors":
                continue
            if any(_keeps(interpreter, interpreter.evaluate(arg, scope)) for arg in node.args):
                return True
    return False


def _keeps(interpreter: Interpreter, value: Value, depth: int = DEPTH) -> bool:
    """Whether a class, or an object of it, is the interceptor that keeps answers, or one that extends it."""
    value = forced(value)
    if isinstance(value, ForeignValue):
        return value.path[-1:] == (INTERCEPTOR,)
    cls = value.cls if isinstance(value, Instance) else value
    base = interpreter.class_facts(cls).base if isinstance(cls, ClassValue) and depth else None
    if not isinstance(cls, ClassValue) or type(base) is not Name:
        return False
    return _keeps(interpreter, interpreter.evaluate(base, interpreter.module_scope(cls.module)), depth - 1)
