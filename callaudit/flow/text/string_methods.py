"""Methods of strings that are partly known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.patterns import tested
from callaudit.flow.text.replacing import by_pattern
from callaudit.flow.text.splitting import begun, split
from callaudit.flow.text.strings import LONGEST, MOST_PARTS, Part, by_default, concatenate, each, parts_of, text
from callaudit.flow.values.comparisons import equal
from callaudit.flow.values.lazy import forced, word_of
from callaudit.flow.values.values import Const, Heap, Seq, Text, Unknown, Url, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def string_method(receiver: Value, name: str, args: Sequence[Value]) -> Value | None:
    """The result of a method of a string, or `None` where it is not one that is modelled."""
    receiver = forced(receiver)
    if isinstance(receiver, Seq):
        if name == "includes" and len(args) == 1:
            return _among(receiver, args[0])
        return _joined(receiver, args) if name == "join" else None
    if isinstance(receiver, Url) and name in ("toString", "toJSON"):
        return receiver.text
    if name == "test" and len(args) == 1 and isinstance(receiver, Unknown) and receiver.name == "regex":
        return each(args[0], lambda one: _tested(receiver, one) or Unknown("test", "a pattern"))
    if not isinstance(receiver, (Const, Text, Unknown)):
        return None
    if name in ("toString", "trim", "trimEnd", "trimStart", "valueOf", "normalize"):
        return receiver
    if name == "concat" and isinstance(receiver, (Const, Text)):
        return concatenate([receiver, *args])
    if type(receiver).__name__ == "RequestWord":
        if name in ("split", "toUpperCase", "toLowerCase"):
            return Seq((receiver,)) if name == "split" else receiver
        if name == "startsWith" and args:
            _note_prefix(receiver, forced(args[0]))
    if name == "split" and isinstance(receiver, Unknown) and receiver.env:
        return _listed_in(receiver, args)
    if name == "split" and isinstance(receiver, Text) and args:
        return begun(receiver, word_of(args[0]))
    if name in ("replace", "replaceAll"):
        return _replaced(receiver, args, every=name == "replaceAll")
    if isinstance(receiver, Const) and isinstance(receiver.value, str):
        return _known_method(receiver.value, name, args)
    if name in ("startsWith", "endsWith", "includes") and not isinstance(receiver, Const):
        known = by_default(receiver)
        if known:
            return _known_method(known, name, args)
        return _prefix(receiver, name, args) if isinstance(receiver, Text) else None
    return None


def _tested(pattern: Unknown, value: Value) -> Value | None:
    known = by_default(value)
    return tested(pattern, Const(known), (known,)) if known else tested(pattern, value, parts_of(value))


def _note_prefix(word: Value, prefix: Value) -> None:
    """Let a request's path remember a beginning that it is tested for, as it does what it is compared with."""
    if equal(word, prefix) is None and isinstance(prefix, Const) and isinstance(prefix.value, str):
        word.prefixes.add(prefix.value)  # type: ignore[attr-defined]


def _listed_in(variable: Unknown, args: Sequence[Value]) -> Value:
    """The items of a list that an environment variable holds: those of its default, and others."""
    between = word_of(args[0]) if args else ""
    parts = variable.default.split(between) if between else [variable.default]
    why = "an item of an environment variable"
    items = tuple(Unknown(variable.name, why, env=variable.env, default=part.strip()) for part in parts[:MOST_PARTS])
    return Seq(items, open=True)


def _known_method(value: str, name: str, args: Sequence[Value]) -> Value | None:
    simple = {"toLowerCase": value.lower, "toUpperCase": value.upper}
    if name in simple:
        return Const(simple[name]())
    first = forced(args[0]) if args else None
    known = first.value if isinstance(first, Const) else None
    if isinstance(known, str):
        tests: dict[str, Callable[[], bool]] = {
            "startsWith": lambda: value.startswith(known),
            "endsWith": lambda: value.endswith(known),
            "includes": lambda: known in value,
        }
        if name in tests and len(args) == 1:
            return Const(tests[name]())
        if name == "split" and known and len(args) == 1:
            return split(value, known)
    if name in ("slice", "substring") and args:
        return _sliced(value, name, [forced(arg) for arg in args])
    return None


def _sliced(value: str, name: str, args: list[Value]) -> Value | None:
    bounds: list[int] = [arg.value for arg in args if isinstance(arg, Const) and isinstance(arg.value, int)]
    if len(bounds) != len(args) or any(abs(bound) > LONGEST for bound in bounds):
        return None
    if name == "substring":  # it begins at the lesser of both, and never counts from the end
        bounds = sorted(max(bound, 0) for bound in bounds[:2])
    return Const(value[bounds[0] : bounds[1]] if len(bounds) > 1 else value[bounds[0] :])


def _prefix(receiver: Text, name: str, args: Sequence[Value]) -> Value | None:
    first = forced(args[0]) if args else None
    head = receiver.parts[0]
    if name == "startsWith" and isinstance(first, Const) and isinstance(first.value, str) and isinstance(head, str):
        if head.startswith(first.value):
            return Const(True)
        if not first.value.startswith(head):
            return Const(False)
    return None


def _replaced(receiver: Const | Text | Unknown, args: Sequence[Value], *, every: bool) -> Value:
    old = forced(args[0]) if args else None
    new = forced(args[1]) if len(args) > 1 else None
    if isinstance(old, Unknown) and old.name == "regex":
        return by_pattern(receiver, old.default, new, every=every)
    word = word_of(old) if old is not None else ""
    if not word or new is None:
        return receiver  # what is replaced is not known
    found: list[Part] = []
    for part in parts_of(receiver):
        if not isinstance(part, str):
            found.append(part)
            continue
        for number, piece in enumerate(part.split(word)[:MOST_PARTS]):
            found += parts_of(new, word.strip(":{}[]<>$") or "value") if number else ()
            found.append(piece)
    return text(found)


def _among(receiver: Seq, wanted: Value) -> Value | None:
    """`["GET", "HEAD"].includes(method)`, where all of it is known."""
    items = [forced(item) for item in receiver.items[:MOST_PARTS]]
    known = forced(wanted)
    if not isinstance(known, Const):
        return None
    if any(isinstance(item, Const) and item.value == known.value for item in items):
        return None if receiver.chosen else Const(True)  # what is put in later may not be there yet
    surely = not receiver.open and len(items) == len(receiver.items) and all(isinstance(item, Const) for item in items)
    return Const(False) if surely else None


def _joined(receiver: Seq, args: Sequence[Value]) -> Value:
    if isinstance(receiver, Heap) and len(receiver.items) > 1:
        return Unknown("items", "items in an order that is not known")
    separator = parts_of(args[0]) if args else (",",)
    values: list[Value] = []
    for number, item in enumerate(receiver.items[:MOST_PARTS]):
        if number:
            values.append(text(separator))
        values.append(item)
    if receiver.open:
        values.append(Unknown("items", "items that are not known"))
    return concatenate(values)
