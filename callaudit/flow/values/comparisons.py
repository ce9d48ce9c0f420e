"""Whether a value holds in a test, and whether two are equal, as JavaScript compares them."""

from __future__ import annotations

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.tested_runs import only_in_tests
from callaudit.flow.values.values import (
    ClassValue,
    Client,
    Closure,
    Const,
    Context,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Record,
    Rendered,
    Seq,
    Text,
    Undefined,
    Unknown,
    Url,
    Value,
    is_nothing,
)

MAY_BE_ZERO = "computed, and may be zero"
"""Why a difference, a rest or the like is not known."""

NUMBERS = frozenset({MAY_BE_ZERO, "it counts", "it changes"})
"""Why numbers are not known: they are surely given, and may be zero."""

_TRUE = (Closure, ClassValue, Instance, Record, Seq, ModuleValue, Client, Url, Context, Rendered)


def truth(value: Value) -> bool | None:
    """Whether `value` counts as true; `None` where that depends."""
    value = forced(value)
    if type(value) is Const:
        return bool(value.value)
    if isinstance(value, _TRUE) or (type(value) is ForeignValue and value.made):
        return True
    if type(value) is Undefined:
        return False
    if type(value) is Text:
        return True if any(isinstance(part, str) and part for part in value.parts) else None
    if isinstance(value, Unknown):
        return True if value.given and not _may_be_zero(value) else None
    if type(value) is OneOf:
        answers = {truth(item) for item in value.values}
        return answers.pop() if len(answers) == 1 else None
    return None


def _may_be_zero(value: Unknown) -> bool:
    return value.why in NUMBERS


def equal(left: Value, right: Value, *, strict: bool = True) -> bool | None:
    """Whether two values are equal; `None` where that depends."""
    left, right = forced(left), forced(right)
    for one, other in ((left, right), (right, left)):
        seen = getattr(one, "seen", None)
        if seen is not None and isinstance(other, Const) and isinstance(other.value, str):
            seen.setdefault(other.value, 0)
    if type(left) is OneOf:
        answers = {equal(item, right, strict=strict) for item in left.values}
        return answers.pop() if len(answers) == 1 else None
    if type(right) is OneOf:
        return equal(right, left, strict=strict)
    if type(left) is Const and type(right) is Const:
        if left.value == right.value and isinstance(left.value, bool) == isinstance(right.value, bool):
            return True
        return None if not strict and _is_converted(left.value, right.value) else False
    nothing = [is_nothing(left), is_nothing(right)]
    if all(nothing):
        return type(left) is type(right) or not strict
    if any(nothing):
        other = right if nothing[0] else left
        return None if type(other) is Unknown and not other.given else False if _is_something(other) else None
    return False if only_in_tests(left, right) else None


def _is_converted(left: object, right: object) -> bool:
    """Whether `==` makes numbers of two constants before it compares them: `"2" == 2`."""
    kinds = {bool if isinstance(one, bool) else str if isinstance(one, str) else float for one in (left, right)}
    return len(kinds) == 2 and left is not None and right is not None


def _is_something(value: Value) -> bool:
    if type(value) is ForeignValue:
        return value.made
    return isinstance(value, (*_TRUE, Const, Text)) or (type(value) is Unknown and value.given)
