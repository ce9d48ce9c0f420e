"""`Request` objects of the fetch standard: `new Request(input, init)`, `request.clone()`, and their members.

A request that is made of another one takes over what its own options do not say.
https://fetch.spec.whatwg.org/#request-class
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, OneOf, Undefined, Url, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.machine.interpreter import Interpreter

KIND = "request"
DEPTH = 8
"""Requests made of requests."""


def is_request(value: Value) -> bool:
    """Whether `value` is a `Request` object, on one of its ways at least."""
    if isinstance(value, OneOf):
        return any(is_request(item) for item in value.values)
    return isinstance(value, Client) and value.kind == KIND


def alternatives(args: Sequence[Value]) -> list[list[Value]]:
    """The arguments of a call, once for each request that its first one may be: URL and method belong together."""
    first = forced(args[0]) if args else None
    if isinstance(first, OneOf) and is_request(first):
        return [[item, *args[1:]] for item in first.values]
    return [list(args)]


def of_request(
    interpreter: Interpreter,
    request: Value,
    name: str,
    member: Callable[[Interpreter, Value, str], Value],
    depth: int = DEPTH,
) -> Value:
    """The URL, method or other part `name` of a request, or of each of several; `UNDEFINED` where it is not given.

    What stands beside a request and is none is its own URL: `typeof input === "string" ? input : request`.
    """
    request = forced(request)
    if isinstance(request, OneOf):
        return join(of_request(interpreter, item, name, member, depth) for item in request.values)
    if not isinstance(request, Client):
        return UNDEFINED if name != "url" else request.text if isinstance(request, Url) else request
    source = forced(request.args[0]) if request.args else UNDEFINED
    if name != "url" and len(request.args) > 1:
        given = forced(member(interpreter, request.args[1], name))
        if not isinstance(given, Undefined):
            return given
    if is_request(source):
        return of_request(interpreter, source, name, member, depth - 1) if depth else UNDEFINED
    return source if name == "url" else UNDEFINED
