"""What small functions that make strings of strings give: they are run, where evaluating them says too little.

Such a function is run twice, with two samples for each part of its arguments that is not known: once a plain word,
once a URL or path with slashes inside. Where both runs put the samples together in the same way, that is what it
gives; where what it does depends on the unknown part, nothing is concluded.
"""

from __future__ import annotations

import re
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from callaudit.flow.text.strings import parts_of, text
from callaudit.flow.text.text_machine import NotTextError, TextMachine
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Closure, Const, OneOf, Seq, Text, Undefined, Unknown, Value
from callaudit.syntax.ir import Await, Call, ClassRef, ImportCall, Jsx, Loop, Member, Ret, Try
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter

MOST_WAYS = 8
MOST_PARAMETERS = 6
LONGEST_FUNCTION = 500
"""Records of the code of a function that is run."""
SHORT = 12
"""Records of a function that only hands its parameters on."""
METHODS = frozenset({"replace", "replaceAll", "join", "split", "endsWith", "startsWith", "slice", "substring", "match"})
_NEVER = (Try, Await, Jsx, ImportCall, ClassRef)
_SAMPLE = re.compile(r"(?:https://)?qz(\d+)zq(?:/qy)?")


def text_result(interpreter: Interpreter, closure: Closure, args: Sequence[Value], value: Value) -> Value:
    """`value`, which `closure` was found to give, or what running it gives."""
    if not args or not _is_candidate(interpreter, closure):
        return value
    place = (closure.module, closure.index, *(key(arg) for arg in args))
    if place not in interpreter.answers.texts:
        interpreter.answers.texts[place] = _by_running(interpreter, closure, args)
    made = interpreter.answers.texts[place]
    return value if made is None or _says_more(forced(value), made) else made


def _says_more(value: Value, made: Value) -> bool:
    """Whether `value` is the variable that was made, and what the function gives where it is not set."""
    alone = made.parts[0] if isinstance(made, Text) and len(made.parts) == 1 else made
    if not isinstance(value, Unknown) or not isinstance(alone, Unknown):
        return False
    return bool(value.env) and value.env == alone.env and bool(value.default) and not alone.default


def _by_running(interpreter: Interpreter, closure: Closure, args: Sequence[Value]) -> Value | None:
    results: list[Value] = []
    for way in _ways(args):
        result = _run(interpreter, closure, way)
        if result is None:
            return None
        results.append(result)
    return join(results) if results else None


def _is_candidate(interpreter: Interpreter, closure: Closure) -> bool:
    """Whether a function is short, handles only its parameters, and does so with loops, patterns or methods."""
    place = (closure.module, closure.index)
    known = interpreter.answers.textual.get(place)
    if known is None:
        function = interpreter.function(closure.module, closure.index)
        taken = 0 < len(function.params) <= MOST_PARAMETERS and not function.asynchronous and closure.this is None
        nodes = list(islice(walk(function.body), LONGEST_FUNCTION + 1)) if taken else []
        known = interpreter.answers.textual[place] = (
            0 < len(nodes) <= LONGEST_FUNCTION
            and not any(isinstance(node, _NEVER) or (isinstance(node, Call) and node.new) for node in nodes)
            and any(isinstance(node, Loop) or (isinstance(node, Call) and _is_method(node)) for node in nodes)
        ) or (0 < len(nodes) < SHORT and isinstance(nodes[0], Ret) and isinstance(nodes[0].value, Call))
    return known


def _is_method(call: Call) -> bool:
    return isinstance(call.callee, Member) and call.callee.prop in METHODS


def _ways(args: Sequence[Value]) -> Iterator[tuple[Value, ...]]:
    """The arguments, one way for each combination of their alternatives; none where one is no string."""
    choices: list[tuple[Value, ...]] = []
    total = 1
    for arg in args:
        known = forced(arg)
        options = known.values if isinstance(known, OneOf) else (known,)
        total *= len(options)
        if total > MOST_WAYS or not all(_is_text(option) for option in options):
            return
        choices.append(options)
    yield from product(*choices)


def _is_text(value: Value) -> bool:
    known = forced(value)
    if isinstance(known, Seq):
        return not known.open and all(_is_text(item) for item in known.items)
    if isinstance(known, Unknown):
        return known.type is None or known.type[1] in ("string", "number") or bool(known.env)
    return isinstance(known, (Const, Text, Undefined))


def _run(interpreter: Interpreter, closure: Closure, args: tuple[Value, ...]) -> Value | None:
    unknown: list[Unknown] = []
    found: list[list[str | int]] = []
    for slashes in (False, True):
        unknown.clear()
        given = [_sample(arg, unknown, slashes=slashes, first=not number) for number, arg in enumerate(args)]
        try:
            result = _machine(interpreter, closure.module).call(closure.index, given)
        except (NotTextError, RecursionError):
            return None
        pieces = _pieces(result)
        if pieces is None:
            return None
        found.append(pieces)
    if found[0] != found[1]:
        return None
    return text([piece if isinstance(piece, str) else unknown[piece] for piece in found[0]])


def _sample(arg: Value, unknown: list[Unknown], *, slashes: bool, first: bool) -> Any:
    known = forced(arg)
    if isinstance(known, Seq):
        return [_sample(one, unknown, slashes=slashes, first=first and not at) for at, one in enumerate(known.items)]
    if isinstance(known, Undefined):
        return None
    if isinstance(known, Const):
        if isinstance(known.value, float):
            return int(known.value) if known.value.is_integer() else str(known.value)
        return known.value
    written = ""
    for at, part in enumerate(parts_of(known)):
        if isinstance(part, str):
            written += part
            continue
        word = f"qz{len(unknown)}zq"
        unknown.append(part)
        written += (f"https://{word}/qy" if first and not at else f"{word}/qy") if slashes else word
    return written


def _pieces(result: Any) -> list[str | int] | None:
    """A result as text and the numbers of the samples in it; `None` where one was taken apart."""
    if not isinstance(result, str):
        return None
    pieces: list[str | int] = []
    end = 0
    for sample in _SAMPLE.finditer(result):
        pieces += [result[end : sample.start()], int(sample[1])]
        end = sample.end()
    pieces.append(result[end:])
    if any("qz" in piece or "qy" in piece for piece in pieces if isinstance(piece, str)):
        return None
    return [piece for piece in pieces if piece != ""]


def _machine(interpreter: Interpreter, module: str) -> TextMachine:
    return TextMachine(interpreter.program.modules[module].functions, _Names(interpreter, module))


class _Names:
    """The top level of a module, as a machine asks for it."""

    def __init__(self, interpreter: Interpreter, module: str) -> None:
        self._in = interpreter
        self._module = module

    def constant(self, name: str) -> str | int:
        """The string or whole number that a name is."""
        value = forced(self._in.global_name(self._module, name))
        if isinstance(value, Const) and isinstance(value.value, (str, int)):
            return value.value
        raise NotTextError

    def function(self, name: str) -> tuple[TextMachine, int]:
        """The function that a name is."""
        value = forced(self._in.global_name(self._module, name))
        if not isinstance(value, Closure) or value.scope.parent is not None:
            raise NotTextError
        return _machine(self._in, value.module), value.index
