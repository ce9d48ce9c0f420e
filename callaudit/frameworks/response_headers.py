"""Answers that a CDN may keep: `Cache-Control: s-maxage=60`. https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.10."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.records import Guard, Span
from callaudit.flow.static import static_scope
from callaudit.flow.values import Closure, Const, OneOf, Text, Value, forced
from callaudit.syntax.ir import Call, Expr, Func, Lit, Name, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.frameworks.model import Entry

HEADERS = frozenset({"cache-control", "cdn-cache-control", "vercel-cdn-cache-control", "surrogate-control"})
_AGE = re.compile(r"s-maxage=(\d+)")
_PLAIN = re.compile(r"max-age=(\d+)")
DEPTH = 3


def header_guards(interpreter: Interpreter, entry: Entry) -> tuple[Guard, ...]:
    """The caches that the headers of a route's answers allow."""
    if entry.kind != "route" or entry.method not in ("GET", "HEAD", "ANY"):
        return ()
    handlers = [forced(start.value) for start in entry.starts]
    return tuple(g for one in handlers if isinstance(one, Closure) for g in _guards(interpreter, one, entry))


def _guards(interpreter: Interpreter, handler: Closure, entry: Entry) -> tuple[Guard, ...]:
    found: list[tuple[float, int]] = []
    for expr, line, scope in _values(interpreter, handler.module, handler.index, DEPTH):
        seconds = seconds_of(interpreter.evaluate(expr, scope))
        if seconds:
            found.append((seconds, line))
    if not found:
        return ()
    seconds, line = max(found)
    name = interpreter.qualified(handler.module, handler.index)
    scope_ = "per-key" if any(mark in entry.path for mark in "[:{*") else "shared"
    return (Guard("cache", "s-maxage", handler.module, line, name, (Span(seconds * 1_000),), scope_, "cdn", "URL"),)


def _is_header(word: object) -> bool:
    return isinstance(word, str) and word.lower() in HEADERS


def _values(interpreter: Interpreter, module: str, index: int, depth: int) -> Iterator[tuple[Expr, int, Scope]]:
    """The values of caching headers that a handler, or a function inside it, sets."""
    line = interpreter.function(module, index).line
    scope = static_scope(interpreter, module, index)
    for node in interpreter.nodes(module, index):
        line = getattr(node, "line", 0) or line
        if isinstance(node, Prop) and _is_header(node.key):
            yield node.value, node.line or line, scope
        elif isinstance(node, Call):
            called = forced(interpreter.evaluate(node.callee, scope)) if isinstance(node.callee, Name) else None
            if isinstance(called, Closure) and called.module == module and depth:
                yield from _values(interpreter, module, called.index, depth - 1)
            for name, value in zip(node.args, node.args[1:], strict=False):
                if isinstance(name, Lit) and _is_header(name.value):
                    yield value, node.line, scope
        elif isinstance(node, Func) and depth:
            yield from _values(interpreter, module, node.index, depth - 1)


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
