"""The attributes of a JSX element, as the object that its component is handed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Record, Unknown
from callaudit.syntax.ir import Func, Prop, Spread

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Jsx


def attributes(interpreter: Interpreter, element: Jsx, scope: Scope) -> Record:
    """What a component is handed by `element` in `scope`; `children` is known where it is a function."""
    fields: dict[str, Value] = {}
    opened = False
    for attr in element.attrs:
        if isinstance(attr, Prop) and isinstance(attr.key, str):
            fields[attr.key] = interpreter.lazy(attr.value, scope)
        elif isinstance(attr, Spread):
            spread = forced(interpreter.evaluate(attr.value, scope))
            if isinstance(spread, Record):
                fields.update(spread.fields)
                opened = opened or spread.open
            else:
                opened = True
    functions = [child for child in element.children if isinstance(child, Func)]
    if functions:
        fields["children"] = interpreter.lazy(functions[0], scope)
    elif element.children:
        fields["children"] = Unknown("children", "elements", given=True)
    return Record(fields, open=opened)
