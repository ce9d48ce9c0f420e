"""Answers that a CDN may keep: `Cache-Control: s-maxage=60`, or `public` with an `Expires` that is so far from now.

https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.10 and #section-5.3: an age of `Cache-Control` goes first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.guards.ages import limit_of
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.variables import declare
from callaudit.flow.reading.within import enter
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, OneOf, Text, Value
from callaudit.syntax.ir import Call, Expr, Func, Let, Lit, Member, Name, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry

    Said = tuple[str, Expr, int, Scope]
    """The name of a header, what it is set to, the line, and the scope of that."""

HEADERS = frozenset({"cache-control", "cdn-cache-control", "vercel-cdn-cache-control", "surrogate-control"})
EXPIRES = "expires"
_AGE = re.compile(r"s-maxage=(\d+)")
_PLAIN = re.compile(r"max-age=(\d+)")
DEPTH = 3


def header_guards(interpreter: Interpreter, entry: Entry) -> tuple[Guard, ...]:
    """The caches that the headers of a route's answers allow."""
    if entry.kind != "route" or entry.method not in ("GET", "HEAD", "ANY"):
        return ()
    handlers = [forced(start.value) for start in entry.starts]
    return tuple(g for one in handlers if isinstance(one, Closure) for g in guards_of(interpreter, one, entry.path))


def guards_of(interpreter: Interpreter, handler: Closure, path: str) -> tuple[Guard, ...]:
    """The caches that the headers allow which a function sets that answers at `path`."""
    found: list[tuple[float, int, str, Scope]] = []
    expiring: list[tuple[float, int, str, Scope]] = []
    public = False
    for name, expr, line, scope in _values(interpreter, handler, DEPTH):
        if name == EXPIRES:
            expiring.extend([(ms, line, "Expires", scope)] if (ms := _until(interpreter, expr, scope)) else [])
            continue
        value = interpreter.evaluate(expr, scope)
        public = public or _is_public(value)
        if seconds := seconds_of(value):
            found.append((seconds * 1_000, line, "s-maxage", scope))
    found = found or (expiring if public else [])
    if not found:
        return ()
    ms, line, mechanism, at = max(found, key=lambda one: (one[0], one[1]))
    name = interpreter.qualified(at.module, at.function)
    scope_ = "per-key" if any(mark in path for mark in "[:{*") else "shared"
    return (Guard("cache", mechanism, at.module, line, name, (Span(ms),), scope_, "cdn", "URL"),)


def _is_public(value: Value) -> bool:
    known = forced(value)
    return isinstance(known, Const) and isinstance(known.value, str) and "public" in known.value


def _until(interpreter: Interpreter, expr: Expr, scope: Scope) -> float:
    """How many milliseconds from now a date is: `new Date(Date.now() + 60_000).toUTCString()`."""
    while isinstance(expr, Call):
        if isinstance(expr.callee, Member):
            expr = expr.callee.obj
        elif isinstance(expr.callee, Name) and expr.callee.id == "Date" and expr.args:
            expr = expr.args[0]
        else:
            break
    limit = limit_of(interpreter, expr, scope)
    if limit is None:
        return 0
    said = times(interpreter, interpreter.lazy(limit.expr, limit.scope), limit.unit)
    return said.spans[0].ms if len(said.spans) == 1 else 0


def _values(interpreter: Interpreter, handler: Closure, depth: int) -> Iterator[Said]:
    """The caching headers that a handler, a function inside it, or one that it calls sets."""
    scope = _inside(interpreter, handler.index, handler.scope, handler.this)
    for call in interpreter.function(handler.module, handler.index).decorators:  # @Header(name, value) of NestJS
        yield from _pairs(interpreter, call, scope)
    yield from _in_function(interpreter, scope, depth)


def _pairs(interpreter: Interpreter, call: Call, scope: Scope) -> Iterator[Said]:
    """A header and its value beside each other among the arguments of a call."""
    for first, value in zip(call.args, call.args[1:], strict=False):
        if name := _named(interpreter, first, scope):
            yield name, value, call.line, scope


def _inside(interpreter: Interpreter, index: int, outer: Scope, this: Value | None = None) -> Scope:
    """The scope of function number `index` in `outer`, whose callers are not known."""
    scope = Scope(outer.module, outer, this=this, function=index)
    scope.mark = ("headers", outer.module, index, outer.mark)
    enter(interpreter, index, scope, outer)
    return scope


def _may_set(interpreter: Interpreter, called: Closure, scope: Scope) -> bool:
    """Whether a function that is called is looked into: one of the same file, or one that names a header."""
    return called.module == scope.module or any(
        _header(node.key if isinstance(node, Prop) else node.value if isinstance(node, Lit) else "")
        for node in interpreter.nodes(called.module, called.index)
    )


def _header(word: object) -> str:
    """The name of a header that says how long an answer lasts; empty for any other."""
    name = word.lower() if isinstance(word, str) else ""
    return name if name in HEADERS or name == EXPIRES else ""


def _named(interpreter: Interpreter, expr: Expr, scope: Scope) -> str:
    if isinstance(expr, (Name, Member)):
        known = forced(interpreter.evaluate(expr, scope))
        return _header(known.value) if isinstance(known, Const) else ""
    return _header(expr.value) if isinstance(expr, Lit) else ""


def _in_function(interpreter: Interpreter, scope: Scope, depth: int) -> Iterator[Said]:
    line = interpreter.function(scope.module, scope.function).line
    for node in interpreter.nodes(scope.module, scope.function):
        line = getattr(node, "line", 0) or line
        if isinstance(node, Prop) and (name := _header(node.key)):
            yield name, node.value, node.line or line, scope
        elif isinstance(node, Call):
            yield from _pairs(interpreter, node, scope)
            called = forced(interpreter.evaluate(node.callee, scope)) if isinstance(node.callee, Name) else None
            if isinstance(called, Closure) and depth and _may_set(interpreter, called, scope):
                inner = interpreter.stores.bindings.entered(called, node.args, scope)
                for let in interpreter.nodes_of(called.module, called.index, Let):
                    declare(interpreter, let, inner)
                yield from _in_function(interpreter, inner, depth - 1)
        elif isinstance(node, Func) and depth:
            yield from _in_function(interpreter, _inside(interpreter, node.index, scope), depth - 1)


def seconds_of(value: Value, *, any_cache: bool = False) -> float:
    """How long a header lets shared caches keep an answer; `any_cache` holds for one that obeys it in any case."""
    known = forced(value)
    if isinstance(known, OneOf):
        return max((seconds_of(item, any_cache=any_cache) for item in known.values), default=0)
    text = known.value if isinstance(known, Const) else None
    if isinstance(known, Text):
        text = "".join(part if isinstance(part, str) else "?" for part in known.parts)
    if not isinstance(text, str) or "private" in text or "no-store" in text:
        return 0
    found = _AGE.search(text) or (_PLAIN.search(text) if any_cache or "public" in text else None)
    return float(found[1]) if found else 0
