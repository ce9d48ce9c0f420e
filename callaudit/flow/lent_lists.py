"""Lists whose length is changed under another name: `const other = list; other.push(id)`, `fill(list)`.

Who asks for such a list finds more, or fewer, than was written where it was made. Names are compared, not values: what
may be another list of that name is not known either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.most import of_any_size
from callaudit.flow.values import Lazy, Seq, forced
from callaudit.project import InPackage
from callaudit.syntax.chains import called_name, untyped
from callaudit.syntax.ir import Arr, Assign, Await, Call, Index, Let, Member, Name, Obj, PatObj, Prop, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Expr, Node

RESIZING: Final = frozenset({"push", "unshift", "splice", "pop", "shift"})
_HANDED: Final = frozenset({"apply", "call"})
_MENTIONS: Final = frozenset({f".{name}" for name in (*RESIZING, "length")})
DEEP: Final = 3
"""How many functions may hand a list on to the one that changes it."""
_Places = dict[str, set[int]]


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


def changes_parameter(interpreter: Interpreter, module: str, index: int, name: str) -> bool:
    """Whether a function changes the length of a list that it is handed as its parameter `name`."""
    known: dict[tuple[str, int], frozenset[str]] = interpreter.found_once("parameters that are changed", dict)
    if (module, index) not in known:
        known[module, index] = frozenset(_changed(interpreter, module, index))
    return name in known[module, index]


def _changed(interpreter: Interpreter, module: str, index: int) -> Iterator[str]:
    """The names in a function of lists whose lengths it, or a function written in it, changes."""
    function = interpreter.function(module, index)
    if not function.params or _MENTIONS.isdisjoint(function.refs):
        return
    for one in (index, *interpreter.program.modules[module].inside(index)):
        for node in interpreter.nodes(module, one):
            resized = _resized(node)
            if isinstance(resized, Name):
                yield resized.id


def _resized(node: Node) -> Expr | None:
    """The list whose length a call or an assignment changes."""
    if isinstance(node, Assign):
        target = node.target
        if isinstance(target, Index):
            return target.obj
        return target.obj if isinstance(target, Member) and target.prop == "length" else None
    callee = node.callee if isinstance(node, Call) else None
    if not isinstance(node, Call) or not isinstance(callee, Member):
        return None
    if callee.prop in RESIZING:
        return callee.obj
    of_array = (
        isinstance(callee.obj, Member) and callee.obj.prop in RESIZING
    )  # `Array.prototype.push.apply(list, more)`
    return node.args[0] if of_array and callee.prop in _HANDED and node.args else None


# --- functions that change what they are handed ---------------------------------------------------


def _changing(interpreter: Interpreter) -> _Places:
    """The functions of the program that change lists that they are handed, by name: which of their arguments."""
    found: _Places = {}
    for path, module in interpreter.program.modules.items():
        if _MENTIONS.isdisjoint(module.functions[0].refs):
            continue
        for index, function in enumerate(module.functions):
            name = _called_by(interpreter, path, index)
            for number, param in enumerate(function.params if name else ()):
                target = param.target
                if not isinstance(target, Name) or param.rest:
                    continue
                kept = param.property and "." + target.id in module.filled
                if kept or changes_parameter(interpreter, path, index, target.id):
                    found.setdefault(name, set()).add(number)
    for _ in range(DEEP):
        if not _hand_on(interpreter, found):
            break
    return found


def _called_by(interpreter: Interpreter, path: str, index: int) -> str:
    function = interpreter.function(path, index)
    if function.cls >= 0 and function.member == "constructor":
        return interpreter.program.modules[path].classes[function.cls].name
    return function.name


def _hand_on(interpreter: Interpreter, found: _Places) -> bool:
    """Add the functions that hand a parameter to one of those that are found; whether there are any."""
    more = False
    for path, module in interpreter.program.modules.items():
        if not any(module.mentions(name) or module.mentions("." + name) for name in found):
            continue
        for index, function in enumerate(module.functions):
            name = _called_by(interpreter, path, index)
            params = {one.target.id: at for at, one in enumerate(function.params) if isinstance(one.target, Name)}
            if not name or not params:
                continue
            for call in interpreter.nodes_of(path, index, Call):
                for arg in _handed(call, found):
                    at = params.get(arg.id, -1) if isinstance(arg, Name) else -1
                    if at >= 0 and at not in found.get(name, ()):
                        found.setdefault(name, set()).add(at)
                        more = True
    return more


def _handed(call: Call, changing: _Places) -> Iterable[Expr]:
    """The arguments of a call that the function may change which it calls."""
    places = changing.get(called_name(call.callee), ())
    return [arg for number, arg in enumerate(call.args) if number in places]


# --- lists that are changed elsewhere -------------------------------------------------------------


def _lent(interpreter: Interpreter, module: str) -> frozenset[str]:
    changing = interpreter.found_once("functions that change lists", lambda: _changing(interpreter))
    here = interpreter.program.modules[module]
    known: set[str] = set()
    empty: set[str] = set()
    also: list[tuple[str, str]] = []
    for index in range(len(here.functions)):
        for let in interpreter.nodes_of(module, index, Let):
            also += _other_names(let.target, let.value)
            if isinstance(let.value, Arr) and not let.value.items:
                empty |= _named(let.target)
        for assign in interpreter.nodes_of(module, index, Assign):
            also += _other_names(assign.target, assign.value)
            known |= _named(_resized(assign))
        for call in interpreter.nodes_of(module, index, Call):
            for arg in _handed(call, changing):
                known |= _named(arg)
            resized = _resized(call)
            if resized is not None and not (isinstance(call.callee, Member) and resized is call.callee.obj):
                known |= _named(resized)
        for made in interpreter.nodes_of(module, index, Obj):
            also += [(name, "." + key) for key, name in _held(made)]
    known |= _filled_by_packages(interpreter, module, empty) if empty else set()
    for _ in range(DEEP):
        known |= {name for name, other in also if other in known or other in here.filled}
    return frozenset(known)


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
            root = call.callee
            while isinstance(root, Member):
                root = root.obj
            if isinstance(root, Name) and root.id in foreign:
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
