"""Which functions of a module stand in which: a function comes before those that are written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.syntax.facts import Function


def is_inside(interpreter: Interpreter, path: str, inner: int, outer: int) -> bool:
    """Whether function number `inner` of `path` is `outer` or stands in it."""
    functions = interpreter.program.modules[path].functions
    while inner >= 0 and inner != outer:
        inner = functions[inner].parent
    return inner == outer


def written_in(functions: Sequence[Function], outer: int) -> list[int]:
    """The numbers of the functions that stand in function number `outer`, in order."""
    inside = {outer}
    for number in range(outer + 1, len(functions)):
        if functions[number].parent in inside:
            inside.add(number)
        elif functions[number].line > functions[outer].end_line:
            break
    return sorted(inside - {outer})
