"""What `typeof` gives."""

from __future__ import annotations

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, Instance, OneOf, Record, Seq, Text, Unknown, Value

_WORDS: dict[type[Value], str] = {
    Closure: "function",
    ClassValue: "function",
    Instance: "object",
    Record: "object",
    Seq: "object",
    Text: "string",
}


def type_word(value: Value) -> Value:
    """The word for the type of `value`, where that is known: what a platform has (`typeof window`) is not.

    Nor is that of what is undefined so far: a callback may have set the variable meanwhile.
    """
    value = forced(value)
    if isinstance(value, OneOf):
        return join(type_word(one) for one in value.values)
    if isinstance(value, Const):
        return Const(_of_primitive(value.value))
    word = _WORDS.get(type(value))
    return Const(word) if word is not None else Unknown("type")


def _of_primitive(value: object) -> str:
    if value is None:
        return "object"
    if isinstance(value, bool):
        return "boolean"
    return "string" if isinstance(value, str) else "number"
