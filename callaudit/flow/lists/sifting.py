"""Which items of a list a predicate keeps, as far as they tell: `pages.filter((page) => page.label === "Search")`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.picked_out import picked_out
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Closure, Const, ForeignValue, Seq, Unknown
from callaudit.syntax.ir import Ret

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST_ITEMS = 32
MOST_UNDECIDED = 3
"""Items at the begin of a list of which a predicate says nothing, before the others are not asked about."""
SIFTING = frozenset({"filter", "find"})


def sifted(interpreter: Interpreter, receiver: Seq, name: str, predicate: Value) -> Value | None:
    """What `filter` or `find` gives; `None` where the predicate decides about no item."""
    answers = _answers(interpreter, receiver, predicate)
    items = [
        picked_out(interpreter, item, predicate) if answer is None else None
        for item, answer in zip(receiver.items, answers, strict=True)
    ]
    if all(answer is None for answer in answers) and all(item is None for item in items):
        return None
    found = [before if item is None else item for item, before in zip(items, receiver.items, strict=True)]
    receiver = Seq(tuple(found), open=receiver.open, chosen=receiver.chosen)
    kept = [item for item, answer in zip(receiver.items, answers, strict=True) if answer is not False]
    if name == "filter":
        undecided = any(answer is None for answer in answers)
        return Seq(tuple(kept), open=receiver.open, chosen=receiver.chosen or undecided, most=receiver.most)
    return join(_until_found(receiver, answers))


def _until_found(receiver: Seq, answers: list[bool | None]) -> list[Value]:
    """What may be the first item that a predicate keeps: nothing after one that it surely keeps."""
    found: list[Value] = []
    for item, answer in zip(receiver.items, answers, strict=True):
        if answer is not False:
            found.append(item)
        if answer and not receiver.chosen:
            return found
    return [*found, UNDEFINED, *([Unknown("item", "an item of data")] if receiver.open else [])]


def _answers(interpreter: Interpreter, receiver: Seq, predicate: Value) -> list[bool | None]:
    """For each item whether the predicate holds; `None` where that depends."""
    known = forced(predicate)
    nothing: list[bool | None] = [None] * len(receiver.items)
    if isinstance(known, ForeignValue) and (known.package, known.path, known.args) == ("", ("Boolean",), None):
        return [truth(item) for item in receiver.items]
    if not isinstance(known, Closure) or not 0 < len(receiver.items) <= MOST_ITEMS:
        return nothing
    function = interpreter.function(known.module, known.index)
    if len(function.body) != 1 or not isinstance(function.body[0], Ret):
        return nothing
    answers: list[bool | None] = []
    for number, item in enumerate(receiver.items):
        answers.append(truth(interpreter.apply(known, [item, Const(number)])))
        if len(answers) == MOST_UNDECIDED and all(answer is None for answer in answers):
            return nothing
    return answers
