"""`client[method](url)`: the methods of an object of the program that a name which is computed may mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Instance, ModuleValue, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST_METHODS = 8
"""Methods of which one is taken; of more of them none is."""


def methods_of(interpreter: Interpreter, value: Value, key: Value) -> list[Value]:
    """The methods that may reach the network, of which `value[key]` is one; none where that says too little."""
    names = re.compile("".join(re.escape(part) if isinstance(part, str) else ".*" for part in _parts(key)))
    found: dict[str, Closure] = {}
    for name, closure in _named(interpreter, value):
        if (
            name not in found
            and names.fullmatch(name)
            and interpreter.relevance.function(closure.module, closure.index)
        ):
            found[name] = closure
    return list(found.values()) if len(found) <= MOST_METHODS else []


def _parts(key: Value) -> tuple[object, ...]:
    return key.parts if isinstance(key, Text) else (None,)


def _named(interpreter: Interpreter, value: Value) -> Iterator[tuple[str, Closure]]:
    if isinstance(value, Instance):
        for cls in interpreter.classes.lineage(value.cls):
            for number in interpreter.class_facts(cls).methods:
                function = interpreter.function(cls.module, number)
                if not function.static and not function.accessor and function.name != "constructor":
                    yield function.name, Closure(cls.module, number, cls.scope, value)
    elif isinstance(value, ModuleValue):
        for name in interpreter.program.exported_names(value.module):
            exported = forced(interpreter.export(value.module, name) or value)
            if isinstance(exported, Closure):
                yield name, exported
