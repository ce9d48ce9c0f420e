"""Objects that are merged key by key: what is known of one of them may be what another one says instead.

`Object.keys(other).forEach((key) => { all[key] = { ...all[key], ...other[key] }; })` sets what no text names: nothing
in `all` is sure after that, and nothing is decided by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Record, Seq, Text, Unknown, Value
from callaudit.syntax.ir import Assign, Func, Index, Lit, Name
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

DEPTH = 3
MERGED = "something else may be merged into it"


def sets_any_key(interpreter: Interpreter, function: Closure) -> bool:
    """Whether a function, or one inside it, sets properties of what it is handed by keys that are not written down."""
    params = interpreter.function(function.module, function.index).params
    names = {name for param in params for name in bound_names(param.target)}
    waiting = [function.index]
    while waiting:
        index = waiting.pop()
        for node in interpreter.nodes(function.module, index):
            if isinstance(node, Func) and node.index != index:  # the name of an expression is declared inside it
                waiting.append(node.index)
            target = node.target if isinstance(node, Assign) else None
            owner = target.obj if isinstance(target, Index) and not isinstance(target.key, Lit) else None
            if isinstance(owner, Name) and owner.id in names:
                return True
    return False


def loosened(value: Value, depth: int = DEPTH) -> Value:
    """`value` with anything else beside what is known of it."""
    known = forced(value)
    if isinstance(known, Record) and depth:
        return Record({name: loosened(field, depth - 1) for name, field in known.fields.items()}, open=True)
    if isinstance(known, (Const, Text, Seq)):
        return join([known, Unknown("value", MERGED)])
    return known
