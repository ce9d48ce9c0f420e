"""What names are bound to, read from the code of a function without running it.

Values forget how they came about; a guard is recognized by it: `hit` is what `cache.get(key)` gave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Round, Scope
from callaudit.flow.values.lazy import Lazy
from callaudit.link.definitions import Defined, Foreign
from callaudit.syntax.ir import Assign, Expr, Index, Let, Lit, Member, Name, PatArr, PatDefault, PatObj

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Closure, Value

Bound = tuple[Expr, int]
"""An expression that a name is given, and the line where."""


class Names(Struct, frozen=True):
    """The names of one function: what declares them, and what is assigned to names of any scope."""

    declared: dict[str, tuple[Bound, ...]]
    assigned: dict[str, tuple[Bound, ...]]
    lines: dict[str, int]
    """Where names are declared."""


class Local(Struct, frozen=True, eq=False):
    """A variable of a function: its scope, everything that the function gives it, and its line."""

    scope: Scope
    values: tuple[Bound, ...]
    line: int


def place_of_local(local: Local, name: str) -> tuple[object, ...]:
    """Where a variable is kept: one of the top level, as others see it, is a variable of the module."""
    module, function = local.scope.module, local.scope.function
    return ("local", module, function, name) if function else ("var", module, name)


class Given(Struct, frozen=True, eq=False):
    """A parameter, or what a pattern in one gives."""

    scope: Scope
    value: Value


class TopLevel(Struct, frozen=True):
    """A variable of a module."""

    module: str
    name: str


Meaning = Local | Given | TopLevel | Foreign | None


class Bindings:
    """Answers what names are bound to; each function is read once."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._names: dict[tuple[str, int], Names] = {}
        self._set_inside: dict[tuple[str, str, int], bool] = {}
        self._anywhere: dict[str, dict[str, tuple[Bound, ...]]] = {}

    def names(self, module: str, index: int) -> Names:
        """The names that function number `index` of `module` declares and assigns."""
        place = (module, index)
        known = self._names.get(place)
        if known is None:
            module_facts = self._in.program.modules[module]
            known = self._names[place] = _read(module_facts.nodes_of(index, Let), module_facts.nodes_of(index, Assign))
        return known

    def meaning(self, name: str, scope: Scope) -> Meaning:
        """What `name` stands for in `scope`."""
        here: Scope | None = scope
        while here is not None and here.parent is not None:
            if isinstance(here, Round) and name not in here.names:
                here = here.around
                continue
            names = self.names(here.module, here.function)
            if name in names.lines:
                values = (*names.declared.get(name, ()), *names.assigned.get(name, ()))
                return Local(here, values, names.lines[name])
            if name in here.vars:
                return Given(here, here.vars[name])
            here = here.parent
        definition = self._in.program.name(scope.module, name)
        if isinstance(definition, Defined):
            return TopLevel(definition.module, definition.name)
        return definition if isinstance(definition, Foreign) else None

    def is_set_inside(self, name: str, module: str, index: int) -> bool:
        """Whether a function inside function number `index` assigns its variable `name`."""
        key = (name, module, index)
        if key not in self._set_inside:
            here = self._in.program.modules[module]
            self._set_inside[key] = any(
                name in here.functions[number].refs and self._sets(name, module, number, index)
                for number in here.inside(index)
            )
        return self._set_inside[key]

    def _sets(self, name: str, module: str, number: int, around: int) -> bool:
        """Whether function `number` inside of function `around` assigns its variable `name`, and none of its own."""
        names = self.names(module, number)
        if name not in names.assigned:
            return False
        functions = self._in.program.modules[module].functions
        while number != around:
            if name in self.names(module, number).lines:
                return False
            number = functions[number].parent
        return True

    def declared(self, module: str, name: str) -> tuple[Bound, ...]:
        """What the top level of `module` gives its variable `name`."""
        return self.names(module, 0).declared.get(name, ())

    def anywhere(self, module: str, name: str) -> tuple[Bound, ...]:
        """What any function of `module` assigns to names called `name`."""
        found = self._anywhere.get(module)
        if found is None:
            all_: dict[str, list[Bound]] = {}
            for index in range(len(self._in.program.modules[module].functions)):
                for assigned, values in self.names(module, index).assigned.items():
                    all_.setdefault(assigned, []).extend(values)
            found = self._anywhere[module] = {key: tuple(values) for key, values in all_.items()}
        return found.get(name, ())

    def entered(self, closure: Closure, args: Sequence[Expr], scope: Scope) -> Scope:
        """The scope of a call of `closure` with the arguments `args` of `scope`; its variables are not set."""
        function = self._in.function(closure.module, closure.index)
        inner = Scope(closure.module, closure.scope, this=closure.this, function=closure.index)
        inner.mark = ("read", closure.module, closure.index, scope.mark)
        given = [*closure.bound, *(self._in.lazy(arg, scope) for arg in args)]
        bind_parameters(self._in, function, given, inner, known=True)
        return inner


def written_as(value: Value) -> tuple[Expr, Scope] | None:
    """The expression of an argument as its caller wrote it, with the caller's scope."""
    if isinstance(value, Lazy) and value.expr is not None and value.scope is not None:
        return value.expr, value.scope
    return None


def _read(lets: Sequence[Let], assigns: Sequence[Assign]) -> Names:
    declared: dict[str, list[Bound]] = {}
    assigned: dict[str, list[Bound]] = {}
    lines: dict[str, int] = {}
    for let in lets:
        for name, value in _parts(let.target, let.value):
            lines.setdefault(name, let.line)
            if value is not None:
                declared.setdefault(name, []).append((value, let.line))
    for assign in assigns:
        for name, value in _parts(assign.target, assign.value):
            if value is not None:
                assigned.setdefault(name, []).append((value, assign.line))
    return Names(
        {name: tuple(values) for name, values in declared.items()},
        {name: tuple(values) for name, values in assigned.items()},
        lines,
    )


def _parts(target: Expr, value: Expr | None, depth: int = 4) -> Iterator[tuple[str, Expr | None]]:
    """Each name of a pattern with the expression that it stands for."""
    if isinstance(target, Name):
        yield target.id, value
    elif isinstance(target, PatDefault):
        yield from _parts(target.target, value, depth)
    elif isinstance(target, PatObj) and depth:
        for entry in target.entries:
            part = Member(value, entry.key) if value is not None and isinstance(entry.key, str) and entry.key else None
            yield from _parts(entry.target, part, depth - 1)
    elif isinstance(target, PatArr) and depth:
        for number, item in enumerate(target.items):
            if item is not None:
                yield from _parts(item, Index(value, Lit(number)) if value is not None else None, depth - 1)
