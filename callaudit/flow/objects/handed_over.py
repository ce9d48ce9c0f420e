"""Objects that code hands to something that is not in the repository, which calls their methods.

A chart library is given a data feed, a bot framework a handler, a GraphQL server its resolvers. What is handed over to
be kept, shown or passed on is not called: containers, contexts, checks of data, what is printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.callbacks import call, filled
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import IMPORTED, Closure, ForeignValue, Instance, OneOf, Record, Seq, Unknown
from callaudit.libraries.keepers import keeps
from callaudit.syntax.ir import Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST_METHODS = 24
DEPTH = 3
"""How deep in what is handed over an object is looked for: `new Chart({ options: { feed } })`."""
SHALLOW = 2
"""How deep functions are found without this: those are callbacks."""


def run_objects(
    frame: Frame, here: Application, target: ForeignValue, args: Sequence[Value], tree: list[Effect]
) -> Cost:
    """Run the methods that matter of the objects among `args`, each once, if `target` is taken to call them."""
    total = costs.NONE
    if keeps(target.package, target.path):
        return total
    for arg in args:
        for method in _methods(frame, here, arg) if may_hold(arg) else ():
            total = costs.add(total, _run(frame, here, target, method, tree))
    return total


def missing_library(target: Value) -> ForeignValue | None:
    """What an import brings that names a file which is not in the repository: a library that is put beside it later."""
    if not isinstance(target, Unknown):
        return None
    imported = target if target.receiver is None else forced(target.receiver)
    if not isinstance(imported, Unknown) or not imported.why.startswith(IMPORTED):
        return None
    specifier = imported.why.removeprefix(IMPORTED).partition(": ")[0]
    return ForeignValue(specifier, (target.name,))


def _methods(frame: Frame, here: Application, arg: Value) -> list[Closure]:
    """The methods of the objects that an argument is or holds, and functions deep inside it."""
    found: list[Closure] = []
    for item in _objects(arg, DEPTH):
        if isinstance(item, Closure):
            found.append(item)
        elif item.state != 1 and item is not here.scope.receiver():
            # an object that is being made, and one whose code this is, hands itself to what observes it
            found.extend(_interface(frame.interpreter, item))
    return found[:MOST_METHODS]


def _run(frame: Frame, here: Application, target: ForeignValue, method: Closure, tree: list[Effect]) -> Cost:
    inside: list[Effect] = []
    spent = call(frame, method, filled(frame, method, ()), here.scope, here.expr.line, inside)
    if not inside:
        return costs.NONE
    interpreter = frame.interpreter
    function = interpreter.qualified(here.scope.module, here.scope.function)
    name = f"called by {target.package or '.'.join(target.path)}"
    line = interpreter.function(method.module, method.index).line
    settings = (("method", interpreter.qualified(method.module, method.index)), ("defined", f"{method.module}:{line}"))
    trigger = Trigger("event", name, here.scope.module, here.expr.line, function, settings=settings)
    tree.append(Repeated("event", here.expr.line, 0, 1, tuple(inside), trigger=trigger))
    return costs.maybe(spent)


def _objects(value: Value, depth: int) -> Iterator[Instance | Closure]:
    """The objects in a value, and the functions deeper in it than callbacks are."""
    known = forced(value)
    if isinstance(known, Instance) or (isinstance(known, Closure) and depth < DEPTH - SHALLOW):
        yield known
    elif isinstance(known, OneOf):
        for item in known.values:
            yield from _objects(item, depth)
    elif isinstance(known, (Record, Seq)) and depth:
        for item in known.fields.values() if isinstance(known, Record) else known.items:
            if may_hold(item):
                yield from _objects(item, depth - 1)


def _interface(interpreter: Interpreter, instance: Instance) -> list[Closure]:
    """The methods that somebody else may call: those of the interface that the class implements, else all but helpers.

    A helper is a method that another method of the class mentions; it runs where that one calls it.
    """
    declared = _declared(interpreter, instance)
    found: dict[str, Closure] = {}
    mentioned: set[str] = set()
    for cls in interpreter.classes.lineage(instance.cls):
        for index in interpreter.class_facts(cls).methods:
            function = interpreter.function(cls.module, index)
            mentioned.update(_own_members(interpreter, cls.module, index) - {function.name})
            if function.static or function.accessor or function.name == "constructor" or function.name[:1] in "#_":
                continue
            found.setdefault(function.name, Closure(cls.module, index, cls.scope, instance))
    names = declared & set(found) or set(found) - mentioned
    return [one for name, one in found.items() if name in names and matters(interpreter, one)]


def _declared(interpreter: Interpreter, instance: Instance) -> set[str]:
    names: set[str] = set()
    for cls in interpreter.classes.lineage(instance.cls):
        for text in interpreter.class_facts(cls).implements:
            found = interpreter.program.interface(cls.module, text.partition("<")[0].strip())
            if found is not None:
                names.update(name for name, _ in found[1].members)
    return names


def _own_members(interpreter: Interpreter, module: str, index: int) -> set[str]:
    """The members of `this` that a method mentions, in the functions inside it too."""
    here = interpreter.program.modules[module]
    return {
        node.prop
        for number in (index, *here.inside(index))
        for node in here.nodes_of(number, Member)
        if isinstance(node.obj, Name) and node.obj.id == "this"
    }
