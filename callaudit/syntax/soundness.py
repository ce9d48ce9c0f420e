"""Files with syntax errors: what the grammar's recovery leaves must still be facts.

The parser recovers from an error by leaving out or inventing pieces, so that for example parameters stand where an
expression should. Later stages rely on the shape of facts, so functions without it are emptied here, and said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from callaudit.syntax.facts import Class, Function, ModuleFacts


def _is_sound(item: object) -> bool:
    try:
        msgspec.msgpack.decode(msgspec.msgpack.encode(item), type=type(item))
    except (msgspec.MsgspecError, TypeError, RecursionError):
        return False
    return True


def sound(facts: ModuleFacts) -> tuple[ModuleFacts | None, tuple[int, ...]]:
    """`facts` without what is malformed, and the lines of what was left out; `None` where nothing can be kept."""
    if not facts.errors or _is_sound(facts):
        return facts, ()
    left_out: list[int] = []
    functions: list[Function] = []
    for function in facts.functions:
        if _is_sound(function):
            functions.append(function)
            continue
        left_out.append(function.line)
        functions.append(msgspec.structs.replace(function, body=(), params=(), decorators=()))
    classes: list[Class] = []
    for cls in facts.classes:
        if _is_sound(cls):
            classes.append(cls)
            continue
        left_out.append(cls.line)
        classes.append(msgspec.structs.replace(cls, base=None, fields=(), decorators=()))
    mended = msgspec.structs.replace(facts, functions=tuple(functions), classes=tuple(classes))
    return (mended if _is_sound(mended) else None), tuple(sorted(left_out))
