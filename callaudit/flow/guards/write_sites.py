"""What in a function may write to a store, and when it happens: read once for each function, whoever asks."""

from __future__ import annotations

from msgspec import Struct

from callaudit.syntax.ir import Assign, Call, Expr, Func, Index, Lit, Member, Name, Node, Try, Un

MOST_NODES = 20_000
SETTLED = frozenset({"finally"})


class WriteSite(Struct, frozen=True, eq=False):
    """An assignment, a removal, a call or a function inside.

    `settles` holds where it runs whenever the work is done, `failing` where it runs because something failed; `late`
    is how long a timer waits before it.
    """

    node: Assign | Un | Call | Func
    settles: bool = False
    failing: bool = False
    late: Expr | None = None


_When = tuple[bool, bool, Expr | None]
_PLAIN = (Lit, Name)


def write_sites(body: tuple[object, ...]) -> tuple[WriteSite, ...]:
    """The sites of a function's body in the order of its code, without those of functions inside it."""
    found: list[WriteSite] = []
    waiting: list[tuple[object, _When]] = [(body, (False, False, None))]
    for _ in range(MOST_NODES):
        if not waiting:
            break
        node, when = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend((item, when) for item in reversed(node))
        elif isinstance(node, Func):
            found.append(WriteSite(node, *when))
        elif isinstance(node, Try):
            waiting.append((node.final, (True, when[1], when[2])))
            waiting.append((node.handler, (when[0], True, when[2])))
            waiting.append((node.body, when))
        elif isinstance(node, Call):
            found.append(WriteSite(node, *when))
            waiting.extend(reversed(_parts(node, when)))
        elif isinstance(node, Node) and not isinstance(node, _PLAIN):
            if isinstance(node, Assign) or (isinstance(node, Un) and _deletes(node)):
                found.append(WriteSite(node, *when))
            waiting.extend((getattr(node, name), when) for name in reversed(node.__struct_fields__))
    return tuple(found)


def _deletes(node: Un) -> bool:
    return node.op == "delete" and isinstance(node.value, (Member, Index))


def _parts(call: Call, when: _When) -> list[tuple[object, _When]]:
    """The parts of a call, each with when it runs: a callback of `finally` does whenever the work is done."""
    settles, failing, late = when
    callee = call.callee
    if isinstance(callee, Member) and callee.prop in SETTLED:
        settles = True
    elif isinstance(callee, Member) and callee.prop == "catch":
        failing = True
    elif isinstance(callee, (Name, Member)) and _word(callee) == "setTimeout" and len(call.args) > 1:
        late = call.args[1]
    return [(callee, when), *((arg, (settles, failing, late)) for arg in call.args)]


def _word(expr: Name | Member) -> str:
    return expr.id if isinstance(expr, Name) else expr.prop
