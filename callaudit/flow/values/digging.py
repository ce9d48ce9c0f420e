"""What libraries find at a path of an object: `get(config, "api.url", fallback)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import argument
from callaudit.flow.objects.members import member
from callaudit.flow.values.indexing import index
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Seq, Undefined, Unknown

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Dig

MOST_STEPS = 12


def dug(interpreter: Interpreter, model: Dig, args: list[Value]) -> Value:
    """The value at the path, or the default where there may be none."""
    default = forced(argument(interpreter, args, model.default))
    names = _names(forced(argument(interpreter, args, model.path)))
    value = forced(args[0]) if args else Unknown("value", "nothing is given")
    if names is None:
        value = Unknown("property", "the path is computed")
    for name in names or ():
        value = forced(
            index(interpreter, value, Const(int(name))) if name.isdigit() else member(interpreter, value, name)
        )
        if isinstance(value, Undefined):
            return default
    if isinstance(value, Const) or isinstance(default, Undefined):
        return value
    return join([value, default])


def _names(path: Value) -> list[str] | None:
    """The names on a path; `None` where they are not known."""
    if isinstance(path, Const) and isinstance(path.value, str):
        return path.value.replace("[", ".").replace("]", "").split(".")[:MOST_STEPS]
    if isinstance(path, Seq) and not path.open:
        items = [forced(item) for item in path.items]
        if all(isinstance(item, Const) for item in items):
            return [str(item.value) for item in items if isinstance(item, Const)][:MOST_STEPS]
    return None
