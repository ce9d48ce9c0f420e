"""Lists whose length is changed under another name: `const other = list; other.push(id)`, `fill(list)`.

Who asks for such a list finds more, or fewer, than was written where it was made. Names are compared, not values: what
may be another list of that name is not known either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.most import of_any_size
from callaudit.flow.lists.resizing import DEEP, RESIZING, changing, handed, resized
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Seq
from callaudit.project import InPackage
from callaudit.syntax.chains import first_of, untyped
from callaudit.syntax.ir import Arr, Assign, Await, Call, Let, Member, Name, Obj, PatObj, Prop, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr


def lent(interpreter: Interpreter, module: str) -> frozenset[str]:
    """The variables of a module, and `.field`s, whose lists may be changed under another name."""
    return interpreter.found_once(("lent", module), lambda: _lent(interpreter, module))


def with_more(value: Value) -> Value:
    """A list of which not all items are known; anything else as it is."""

    def compute() -> Value:
        known = forced(of_any_size(value))
        if not isinstance(known, Seq) or known.open:
            return known
        return type(known)(known.items, open=True, chosen=True)

    return Lazy(compute, value.expr, value.scope, value.line) if isinstance(value, Lazy) else compute()


def _lent(interpreter: Interpreter, module: str) -> frozenset[str]:
    here = interpreter.program.modules[module]
    known = _changed(interpreter, module)
    if not known and not here.filled:
        return frozenset()
    also: list[tuple[str, str]] = []
    for index in range(len(here.functions)):
        for let in here.nodes_of(index, Let):
            also += _other_names(let.target, let.value)
        for assign in here.nodes_of(index, Assign):
            also += _other_names(assign.target, assign.value)
        for made in here.nodes_of(index, Obj):
            also += [(name, "." + key) for key, name in _held(made)]
    for _ in range(DEEP):
        known |= {name for name, other in also if other in known or other in here.filled}
    return frozenset(known)


def _changed(interpreter: Interpreter, module: str) -> set[str]:
    """What an assignment, a function of the program or one of a package changes otherwise than by its own methods."""
    found = changing(interpreter)
    here = interpreter.program.modules[module]
    calls = any(here.mentions("." + name) for name in RESIZING) or any(
        here.mentions(name) or here.mentions("." + name) for name in found
    )
    known: set[str] = set()
    empty: set[str] = set()
    for index in range(len(here.functions)):
        for let in here.nodes_of(index, Let):
            if isinstance(let.value, Arr) and not let.value.items:
                empty |= _named(let.target)
        for assign in here.nodes_of(index, Assign):
            known |= _named(resized(assign))
        for call in here.nodes_of(index, Call) if calls else ():
            for arg in handed(call, found):
                known |= _named(arg)
            other = resized(call)
            if other is not None and not (isinstance(call.callee, Member) and other is call.callee.obj):
                known |= _named(other)
    return known | _filled_by_packages(interpreter, module, empty) if empty else known


def _filled_by_packages(interpreter: Interpreter, module: str, empty: set[str]) -> set[str]:
    """The empty lists that functions of packages are handed, which have nothing to do with them but to fill them."""
    program = interpreter.program
    imports = program.modules[module].imports
    foreign = {
        name for name, one in imports.items() if isinstance(program.resolve(module, one.source), InPackage)
    }  # fmt: skip
    found: set[str] = set()
    for index in range(len(program.modules[module].functions)):
        for call in interpreter.nodes_of(module, index, Call):
            if first_of(call.callee) in foreign:
                found |= {arg.id for arg in call.args if isinstance(arg, Name)} & empty
    return found


def _other_names(target: Expr, value: Expr | None) -> list[tuple[str, str]]:
    """What a value is called, with the other name that it is given."""
    while isinstance(value, (Await, Typed)):
        value = value.value
    if isinstance(target, PatObj):
        return [
            ("." + one.key, one.target.id)
            for one in target.entries
            if isinstance(one.key, str) and one.key and isinstance(one.target, Name)
        ]
    return [(name, other) for name in _named(value) for other in _named(target) if name != other]


def _held(made: Obj) -> Iterator[tuple[str, str]]:
    for prop in made.props:
        if isinstance(prop, Prop) and isinstance(prop.key, str) and isinstance(prop.value, Name):
            yield prop.key, prop.value.id


def _named(expr: Expr | None) -> set[str]:
    """`list` of a variable, `.list` of a field."""
    if isinstance(expr, Name):
        return {expr.id}
    return {"." + expr.prop} if isinstance(expr, Member) else set()


def is_list(expr: Expr | None) -> bool:
    """Whether an expression writes a list down."""
    return expr is not None and isinstance(untyped(expr), Arr)
