"""Variables of one activation of a function, of a module, or of a class's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.reading.use_sites import CallSite
    from callaudit.flow.values.values import Value


Chosen = tuple["Value", tuple[tuple[tuple[str, bool], "Value"], ...]]
"""The value of a variable after a branch, and for each way a condition, whether it holds there, and the value."""


class Scope:
    """Variables by name, inside `parent`; `this` is what the keyword means here, if this scope sets it."""

    __slots__ = (
        "chosen",
        "cls",
        "function",
        "kept",
        "mark",
        "module",
        "ordered",
        "parent",
        "site",
        "this",
        "vars",
        "within",
    )

    def __init__(self, module: str, parent: Scope | None, this: Value | None = None, function: int = 0) -> None:
        """Open a scope in `module` for function number `function`."""
        self.module = module
        self.parent = parent
        self.this = this
        self.function = function
        self.vars: dict[str, Value] = {}
        self.chosen: dict[str, Chosen] = {}
        """Of variables to which branches gave different values: what each is, and which condition gave which one."""
        self.cls: int = -1
        self.site: CallSite | None = None
        """The call that opened it, where one of the program did."""
        self.ordered: frozenset[str] | None = None
        """While the top level of a module runs: the variables that have the value of that moment."""
        self.kept: frozenset[int] = frozenset()
        """The declarations, by identity, that stay those of the scope around this one."""
        self.within: dict[int, Scope] | None = None
        """Of a scope that is looked at without being run: those of the functions inside it, by number."""
        self.mark: object = (module, function)
        """What two scopes have in common that hold the same: the context in which they were opened."""

    def find(self, name: str) -> Scope | None:
        """The nearest scope that has `name`."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.vars:
                return scope
            scope = scope.parent
        return None

    def receiver(self) -> Value | None:
        """What `this` means here."""
        scope: Scope | None = self
        while scope is not None:
            if scope.this is not None:
                return scope.this
            scope = scope.parent
        return None


class Round(Scope):
    """One round of a loop inside a function: while it runs, its variables are those of the scope around it.

    Once it is closed it keeps the values of what is declared in the loop: functions that it made run later, when other
    rounds have given the same names other values. All other variables stay those of the scope around.
    """

    __slots__ = ("_kept", "_own", "around", "names")

    def __init__(self, around: Scope, names: frozenset[str]) -> None:
        """Open a round of a loop that declares `names`; `around` is marked with what tells the round from others."""
        self.around = around
        self.names = names
        self._own: dict[str, Value] | None = None
        self._kept: dict[str, Value] = {}
        values = around.vars
        super().__init__(around.module, around.parent, around.this, around.function)
        around.vars = values
        self.chosen = around.chosen
        self.cls, self.site, self.within = around.cls, around.site, around.within
        self.ordered, self.kept = around.ordered, around.kept
        self.mark = around.mark

    @property
    def vars(self) -> dict[str, Value]:
        """Those of the scope around, until the round is closed."""
        return self.around.vars if self._own is None else self._own

    @vars.setter  # noqa: A003
    def vars(self, values: dict[str, Value]) -> None:
        self.around.vars = values

    def keep(self) -> None:
        """Take what the loop declares, before its names mean again what they mean outside."""
        values = self.around.vars
        self._kept = {name: values[name] for name in self.names if name in values}

    def close(self) -> None:
        """Hold what was kept, and nothing else."""
        self._own = self._kept
        self.parent = self.around
