"""Answers that report an error: a run that ends with one has failed, as if it had thrown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Call, Expr, Lit, Member, Obj, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_ERROR = 400
MOST_LINKS = 6


def reports_failure(value: Expr | None) -> bool:
    """Whether `value` is a response with a status of 400 or more.

    As in `Response.json(body, { status: 404 })`, `res.status(404).json(body)` and `reply.code(404).send()`.
    """
    return any(_has_error_status(call) for call in _chain(value))


def _chain(value: Expr | None) -> Iterator[Call]:
    for _ in range(MOST_LINKS):
        if not isinstance(value, Call):
            return
        yield value
        value = value.callee.obj if isinstance(value.callee, Member) else None


def _has_error_status(call: Call) -> bool:
    if isinstance(call.callee, Member) and call.callee.prop in ("status", "code", "sendStatus") and call.args:
        return _is_error(call.args[0])
    for arg in call.args[:3]:
        if isinstance(arg, Obj):
            for prop in arg.props:
                if isinstance(prop, Prop) and prop.key == "status" and _is_error(prop.value):
                    return True
        elif arg is not call.args[0] and _is_error(arg):
            return True  # c.json(body, 404)
    return False


def _is_error(value: Expr) -> bool:
    return (
        isinstance(value, Lit)
        and isinstance(value.value, int)
        and not isinstance(value.value, bool)
        and LEAST_ERROR <= value.value < LEAST_ERROR + 200
    )
