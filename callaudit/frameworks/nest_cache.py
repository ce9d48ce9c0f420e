"""NestJS answers from its cache where `CacheInterceptor` stands before a handler.

https://docs.nestjs.com/techniques/caching#auto-caching-responses and nestjs/cache-manager 1 to 3: GET only, the key is
the URL, `@CacheTTL` overrides the module's `ttl`; without either it never expires. Seconds before cache-manager 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.records import ENDLESS, Guard
from callaudit.flow.spans import times
from callaudit.flow.values import ClassValue, forced
from callaudit.frameworks.decorators import decorator
from callaudit.libraries.storage import SECOND
from callaudit.project.versions import major
from callaudit.syntax.ir import Call, Member, Name, Obj, Prop
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.records import Span
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr

INTERCEPTOR = "CacheInterceptor"
MILLISECONDS_FROM = 5


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
    ttl: tuple[Span, ...] = ()
    why = ""
    unit = _unit(interpreter, controller.module)
    if told is not None and told.args:
        found = times(interpreter, interpreter.lazy(told.args[0], controller.scope), unit)
        ttl, why = found.spans, "" if found.spans else found.why
    else:
        ttl, why = _module_time(interpreter, unit)
    line = told.line if told is not None else own.line if own is not None else function.line
    scope = "per-key" if ":" in path or "{" in path else "shared"
    also = (own.line,) if own is not None and own.line != line else ()
    name = f"{facts.name}.{function.name}"
    return (
        Guard("cache", INTERCEPTOR, controller.module, line, name, ttl, scope, "process", "request URL", why, also),
    )


def _using(interpreter: Interpreter, controller: ClassValue, decorators: tuple[Call, ...]) -> Call | None:
    call = decorator(decorators, "UseInterceptors")
    if call is None or not any(_keeps(interpreter, arg, controller.module) for arg in call.args):
        return None
    return call


def _global(interpreter: Interpreter) -> bool:
    """Whether it stands before all routes: `{ provide: APP_INTERCEPTOR, useClass }`, `app.useGlobalInterceptors(…)`.

    https://docs.nestjs.com/interceptors#binding-interceptors
    """
    modules = sorted(interpreter.program.modules)
    return any(_provides(interpreter, path) or _binds(interpreter, path) for path in modules)


def _provides(interpreter: Interpreter, path: str) -> bool:
    """Whether a module's providers name it as the interceptor of the application."""
    module = interpreter.program.modules[path]
    if "APP_INTERCEPTOR" not in module.imports:
        return False
    objects = [one for cls in module.classes for one in walk(cls.decorators) if type(one) is Obj]
    for one in objects:
        given = {prop.key: prop.value for prop in one.props if isinstance(prop, Prop)}
        provided, made = given.get("provide"), given.get("useClass")
        bound = isinstance(provided, Name) and provided.id == "APP_INTERCEPTOR"
        if bound and made is not None and _keeps(interpreter, made, path):
            return True
    return False


def _binds(interpreter: Interpreter, path: str) -> bool:
    """Whether the application is told to use it: `app.useGlobalInterceptors(new CacheInterceptor(…))`."""
    functions = interpreter.program.modules[path].functions
    asked = [index for index, function in enumerate(functions) if ".useGlobalInterceptors" in function.refs]
    calls = [node for index in asked for node in interpreter.nodes(path, index) if type(node) is Call]
    bound = [call for call in calls if type(call.callee) is Member and call.callee.prop == "useGlobalInterceptors"]
    return any(type(arg) is Call and _keeps(interpreter, arg.callee, path) for call in bound for arg in call.args)


def _keeps(interpreter: Interpreter, expr: Expr, module: str) -> bool:
    """Whether a class is the interceptor that keeps answers, or one of the program that extends it."""
    if type(expr) is not Name:
        return False
    if expr.id == INTERCEPTOR:
        return True
    cls = forced(interpreter.evaluate(expr, interpreter.module_scope(module)))
    base = interpreter.class_facts(cls).base if isinstance(cls, ClassValue) else None
    return type(base) is Name and base.id == INTERCEPTOR


def _unit(interpreter: Interpreter, module: str) -> float:
    project = interpreter.program.project
    package = next((file.package for file in project.files if file.path == module), "")
    version = major(project.dependency(package, "cache-manager") or "")
    return SECOND if version and int(version) < MILLISECONDS_FROM else 1


def _module_time(interpreter: Interpreter, unit: float) -> tuple[tuple[Span, ...], str]:
    """What `CacheModule.register({ ttl })` or `registerAsync` says for all."""
    for options in interpreter.injection.stores():
        if "ttl" in options.fields:
            found = times(interpreter, options.fields["ttl"], unit)
            return found.spans, "" if found.spans else found.why or ENDLESS
    return (), "no time is given"
