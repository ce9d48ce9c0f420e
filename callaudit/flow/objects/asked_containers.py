"""Containers that are asked for an object of a class: `container.resolve(App)`, `app.get(App)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, ForeignValue, Instance, Unknown
from callaudit.libraries.class_containers import METHODS, is_container
from callaudit.link.definitions import Foreign
from callaudit.syntax.type_names import type_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value


def asked_for(interpreter: Interpreter, receiver: Value, name: str, args: Sequence[Value]) -> Instance | None:
    """The object that `receiver.name(…args)` gives, if the receiver is a container and it is asked for a class."""
    if name not in METHODS or not args or not _is_container(interpreter, receiver):
        return None
    asked = forced(args[0])
    return interpreter.injection.injected(asked) if isinstance(asked, ClassValue) else None


def _is_container(interpreter: Interpreter, receiver: Value) -> bool:
    """Whether a value is of the package of a container, or what its type says is."""
    if isinstance(receiver, ForeignValue):
        return bool(receiver.path) and is_container(receiver.package, receiver.path[0])
    if not isinstance(receiver, Unknown) or receiver.type is None:
        return False
    module, text = receiver.type
    names = (interpreter.program.name(module, name) for name in type_names(text))
    return any(isinstance(one, Foreign) and is_container(one.package, one.path[0]) for one in names)
