"""Limits that only say whether there is room: `const { success } = await limit(id); if (!success) return null`.

Who does not ask what they say goes on however full they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Assign, Await, Cond, If, Let, Loop, Member, Name, Op, PatObj
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Call, Expr


def is_heeded(interpreter: Interpreter, call: Call, allows: str, scope: Scope) -> bool:
    """Whether a test of the function asks for the part `allows` of the answer of `call`."""
    place = scope.module, scope.function
    answers: set[str] = set()
    says: set[str] = set()
    lets = interpreter.nodes_of(*place, Let)
    set_to: tuple[Let | Assign, ...] = (*lets, *interpreter.nodes_of(*place, Assign))
    for node in set_to:
        if node.value is None or not _is_answer(node.value, call):
            continue
        if isinstance(node.target, Name):
            answers.add(node.target.id)
        elif isinstance(node.target, PatObj):
            said = (entry.target for entry in node.target.entries if entry.key == allows)
            says.update(target.id for target in said if isinstance(target, Name))
    for let in lets:  # `const full = !answer.success`
        if let.value is not None and isinstance(let.target, Name) and _asks(let.value, call, allows, answers, says):
            says.add(let.target.id)
    return any(_asks(test, call, allows, answers, says) for test in _tests(interpreter, place))


def _is_answer(value: Expr, call: Call) -> bool:
    return isinstance(value, Await) and value.value is call


def _asks(expr: Expr, call: Call, allows: str, answers: set[str], says: set[str]) -> bool:
    for node in walk((expr,)):
        if isinstance(node, Name) and node.id in says:
            return True
        if isinstance(node, Member) and node.prop == allows:
            of_answer = isinstance(node.obj, Name) and node.obj.id in answers
            if of_answer or _is_answer(node.obj, call):
                return True
    return False


def _tests(interpreter: Interpreter, place: tuple[str, int]) -> Iterator[Expr]:
    tested: tuple[If | Cond | Loop, ...] = (
        *interpreter.nodes_of(*place, If),
        *interpreter.nodes_of(*place, Cond),
        *interpreter.nodes_of(*place, Loop),
    )
    yield from (node.test for node in tested if node.test is not None)
    for node in interpreter.nodes_of(*place, Op):
        if node.op in ("&&", "||"):
            yield from node.items[:-1]
