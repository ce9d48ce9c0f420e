"""What methods of lists and of promises give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.flattening import MOST_ITEMS, flat, flat_to
from callaudit.flow.lists.most import GROWING, at_most, most_items, of_any_size, sliced_to
from callaudit.flow.lists.sifting import SIFTING, sifted
from callaudit.flow.text.strings import concatenate
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.listed import listed
from callaudit.flow.values.merging import loosened, sets_any_key
from callaudit.flow.values.type_members import item_type
from callaudit.flow.values.values import (
    UNDEFINED,
    ClassValue,
    Closure,
    Const,
    Heap,
    Instance,
    Record,
    Seq,
    Sparse,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST_FOLDED = 12
CHOOSING = frozenset({"filter", "slice", "concat", "flat"})
"""Methods of arrays that give another number of items."""
SAME_RECEIVER = frozenset({"catch", "finally", "filter", "slice", "sort", "reverse", "concat", "flat", "bind", "pipe"})


def _folded(interpreter: Interpreter, step: Value, items: Seq, first: Value, counted: int = 0) -> Value | None:
    """What is left of a list that is written down, folded from `first` on."""
    if len(items.items) > MOST_FOLDED or not isinstance(forced(step), Closure):
        return None
    value = first
    for number, item in enumerate(items.items, counted):
        value = interpreter.apply(step, [value, item, Const(number)])
    function = forced(step)
    return loosened(value) if isinstance(function, Closure) and sets_any_key(interpreter, function) else value


def _is_text(receiver: Value, args: Sequence[Value]) -> bool:
    """Whether `concat` joins strings: of what is not known that is told by what it is handed."""
    given = (receiver, *args) if isinstance(receiver, (Const, Text)) else args
    known = [forced(one) for one in given]
    return not isinstance(receiver, Seq) and any(
        isinstance(one, Text) or (isinstance(one, Const) and isinstance(one.value, str)) for one in known
    )


def of_list_or_promise(interpreter: Interpreter, receiver: Value, name: str, args: list[Value]) -> Value | None:
    """What a method of a list or of a promise gives, or of what may be one; `None` where it is another one."""
    if name == "then" and args:
        return interpreter.apply(args[0], [receiver])
    if name == "reduce" and len(args) in (1, 2) and isinstance(receiver, Seq) and not receiver.open:
        if len(args) == 2:
            return _folded(interpreter, args[0], receiver, args[1])
        if receiver.items:  # the first item is what the others are folded into
            return _folded(interpreter, args[0], Seq(receiver.items[1:]), receiver.items[0], counted=1)
    if name in SIFTING and args and isinstance(receiver, Seq):
        kept = sifted(interpreter, receiver, name, args[0])
        if kept is not None:
            return kept
    if isinstance(receiver, Seq) and not receiver.open:
        exact = _exactly(receiver, name, [forced(arg) for arg in args])
        if exact is not None:
            return exact
    if name == "flat" and isinstance(receiver, Seq) and receiver.items:
        return flat_to(receiver, args)
    if name in CHOOSING and isinstance(receiver, Seq) and receiver.items:
        more = receiver.open or name == "concat"
        return _bounded(Seq(receiver.items, open=more, chosen=True), receiver, name, args)
    if name == "splice" and isinstance(receiver, Seq) and any(_does_something(item) for item in receiver.items):
        return Seq(receiver.items, open=receiver.open, chosen=True)
    if name == "concat" and _is_text(receiver, args):
        return concatenate([receiver, *args])
    if name in SAME_RECEIVER:
        return _bounded(receiver, receiver, name, args)
    if name in ("entries", "keys") and not args and isinstance(receiver, Seq) and not receiver.open:
        numbered = [(Const(number), item) for number, item in enumerate(receiver.items)]
        pairs = tuple(Seq(pair) if name == "entries" else pair[0] for pair in numbered)
        return Seq(pairs, chosen=receiver.chosen)
    if name == "fill" and len(args) < 2 and isinstance(receiver, Seq) and not receiver.open:
        return Seq((args[0] if args else UNDEFINED,) * len(receiver.items), chosen=receiver.chosen)
    if name == "map" and isinstance(receiver, Sparse):
        return receiver
    if name in ("map", "flatMap") and args:
        most = most_items(receiver) if name == "map" else None
        if isinstance(receiver, Seq):
            given = enumerate(listed(receiver.items[:MOST_ITEMS], "item"))
            items = tuple(_item(interpreter, args[0], item, number) for number, item in given)
            more = receiver.open or len(receiver.items) > MOST_ITEMS
            given_back = Seq(items, open=more, chosen=receiver.chosen, most=most)
            return flat(given_back) if name == "flatMap" else given_back
        if isinstance(receiver, Unknown):
            of_type = item_type(receiver.type[1]) if receiver.type is not None else ""
            declared = (receiver.type[0], of_type) if receiver.type is not None and of_type else None
            one = Unknown("item", "an item of data", type=declared)
            each_item = Lazy(lambda: interpreter.apply(args[0], [one]))
            return Seq((each_item,), open=True, most=most)
    if name in ("get", "find", "at", "pop", "shift") and isinstance(receiver, Unknown) and receiver.type is not None:
        item = item_type(receiver.type[1])
        return Unknown("item", "an item of data", type=(receiver.type[0], item)) if item else None
    if name in ("find", "at", "pop", "shift") and isinstance(receiver, Seq):
        items = receiver.items[:MOST_ITEMS]
        return join([*items, UNDEFINED, *_other_data(receiver, items)])
    return None


def _does_something(item: Value) -> bool:
    """Whether an item is no data alone: a function, or an object that may have some."""
    return isinstance(forced(item), (Closure, Record, Instance))


def _bounded(value: Value, receiver: Value, name: str, args: list[Value]) -> Value:
    """`value`, which a method gives of `receiver`, with how many items it has at most."""
    if name in GROWING:
        return of_any_size(value)
    value = at_most(value, most_items(receiver))
    return at_most(value, sliced_to(args)) if name == "slice" else value


def _exactly(receiver: Seq, name: str, args: list[Value]) -> Value | None:
    """What a method makes of a list that is known, where that is known too; `None` where it is not."""
    numbers = [arg.value for arg in args if isinstance(arg, Const) and isinstance(arg.value, int)]
    if name == "at" and len(numbers) == 1 and not isinstance(receiver, Heap) and not receiver.chosen:
        return receiver.items[numbers[0]] if -len(receiver.items) <= numbers[0] < len(receiver.items) else UNDEFINED
    if name == "slice" and len(numbers) == len(args) <= 2:
        items = receiver.items[slice(*numbers)] if len(numbers) > 1 else receiver.items[sum(numbers) :]
        return Seq(items, chosen=receiver.chosen)
    if name in ("reverse", "toReversed") and not args:
        return Seq(receiver.items[::-1], chosen=receiver.chosen)
    if name in ("sort", "toSorted") and len(receiver.items) > 1:
        return Heap(receiver.items, chosen=receiver.chosen)
    if name == "concat" and all(isinstance(arg, (Seq, Const)) for arg in args):
        added = [arg.items if isinstance(arg, Seq) else (arg,) for arg in args]
        joined = (receiver, *(arg for arg in args if isinstance(arg, Seq)))
        items = (*receiver.items, *(item for items in added for item in items))
        return Seq(items, open=any(one.open for one in joined), chosen=any(one.chosen for one in joined))
    return None


def _other_data(receiver: Seq, items: Sequence[Value]) -> Sequence[Value]:
    """What may be found in a list of which not all items are known: data; instances and functions are what is known."""
    if not receiver.open and len(receiver.items) <= MOST_ITEMS:
        return ()
    if any(isinstance(forced(item), (Closure, ClassValue, Instance)) for item in items):
        return ()
    return (Unknown("item", "an item of data"),)


def _item(interpreter: Interpreter, callback: Value, item: Value, number: int) -> Value:
    return Lazy(lambda: interpreter.apply(callback, [item, Const(number)]))
