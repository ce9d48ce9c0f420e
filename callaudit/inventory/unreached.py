"""Run what no entry reaches, to know its call sites and what guards them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.effects import Effect  # noqa: TC001 - msgspec reads the annotations
from callaudit.flow.machine.frame import Frame
from callaudit.flow.machine.mishaps import Place, spared
from callaudit.flow.machine.static import static_scope, unknown_arguments
from callaudit.flow.objects.construct import begin_fields, fields_begun, has_loud_fields
from callaudit.flow.values.values import ClassValue, Closure
from callaudit.syntax.ir import Func
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from callaudit.flow.machine.interpreter import Interpreter


class Unreached(Struct, frozen=True):
    """What one function does; `cut` where it is run as if what it calls did come back."""

    cut: bool
    file: str
    index: int
    effects: tuple[Effect, ...]


def functions_run(interpreter: Interpreter) -> frozenset[tuple[str, str]]:
    """The functions that have sent a request so far, or sent one on: file and name of each."""
    sent = ((site.file, site.function) for site in (r.site for r in interpreter.requests))
    return frozenset((*sent, *interpreter.noted.sent_on))


def run_unreached(
    interpreter: Interpreter, run: frozenset[tuple[str, str]], modules: AbstractSet[str]
) -> list[Unreached]:
    """Run every function of `modules` that may reach the network and is not among those that were `run`.

    They get unknown arguments. What a tool has written, and nothing uses, is no part of the program.
    """
    found: list[Unreached] = []
    for path in sorted(modules - interpreter.program.generated):
        module = interpreter.program.modules[path]
        for index, _ in enumerate(module.functions):
            if not index or not interpreter.relevance.sends(path, index):
                continue
            if (path, interpreter.qualified(path, index)) not in run:
                found.append(Unreached(cut=False, file=path, index=index, effects=_run(interpreter, path, index)))
        found.extend(_fields(interpreter, path))
    return found


def _fields(interpreter: Interpreter, path: str) -> Iterable[Unreached]:
    """What the fields of classes begin with of which nothing makes an object."""
    for number, _ in enumerate(interpreter.program.modules[path].classes):
        cls = _class(interpreter, path, number)
        if (path, number) in fields_begun(interpreter) or not has_loud_fields(interpreter, cls):
            continue
        tree: list[Effect] = []
        begin_fields(Frame(interpreter, cls.scope, effects=True), interpreter.injection.injected(cls), tree)
        if tree:
            yield Unreached(cut=False, file=path, index=0, effects=tuple(tree))


def in_order(found: Iterable[Unreached]) -> list[Unreached]:
    """What was run in several shares, as if it had been run in one."""
    return sorted(found, key=lambda one: (one.cut, one.file, one.index))


def _run(interpreter: Interpreter, path: str, index: int, *, anew: bool = False) -> tuple[Effect, ...]:
    function = interpreter.function(path, index)
    if function.cls >= 0:
        cls = ClassValue(path, function.cls, static_scope(interpreter, path, function.parent))
        this = interpreter.injection.injected(cls)
        closure = Closure(path, index, cls.scope, cls if function.static else this)
    elif (number := _in_fields(interpreter, path).get(index)) is not None:
        cls = _class(interpreter, path, number)
        this = interpreter.injection.injected(cls)
        closure = Closure(path, index, interpreter.classes.fields_scope(this, cls), None if function.arrow else this)
    else:
        closure = Closure(path, index, static_scope(interpreter, path, function.parent))
    args = unknown_arguments(interpreter, closure)
    place = Place(path, function.line, interpreter.qualified(path, index))
    return spared(interpreter, place, lambda: interpreter.run(closure, args, anew=anew).effects, ())


def _class(interpreter: Interpreter, path: str, number: int) -> ClassValue:
    parent = interpreter.program.modules[path].classes[number].parent
    return ClassValue(path, number, static_scope(interpreter, path, parent))


def _in_fields(interpreter: Interpreter, path: str) -> dict[int, int]:
    """The functions that stand in fields of classes, each with its class: `load = () => this.http.get(url)`."""
    return interpreter.found_once(
        ("in fields", path),
        lambda: {
            node.index: number
            for number, cls in enumerate(interpreter.program.modules[path].classes)
            for field in cls.fields
            if field.value is not None and not field.static
            for node in walk((field.value,))
            if isinstance(node, Func)
        },
    )


def run_cut(interpreter: Interpreter, besides: AbstractSet[tuple[str, int]] = frozenset()) -> list[Unreached]:
    """Run the functions of which a part stands behind a call that never comes back, as if it did; not those `besides`.

    Nothing that is known of them holds then, and nothing else is to know of it. Functions with a way that no run takes
    are run as if every way were taken; what is known of others holds for them.
    """
    places = sorted(interpreter.endings.cut.keys() - besides)
    cut = [place for place in places if interpreter.relevance.function(*place) and place[1]]
    left = [place for place in interpreter.endings.never_taken() if place[1] and place not in interpreter.endings.cut]
    if not cut and not left:
        return []
    interpreter.endings.ignored = True
    with interpreter.summaries.apart():
        found = [
            Unreached(cut=True, file=path, index=index, effects=_run(interpreter, path, index)) for path, index in cut
        ]
    for path, index in left:
        with interpreter.summaries.apart(knowing=True):
            effects = _run(interpreter, path, index, anew=True)
        found.append(Unreached(cut=True, file=path, index=index, effects=effects))
    interpreter.endings.ignored = False
    return found
