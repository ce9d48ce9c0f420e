"""Operators on known numbers and strings, within bounds: nothing here can grow without limit."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from callaudit.flow.text.strings import concatenate, show
from callaudit.flow.values.comparisons import MAY_BE_ZERO, equal
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LARGEST = 2.0**63

_NUMBERS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_ZEROS = frozenset({"-", "%", "&", "^", ">>", ">>>"})
"""Operators of two numbers that are something and give nothing."""
_SCALES = frozenset({"*", "/", "-", "%"})
_EQUAL = {"===": (True, True), "==": (True, False), "!==": (False, True), "!=": (False, False)}


def operate(op: str, values: Sequence[Value]) -> Value:
    """The result of `op` over `values`, from left to right."""
    known = [forced(value) for value in values]
    if op in _EQUAL and len(known) == 2:
        positive, strict = _EQUAL[op]
        answer = equal(known[0], known[1], strict=strict)
        return Unknown("condition") if answer is None else Const(answer == positive)
    numbers, variable = numbers_of(known)
    if len(numbers) == len(known) and numbers and (variable is None or op in _SCALES):
        return numbered(_fold(op, numbers), variable)
    if op == "+":
        if variable is not None and len(numbers) == len(known) and variable.default.isdigit():
            return Unknown(variable.name, "computed", given=True)  # a sum or a string: neither is a part of a URL
        joined = _with_sum(known)
        return joined[0] if len(joined) == 1 else concatenate(joined)
    if op in _ORDER or op in ("in", "instanceof"):
        return Unknown("condition")
    why = MAY_BE_ZERO if op in _ZEROS else "computed"
    return variable_number(variable, known) or Unknown("number", why, given=True)


def _with_sum(values: list[Value]) -> list[Value]:
    """What is joined, a number that is added to what is not known being one value: `page + 1` is no text that ends so.

    What follows a string is a part of it. The sum of what is not known may be zero, or no number at all.
    """
    first = next((number for number, value in enumerate(values) if not _may_be_added(value)), len(values))
    added = values[:first]
    if not any(isinstance(value, Const) for value in added):
        return values
    for value in added:
        if isinstance(value, Unknown):
            return [Unknown(value.name, MAY_BE_ZERO, env=value.env, given=True), *values[first:]]
        if isinstance(value, ForeignValue):
            return [Unknown(value.path[-1], MAY_BE_ZERO, given=True), *values[first:]]
    return values


def _may_be_added(value: Value) -> bool:
    if isinstance(value, ForeignValue):
        return bool(value.path)
    return isinstance(value, Unknown) or (isinstance(value, Const) and _is_number(value.value) and not value.item)


def numbers_of(values: Sequence[Value]) -> tuple[list[float], Unknown | None]:
    """The numbers that are known among `values`; a variable of the environment counts with its default."""
    numbers: list[float] = []
    variable: Unknown | None = None
    for value in map(forced, values):
        if isinstance(value, Const) and _is_number(value.value):
            numbers.append(value.value)  # type: ignore[arg-type]
        elif isinstance(value, Unknown) and value.env:
            variable = variable or value
            number = _plain(value.default)
            numbers += [number] if number is not None else []
    return numbers, variable


def numbered(value: Value | float, variable: Unknown | None) -> Value:
    """A number, which is that of `variable` by default where one went into it."""
    value = value if isinstance(value, Value) else Const(value)
    if variable is None or not isinstance(value, Const):
        return value
    return Unknown(variable.name, variable.why, env=variable.env, default=show(value.value), given=True)


def variable_number(variable: Unknown | None, values: Sequence[Value]) -> Value | None:
    """A number that is made of numbers and of a variable of which nothing is known."""
    plain = all(isinstance(one, Const) or (isinstance(one, Unknown) and bool(one.env)) for one in map(forced, values))
    return Unknown(variable.name, variable.why, env=variable.env) if variable is not None and plain else None


def _plain(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if not isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _fold(op: str, numbers: Sequence[float]) -> Value:
    result = numbers[0]
    for number in numbers[1:]:
        if op in _ORDER:
            return Const(_ORDER[op](result, number))
        following = _step(op, result, number)
        if following is None or abs(following) > LARGEST:
            return Unknown("number", "too large or not finite", given=True)
        result = following
    return Const(result)


def _step(op: str, left: float, right: float) -> float | None:
    if op in _NUMBERS:
        return _NUMBERS[op](left, right)
    if op == "/" and right:
        quotient = left / right
        return int(quotient) if quotient.is_integer() and abs(quotient) < LARGEST else quotient
    if op == "%" and right:
        return left % right if (left >= 0) == (right > 0) else None
    if op == "**" and abs(left) <= 1_000 and 0 <= right <= 20 and (left >= 0 or float(right).is_integer()):
        return float(left**right)
    return None
