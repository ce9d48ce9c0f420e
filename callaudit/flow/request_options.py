"""What the options of a request say that later stages ask for, and the headers that it is sent with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.arguments import argument
from callaudit.flow.headers import PERHAPS, SENT, Options, headers_of
from callaudit.flow.members import member
from callaudit.flow.request_interceptors import headers_before
from callaudit.flow.request_objects import is_request
from callaudit.flow.strings import show
from callaudit.flow.values import UNDEFINED, Const, Record, Undefined, Unknown, forced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Value
    from callaudit.libraries.model import Request

OPTIONS = (
    "cache",
    "timeout",
    "signal",
    "retry",
    "retries",
    "next.revalidate",
    "next.tags",
    "keepalive",
    "credentials",
)


def options_of(
    interpreter: Interpreter, args: list[Value], model: Request, made_with: Sequence[Value]
) -> tuple[tuple[str, str], ...]:
    """The options of the call that later stages ask for: a known value as text, anything else as `given`."""
    if model.options is None:
        return ()
    value = forced(argument(interpreter, args, model.options))
    headers = headers_of(interpreter, _with_request(interpreter, args, value), made_with)
    if model.before:
        headers = with_headers(headers, headers_before(interpreter, (*made_with, value), model.before))
    if not isinstance(value, Record):
        return headers
    found: list[tuple[str, str]] = []
    for path in OPTIONS:
        inner: Value = value
        for name in path.split("."):
            inner = forced(member(interpreter, inner, name)) if isinstance(inner, Record) else Unknown(name)
        if isinstance(inner, Const) and inner.value is not None:
            found.append((path, show(inner.value)))
        elif not isinstance(inner, Undefined) and path.split(".")[0] in value.fields and not _missing(inner):
            found.append((path, "given"))
    return (*found, *headers)


def with_headers(options: Options, more: Options) -> Options:
    """`options` with the headers that its client adds; one that is sent for sure is said once."""
    sure = {name for kind, name in (*options, *more) if kind == SENT}
    perhaps = [one for one in (*options, *more) if one[0] != PERHAPS or one[1] not in sure]
    return tuple(dict.fromkeys(perhaps)) if more else options


def _with_request(interpreter: Interpreter, args: list[Value], options: Value) -> Value:
    """The options of a call, with the headers of the `Request` that it sends where they give none of their own."""
    request = forced(args[0]) if args else UNDEFINED
    if not is_request(request) or not isinstance(options, (Undefined, Record)):
        return options
    fields = options.fields if isinstance(options, Record) else {}
    return options if "headers" in fields else Record({**fields, "headers": member(interpreter, request, "headers")})


def _missing(value: Value) -> bool:
    return isinstance(value, Unknown) and not value.why
