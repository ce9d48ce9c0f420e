"""What a query hook gives: data that is not known, with methods that ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.query_keys import parts_of_key
from callaudit.flow.values import UNDEFINED, Answer, Closure, Record, Undefined, Value, forced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.libraries.model import Arg, Query


def key_of(interpreter: Interpreter, model: Query, args: Sequence[Value]) -> Value | None:
    """The key of a query; a function that gives the key is asked."""
    from callaudit.flow.calls import apply_value

    key = next((value for value in (_key_at(args, place) for place in model.keys) if value is not None), None)
    return apply_value(interpreter, key, []) if key is not None and isinstance(forced(key), Closure) else key


def _key_at(args: Sequence[Value], place: Arg) -> Value | None:
    """The key at one place; the whole first argument is none where it is an object of options."""
    value = args[place.index] if place.index < len(args) else UNDEFINED
    whole = forced(value)
    if place.path:
        return whole.fields.get(place.path) if isinstance(whole, Record) else None
    return None if isinstance(whole, (Undefined, Record)) else value


def answer_of(interpreter: Interpreter, model: Query, args: Sequence[Value], name: str) -> Value:
    """What the hook `name` gives."""
    return Answer(name, parts_of_key(key_of(interpreter, model, args)) or ())
