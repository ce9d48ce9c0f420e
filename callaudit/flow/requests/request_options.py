"""What the options of a request say that later stages ask for, and the headers that it is sent with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import argument
from callaudit.flow.objects.members import member
from callaudit.flow.requests.headers import PERHAPS, SENT, Options, headers_of
from callaudit.flow.requests.request_hooks import of_hooks
from callaudit.flow.requests.request_interceptors import headers_before
from callaudit.flow.requests.request_objects import is_request
from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Const, Record, Undefined, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
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
    value = forced(argument(interpreter, args, model.options)) if model.options is not None else UNDEFINED
    headers = headers_of(interpreter, _with_request(interpreter, args, value), made_with)
    for place in model.headers:
        bag = argument(interpreter, args, place, made_with)
        if not isinstance(bag, Undefined) and not _missing(bag):
            headers = with_headers(headers, headers_of(interpreter, Record({"headers": bag}), ()))
    headers = with_headers(headers, _by_hooks(interpreter, model, of_hooks(model, made_with, value)))
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


def _by_hooks(interpreter: Interpreter, model: Request, sources: Sequence[Value]) -> Options:
    """The headers that functions add which a request or its client is handed; before it is sent again perhaps."""
    found: Options = ()
    for option in model.before:
        found = (*found, *headers_before(interpreter, sources, option))
    for option in model.headed:
        found = (*found, *headers_before(interpreter, sources, option, headed=True))
    for option in model.again:
        more = headers_before(interpreter, sources, option)
        found = (*found, *((PERHAPS if kind == SENT else kind, name) for kind, name in more))
    return found


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
