"""Keys of a store: whether what is written may be what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.strings import parts_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, OneOf, Seq, Text, Value
from callaudit.libraries.files import FILE
from callaudit.libraries.storage import OBJECT, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.guards.lookups import Read
    from callaudit.flow.guards.writes import Write
    from callaudit.flow.machine.interpreter import Interpreter


def under_key(interpreter: Interpreter, read: Read, written: Sequence[Write]) -> list[Write]:
    """The writes that may be under the key that is looked for: one client of a cache keeps many things.

    Keys that begin otherwise are different ones. Where nothing is known of the key, writes of which that is so as well
    go before those under words that are known.
    """
    if read.key is None or read.container.made.store in (FILE, OBJECT, VARIABLE):
        return list(written)
    wanted = _words(interpreter.evaluate(read.key, read.scope))
    keys = [_words(interpreter.evaluate(one.args[0], one.scope)) if one.args else wanted for one in written]
    if wanted is None:
        alike = [one for one, key in zip(written, keys, strict=True) if key is None]
        return alike if any(not one.removes for one in alike) else list(written)
    return [one for one, key in zip(written, keys, strict=True) if key is None or _may_be_same(wanted, key)]


def _may_be_same(first: tuple[str, bool], second: tuple[str, bool]) -> bool:
    (one, whole), (other, entire) = first, second
    if whole and entire:
        return one == other
    if (whole and len(one) < len(other)) or (entire and len(other) < len(one)):
        return False
    return one.startswith(other) or other.startswith(one)


def _words(value: Value) -> tuple[str, bool] | None:
    """The text that a key begins with, and whether that is all of it; None where nothing is known."""
    known = forced(value)
    if isinstance(known, Seq) and known.items:  # one of several keys that are looked up, or written, together
        known = forced(known.items[0])
    if isinstance(known, OneOf):
        return None
    if isinstance(known, Const):
        return str(known.value), True
    if isinstance(known, Text):
        parts = parts_of(known)
        return (parts[0], False) if parts and isinstance(parts[0], str) else None
    return None
