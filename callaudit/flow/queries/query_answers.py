"""What a query hook gives: data that is not known, with methods that ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.queries.query_keys import told_parts
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import UNDEFINED, Answer, Closure, Const, Record, Seq, Undefined, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Arg, Query


def key_of(interpreter: Interpreter, model: Query, args: Sequence[Value]) -> Value | None:
    """The key of a query; a function that gives the key is asked."""
    if model.handed == "variables":
        return _document(model, args)
    key = next((value for value in (_key_at(args, place) for place in model.keys) if value is not None), None)
    return interpreter.apply(key, []) if key is not None and isinstance(forced(key), Closure) else key


def _key_at(args: Sequence[Value], place: Arg) -> Value | None:
    """The key at one place; the whole first argument is none where it is an object of options."""
    value = args[place.index] if place.index < len(args) else UNDEFINED
    whole = forced(value)
    if place.path:
        return whole.fields.get(place.path) if isinstance(whole, Record) else None
    return None if isinstance(whole, (Undefined, Record)) else value


def answer_of(interpreter: Interpreter, model: Query, args: Sequence[Value], name: str) -> Value:
    """What the hook `name` gives."""
    return Answer(name, told_parts(key_of(interpreter, model, args)))


def _document(model: Query, args: Sequence[Value]) -> Value | None:
    """A document and its variables, as they tell one query from another."""
    options = forced(args[model.options[0].index]) if model.options[0].index < len(args) else UNDEFINED
    fields = options.fields if isinstance(options, Record) else {}
    document = fields.get("query") if model.options[0].index == 0 else args[0] if args else None
    if not isinstance(document, Lazy) or document.expr is None:
        return None
    return Seq((Const(words(document.expr)), fields.get("variables", UNDEFINED)))
