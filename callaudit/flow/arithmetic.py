"""Operators on known numbers and strings, within bounds: nothing here can grow without limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.join import equal
from callaudit.flow.strings import concatenate, show
from callaudit.flow.values import Const, Unknown, Value, forced

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
_EQUAL = {"===": (True, True), "==": (True, False), "!==": (False, True), "!=": (False, False)}


def operate(op: str, values: Sequence[Value]) -> Value:
    """The result of `op` over `values`, from left to right."""
    known = [forced(value) for value in values]
    if op in _EQUAL and len(known) == 2:
        positive, strict = _EQUAL[op]
        answer = equal(known[0], known[1], strict=strict)
        return Unknown("condition") if answer is None else Const(answer == positive)
    numbers = [value.value for value in known if isinstance(value, Const) and _is_number(value.value)]
    if len(numbers) == len(known) and numbers:
        return _fold(
            op,
            [float(number) if isinstance(number, float) else number for number in numbers if number is not None],
        )
    variable = next((value for value in known if isinstance(value, Unknown) and value.env), None)
    if op == "+":
        if variable is not None and len(numbers) == len(known) - 1 and variable.default.isdigit():
            return Unknown(variable.name, "computed", given=True)  # a sum or a string: neither is a part of a URL
        return concatenate(known)
    if variable is not None and op not in _ORDER:
        return _of_variable(op, known, variable)
    if op in _ORDER or op in ("in", "instanceof"):
        return Unknown("condition")
    return Unknown("number", "computed", given=True)


def _of_variable(op: str, values: list[Value], variable: Unknown) -> Value:
    """`SECONDS * 1000` of a variable with a default is that variable in milliseconds."""
    numbers: list[float | str] = []
    for value in values:
        text = value.default if value is variable and isinstance(value, Unknown) else ""
        try:
            number = float(text) if text else value.value if isinstance(value, Const) else None
        except ValueError:
            number = None
        if number is None or not _is_number(number):
            return Unknown("number", "computed", given=True)
        numbers.append(number)
    result = _fold(op, numbers)
    if not isinstance(result, Const):
        return result
    return Unknown(variable.name, variable.why, env=variable.env, default=show(result.value))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _fold(op: str, numbers: Sequence[float | str]) -> Value:
    result = numbers[0]
    if not isinstance(result, (int, float)):
        return Unknown("number")
    for number in numbers[1:]:
        if not isinstance(number, (int, float)):
            return Unknown("number")
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
    if op == "**" and abs(left) <= 1_000 and 0 <= right <= 20:
        return float(left**right)
    return None
