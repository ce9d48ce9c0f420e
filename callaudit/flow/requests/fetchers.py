"""Whether a method called `fetch` answers as the global function does: a binding, an agent, a window of one's own.

Caches, data loaders and query clients have a method of this name as well. What is not known counts as fetch only where
its type or its arguments say so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.requests.request_objects import is_request
from callaudit.flow.requests.requested import Incoming
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.type_members import member_type
from callaudit.flow.values.values import Const, OneOf, Record, Text, Unknown, Url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value

_TYPES = re.compile(
    r"^(?:typeof\s+(?:globalThis|window|self)|Window|WindowOrWorkerGlobalScope|WorkerGlobalScope"
    r"|ServiceWorkerGlobalScope|DedicatedWorkerGlobalScope|Fetcher|DurableObjectStub|Service)\b"
)
"""Types of the platform that have a fetch: those of lib.dom and of Cloudflare's workers."""
_ANSWERS = re.compile(
    r"\btypeof\s+(?:globalThis\.|window\.)?fetch\b|=>\s*Promise<\s*Response\s*>|\):\s*Promise<\s*Response\s*>"
)
"""What the type of a method says that is a fetch."""
_OPTIONS = frozenset({"method", "headers", "credentials", "redirect", "keepalive", "referrerPolicy"})
_ABSOLUTE = re.compile(r"^(?:https?|wss?):", re.IGNORECASE)


def is_fetch(frame: Frame, receiver: Value, args: Sequence[Value]) -> bool:
    """Whether `receiver.fetch(…args)` is known to send a request."""
    return _typed(frame, receiver) or (bool(args) and _is_input(args[0])) or (len(args) > 1 and _is_init(args[1]))


def note_path(frame: Frame, here: Application, args: Sequence[Value]) -> None:
    """Say of a `fetch` that is not known that it may be a request, where what it is given is a path."""
    if args and _begins(forced(args[0]), lambda text: text.startswith("/")):
        why = "a method called fetch of something that is not known is given a path"
        frame.interpreter.gap(here.scope.module, here.expr.line, "request", why)


def _typed(frame: Frame, receiver: Value) -> bool:
    if not isinstance(receiver, Unknown) or receiver.type is None:
        return False
    module, text = receiver.type
    if _TYPES.match(text.strip()):
        return True
    declared = member_type(frame.interpreter, module, text, "fetch")
    return declared is not None and bool(_ANSWERS.search(declared[1]))


def _is_input(value: Value) -> bool:
    """Whether a value is a request or an absolute address."""
    value = forced(value)
    if isinstance(value, OneOf):
        return any(_is_input(item) for item in value.values)
    if isinstance(value, (Url, Incoming)) or is_request(value):
        return True
    if isinstance(value, Unknown) and value.type is not None and value.type[1] in ("Request", "URL", "RequestInfo"):
        return True
    return _begins(value, lambda text: bool(_ABSOLUTE.match(text))) or _below_variable(value)


def _begins(value: Value, holds: Callable[[str], bool]) -> bool:
    """Whether a string begins with something that `holds`."""
    first = (
        value.parts[0] if isinstance(value, Text) and value.parts else value.value if isinstance(value, Const) else None
    )
    return isinstance(first, str) and holds(first)


def _below_variable(value: Value) -> bool:
    """Whether a string is a path below an address that an environment variable holds."""
    if not isinstance(value, Text) or len(value.parts) < 2:
        return False
    first, second = value.parts[:2]
    return isinstance(first, Unknown) and bool(first.env) and isinstance(second, str) and second.startswith("/")


def _is_init(value: Value) -> bool:
    """Whether an object has options of a request."""
    value = forced(value)
    return isinstance(value, Record) and not _OPTIONS.isdisjoint(value.fields)
