"""NestJS answers from its cache where `CacheInterceptor` stands before a handler.

https://docs.nestjs.com/techniques/caching#auto-caching-responses and nestjs/cache-manager 1 to 3: GET only, the key is
the URL, `@CacheTTL` overrides the module's `ttl`; without either it never expires. Seconds before cache-manager 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.records import ENDLESS, Guard
from callaudit.flow.spans import times
from callaudit.frameworks.decorators import decorator
from callaudit.libraries.storage import SECOND
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.records import Span
    from callaudit.flow.values import ClassValue
    from callaudit.syntax.facts import Function

INTERCEPTOR = "CacheInterceptor"
MILLISECONDS_FROM = 5


def interceptor_guards(
    interpreter: Interpreter, controller: ClassValue, function: Function, verb: str, path: str
) -> tuple[Guard, ...]:
    """The cache before a handler of `controller`, if there is one."""
    if verb != "GET":
        return ()
    facts = interpreter.class_facts(controller)
    used = _using(function.decorators) or _using(facts.decorators)
    if used is None:
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
    line = told.line if told is not None else used.line
    scope = "per-key" if ":" in path or "{" in path else "shared"
    also = (used.line,) if used.line != line else ()
    name = f"{facts.name}.{function.name}"
    return (
        Guard("cache", INTERCEPTOR, controller.module, line, name, ttl, scope, "process", "request URL", why, also),
    )


def _using(decorators: tuple[Call, ...]) -> Call | None:
    call = decorator(decorators, "UseInterceptors")
    if call is None or not any(isinstance(arg, Name) and arg.id == INTERCEPTOR for arg in call.args):
        return None
    return call


def _unit(interpreter: Interpreter, module: str) -> float:
    project = interpreter.program.project
    package = next((file.package for file in project.files if file.path == module), "")
    major = (project.dependency(package, "cache-manager") or "").lstrip("^~>=v ").split(".")[0]
    return SECOND if major.isdigit() and int(major) < MILLISECONDS_FROM else 1


def _module_time(interpreter: Interpreter, unit: float) -> tuple[tuple[Span, ...], str]:
    """What `CacheModule.register({ ttl })` or `registerAsync` says for all."""
    for options in interpreter.injection.stores():
        if "ttl" in options.fields:
            found = times(interpreter, options.fields["ttl"], unit)
            return found.spans, "" if found.spans else found.why or ENDLESS
    return (), "no time is given"
