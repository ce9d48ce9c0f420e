"""Settings that the program changes on a client after it was made: `axios.defaults.baseURL = …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.join import join, key
from callaudit.flow.static import static_scope
from callaudit.flow.values import Client, ForeignValue, forced
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Assign, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Value
    from callaudit.libraries.model import Library


def default_base(interpreter: Interpreter, library: Library, client: Client | None) -> Value | None:
    """The base URL that is assigned to the defaults of `client`, or of the library itself."""
    if interpreter.client_defaults is None:
        interpreter.client_defaults = {}
        found: dict[object, list[Value]] = {}
        for owner, value in _assigned(interpreter):
            found.setdefault(owner, []).append(value)
        interpreter.client_defaults.update({owner: join(values) for owner, values in found.items()})
    if not interpreter.client_defaults:
        return None
    own = interpreter.client_defaults.get(key(client)) if client is not None else None
    return own if own is not None else interpreter.client_defaults.get(library.name)


def _assigned(interpreter: Interpreter) -> Iterator[tuple[object, Value]]:
    for path in sorted(interpreter.program.modules):
        for index, function in enumerate(interpreter.program.modules[path].functions):
            if ".defaults" not in function.refs or ".baseURL" not in function.refs:
                continue
            for node in interpreter.nodes(path, index):
                if not (isinstance(node, Assign) and isinstance(node.target, Member)):
                    continue
                holder = node.target.obj
                if node.target.prop != "baseURL" or not isinstance(holder, Member) or holder.prop != "defaults":
                    continue
                scope = static_scope(interpreter, path, index)
                owner = forced(interpreter.evaluate(holder.obj, scope))
                value = interpreter.evaluate(node.value, scope)
                if isinstance(owner, Client):
                    yield key(owner), value
                elif isinstance(owner, ForeignValue):
                    library = exported(owner.package, (*owner.path, "get"))
                    if library is not None:
                        yield library[0].name, value
