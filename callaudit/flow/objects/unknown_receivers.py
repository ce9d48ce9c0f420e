"""Methods that are called on something of which nothing is known: any class that has one of the name may be meant.

`registry.get(name).refresh()` runs a function of the program that nobody else seems to run. What no call names is
dead; what such a call may name is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import PARAMETER
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.type_members import member_type
from callaudit.flow.values.types import HEAD
from callaudit.flow.values.values import Client, Const, ForeignValue, Instance, Record, Seq, Unknown
from callaudit.link.definitions import Defined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

Place = tuple[str, int]
MOST_LINKS = 12
_OPEN = frozenset({"any", "unknown", "object", "Object", "this"})
"""Types that any object has."""


def note_call(interpreter: Interpreter, receiver: Value, name: str, place: Place) -> None:
    """Note that `name` is called at `place` on `receiver`, where that may be an object of any class of the program."""
    if not isinstance(receiver, (Unknown, Instance)) or not interpreter.relevance.member(name):
        return
    before = interpreter.noted.unknown_callers.get(name)
    if before is not None and before <= place:
        return
    filled = isinstance(receiver, Instance) and _is_filled(interpreter, receiver)
    if filled or (isinstance(receiver, Unknown) and _may_be_ours(interpreter, receiver, name)):
        interpreter.noted.unknown_callers[name] = place


def _is_filled(interpreter: Interpreter, receiver: Instance) -> bool:
    """Whether code beside the class of an object fills prototypes: it may have methods that are not declared."""
    return interpreter.program.modules[receiver.cls.module].mentions(".prototype")


def note_callers(interpreter: Interpreter, found: Mapping[str, Place]) -> None:
    """Note what was found elsewhere; the first place of a name stays."""
    for name, place in found.items():
        interpreter.noted.unknown_callers[name] = min(place, interpreter.noted.unknown_callers.get(name, place))


def _may_be_ours(interpreter: Interpreter, receiver: Unknown, name: str) -> bool:
    if receiver.env:
        return False  # a text
    if (
        receiver.receiver is None
        and receiver.why == PARAMETER
        and not any(receiver is one for one in interpreter.probed)
    ):
        return False  # what a library hands to a function that it calls is the library's
    if receiver.type is not None:
        return _of_type(interpreter, *receiver.type, name)
    owner: Value = receiver
    for _ in range(MOST_LINKS):
        if not isinstance(owner, Unknown) or owner.receiver is None:
            break
        owner = forced(owner.receiver)
    if isinstance(owner, ForeignValue):
        return owner.package != ""  # what the platform gives is its own; a container of a package may hold ours
    return not isinstance(owner, (Client, Const, Seq, Record))


def _of_type(interpreter: Interpreter, module: str, text: str, name: str) -> bool:
    """Whether an object of the program's own that has the method `name` fits the type `text`."""
    head = HEAD.match(text)
    if head is None:
        return text.lstrip()[:1] == "{" and name in text
    if head[0] in _OPEN:
        return head.end() == len(text.rstrip())
    if isinstance(interpreter.program.name(module, head[0]), Defined):
        return True
    return member_type(interpreter, module, text, name) is not None
