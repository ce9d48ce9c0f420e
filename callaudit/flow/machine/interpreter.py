"""The state of one analysis: scopes of modules, instances, contexts that were evaluated, budgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from callaudit.flow.apps import processes
from callaudit.flow.components import taking
from callaudit.flow.effects.effects import Requested, Site, Target, tells_more
from callaudit.flow.guards.lookups import Lookups
from callaudit.flow.lists.filling import Fillings
from callaudit.flow.loops.reentries import Reentries
from callaudit.flow.machine import activation, calls, evaluate, statements, static, variables
from callaudit.flow.machine.answers import Answers
from callaudit.flow.machine.mishaps import Place, spared
from callaudit.flow.machine.noted import Noted
from callaudit.flow.machine.open_calls import OpenCalls
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.summaries import NOTHING, Summaries
from callaudit.flow.objects import fluent, mutation
from callaudit.flow.objects.classes import Classes
from callaudit.flow.objects.injection import Injection
from callaudit.flow.objects.members import member
from callaudit.flow.objects.set_from_outside import is_set_from_outside, with_settings
from callaudit.flow.reading.endings import Endings
from callaudit.flow.reading.quiet import Quiet
from callaudit.flow.requests.requested import NOTHING_SAID, Said
from callaudit.flow.text.urls import shape
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.settings import Settings
from callaudit.flow.values.types import Types
from callaudit.flow.values.values import (  # fmt: skip
    IMPORTED,
    UNDEFINED,
    ClassValue,
    Closure,
    ForeignValue,
    Instance,
    ModuleValue,
    Unknown,
    Value,
)
from callaudit.link.definitions import Defined, Foreign, ModuleObject, Part, Unlinked
from callaudit.syntax.ir import Let, Stmt
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.outcome import Outcome
    from callaudit.flow.machine.summaries import Summary
    from callaudit.flow.reading.use_sites import CallSite
    from callaudit.link.definitions import Definition
    from callaudit.link.module import Kind
    from callaudit.link.program import Program
    from callaudit.link.relevance import Relevance
    from callaudit.syntax.facts import Class, Function
    from callaudit.syntax.ir import Expr, Node

GLOBAL_MODULES = {
    "process": ("process",),
    "url": (),
    "timers": (),
    "buffer": (),
    "perf_hooks": (),
    "console": ("console",),
}
"""Modules of Node whose exports are globals too, and the global that stands for the module."""


def _core(definition: Foreign) -> ForeignValue:
    prefix = GLOBAL_MODULES.get(definition.package.removeprefix("node:"))
    if prefix is None:
        return ForeignValue(definition.package, definition.path)
    path = definition.path[1:] if definition.path[:1] == ("default",) else definition.path
    return ForeignValue("", (*prefix, *path))


_Found = TypeVar("_Found")


class Gap:
    """Something that the analysis gave up on."""

    # more names than Python keeps in its fast kind of dictionary
    __slots__ = ("file", "line", "what", "why")

    def __init__(self, file: str, line: int, what: str, why: str) -> None:
        """Say where, what and why."""
        self.file = file
        self.line = line
        self.what = what
        self.why = why


Discriminators = Callable[[str], frozenset[str]]


def nothing(host: str) -> frozenset[str]:
    """Say that the URL alone tells what a request means."""
    del host
    return frozenset()


class Interpreter:
    """Evaluates functions of a program in the contexts that call them."""

    __slots__ = (
        "_evaluate",
        "_found_once",
        "_instances",
        "_marks",
        "_names",
        "_numbers",
        "_scopes",
        "_top_levels",
        "answers",
        "assumed_random",
        "classes",
        "discriminators",
        "endings",
        "env_defaults",
        "exploring",
        "fillings",
        "gaps",
        "injection",
        "keyed",
        "nesting",
        "noted",
        "open",
        "probed",
        "processes",
        "program",
        "quiet",
        "reentries",
        "relevance",
        "requests",
        "setters",
        "settings",
        "site",
        "steps",
        "stores",
        "summaries",
        "takers",
        "types",
    )

    def __init__(self, program: Program, relevance: Relevance, discriminators: Discriminators = nothing) -> None:
        """Prepare to evaluate `program`; nothing is evaluated yet.

        `discriminators` names the fields of a request to a host that say which operation is meant.
        """
        self.discriminators = discriminators
        self.program = program
        self._evaluate = partial(evaluate.evaluate, self)
        self.relevance = relevance
        self.env_defaults = {item.name: item.value for item in program.project.env_defaults if item.value}
        self.open = OpenCalls()
        self.answers = Answers()
        self.noted = Noted()
        self.summaries = Summaries(self)
        self.nesting = 0
        self.steps = 0
        self.gaps: dict[tuple[str, int, str, str], Gap] = {}
        self.requests: list[Requested] = []
        self._numbers: dict[object, int] = {}
        self._scopes: dict[str, Scope] = {}
        self._instances: dict[object, Instance] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._marks: dict[object, int] = {}
        self.reentries = Reentries()
        self.probed: list[Value] = []
        """What stands for the arguments of a function that is probed: nobody knows what its callers give."""
        self._top_levels: dict[str, Summary] = {}
        self.processes: dict[tuple[str, ...], Summary] = {}
        self.exploring = False
        self.assumed_random: float | None = None
        """What `Math.random()` gives while delays are worked out; else it is not known."""
        self._found_once: dict[object, object] = {}
        self.classes = Classes(self)
        self.fillings = Fillings(self)
        self.takers = taking.takers(self)
        self.types = Types(self)
        self.injection = Injection(self)
        self.stores = Lookups(self)
        self.keyed: set[tuple[str, int]] = set()
        """Wrappers that guard what each of their callers hands them: every call is a context of its own."""
        self.site: CallSite | None = None
        """The call that is about to be run."""
        self.settings = Settings(self)
        self.endings = Endings(self)
        self.setters = fluent.setter_names(self)
        self.quiet = Quiet(self)

    # --- places ---------------------------------------------------------------------------------

    def function(self, module: str, index: int) -> Function:
        """Function number `index` of `module`."""
        return self.program.modules[module].functions[index]

    def nodes(self, module: str, index: int) -> tuple[Node, ...]:
        """Every record of the code of a function, without functions inside it."""
        return self.program.modules[module].nodes(index)

    def nodes_of(self, module: str, index: int, kind: type[Kind]) -> Sequence[Kind]:
        """Those of the records of the code of a function that are of one kind, in order."""
        return self.program.modules[module].nodes_of(index, kind)

    def class_facts(self, value: ClassValue) -> Class:
        """The facts of a class."""
        return self.program.modules[value.module].classes[value.index]

    def qualified(self, module: str, index: int) -> str:
        """The name of a function with those of what encloses it: `Service.load`, `usePrices.refresh`."""
        key = (module, index)
        if key not in self._names:
            self._names[key] = self._qualified(module, index)
        return self._names[key]

    def _qualified(self, module: str, index: int) -> str:
        here = self.program.modules[module]
        parts: list[str] = []
        for _ in range(20):
            function = here.functions[index]
            if function.parent < 0:
                break
            name = function.name if function.name != "*default*" else "default"
            parts.append(f"{here.classes[function.cls].name}.{name}" if function.cls >= 0 else name)
            index = function.parent
        named = [part for part in reversed(parts) if part]
        return ".".join(named) or ("(anonymous)" if parts else "(module)")

    def gap(self, file: str, line: int, what: str, why: str) -> None:
        """Report something that could not be known, once."""
        self.gaps.setdefault((file, line, what, why), Gap(file, line, what, why))

    def request(
        self, site: Site, target: Target, options: tuple[tuple[str, str], ...], said: Said = NOTHING_SAID
    ) -> int:
        """The number of a request: one for each call site and endpoint, whatever stands in the variable parts."""
        key = (site, target.method, target.host, shape(target.path), target.unknown, target.discriminator, said.alike())
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.requests)
            self.requests.append(Requested(site, target, options, said))
        elif tells_more(target, options, self.requests[number]):
            self.requests[number] = Requested(site, target, options, said)
        return number

    def found_once(self, what: object, find: Callable[[], _Found]) -> _Found:
        """What `find` looks up in the whole program, the first time that `what` is asked for."""
        if what not in self._found_once:
            self._found_once[what] = find()
        return self._found_once[what]  # type: ignore[return-value] # `what` is looked up in one way

    def mark(self, context: object) -> int:
        """A small number for a context of evaluation."""
        return self._marks.setdefault(context, len(self._marks))

    # --- names ----------------------------------------------------------------------------------

    def module_scope(self, module: str) -> Scope:
        """The scope of a module's top level, its names still to be evaluated."""
        scope = self._scopes.get(module)
        if scope is None:
            scope = self._scopes[module] = Scope(module, None)
            self._declare(scope, self.program.modules[module].functions[0].body)
        return scope

    def _declare(self, scope: Scope, body: Sequence[Stmt]) -> None:
        assigned = self.program.modules[scope.module].assigned
        here = self.program.modules[scope.module]
        shared = here.changed - here.filled  # what is filled under computed names is followed apart
        for statement in body:
            if isinstance(statement, Let):
                variables.declare(self, statement, scope)
                for name in bound_names(statement.target):
                    if name in assigned:
                        scope.vars[name] = self._assigned_anywhere(scope, name, scope.vars[name], statement)
                    if name in shared:
                        scope.vars[name] = self._changed_anywhere(scope, name, scope.vars[name])
                    if is_set_from_outside(self, scope.module, name):
                        scope.vars[name] = self._set_from_outside(scope, name, scope.vars[name])

    def _assigned_anywhere(self, scope: Scope, name: str, first: Value, let: Let) -> Value:
        """A variable of the module that functions assign: everything that is ever assigned to it."""
        return Lazy(lambda: static.assigned_values(self, scope, name, first, awaited=let.value is None))

    def _changed_anywhere(self, scope: Scope, name: str, first: Value) -> Value:
        """An object of the module whose properties functions assign: all that they may be."""
        return Lazy(lambda: mutation.shared_value(self, scope, name, first))

    def _set_from_outside(self, scope: Scope, name: str, first: Value) -> Value:
        """A name of the module of which other modules set properties."""
        return Lazy(lambda: with_settings(self, scope.module, name, first))

    def lookup(self, name: str, scope: Scope) -> Value:
        """What `name` means in `scope`."""
        found = scope.find(name)
        if found is not None:
            return forced(found.vars[name])
        return self.global_name(scope.module, name)

    def global_name(self, module: str, name: str) -> Value:
        """What `name` means at the top level of `module`, or on the platform."""
        definition = self.program.name(module, name)
        if definition is None:
            top = self.module_scope(module)
            if name in top.vars:
                return forced(top.vars[name])
            return ForeignValue("", (name,))
        return self.defined(definition, name)

    def defined(self, definition: Definition, name: str) -> Value:
        """The value of a definition."""
        if isinstance(definition, Defined):
            value = self.module_scope(definition.module).vars.get(definition.name)
            return forced(value) if value is not None else Unknown(name, "declared in a way that is not followed")
        if isinstance(definition, ModuleObject):
            return ModuleValue(definition.module)
        if isinstance(definition, Foreign):
            return _core(definition)
        if isinstance(definition, Part):
            return forced(member(self, ModuleValue(definition.module), definition.name))
        if isinstance(definition, Unlinked):
            return Unknown(name, f"{IMPORTED}{definition.specifier}: {definition.why}")
        return UNDEFINED

    def export(self, module: str, name: str) -> Value | None:
        """What `module` exports as `name`."""
        definition = self.program.export(module, name)
        return self.defined(definition, name) if definition is not None else None

    def recover(self) -> None:
        """Forget what was open when an evaluation was given up."""
        self.nesting = 0
        self.open = OpenCalls()
        self.reentries = Reentries()

    # --- evaluation -----------------------------------------------------------------------------

    def evaluate(self, expr: Expr, scope: Scope) -> Value:
        """What `expr` may be."""
        return evaluate.evaluate(self, expr, scope)

    def lazy(self, expr: Expr, scope: Scope, line: int = 0) -> Value:
        """What `expr` may be, computed when it is needed; `line` is where it is written as a property."""
        return Lazy(None, expr, scope, line, self._evaluate)

    def block(self, frame: Frame, body: Sequence[Stmt], tree: list[Effect]) -> Outcome:
        """Take statements in order until one of them cannot be passed."""
        return statements.block(frame, body, tree)

    def run(
        self,
        closure: Closure,
        args: Sequence[Value],
        this: Value | None = None,
        *,
        effects: bool = True,
        anew: bool = False,
    ) -> Summary:
        """What a call of `closure` with `args` does and gives; `anew` where it is run for the fields that it sets."""
        return activation.run(self, closure, args, this, effects=effects, anew=anew)

    def apply(self, target: Value, args: list[Value], name: str = "result", place: object = None) -> Value:
        """What calling `target` with `args` gives, called `name` where that is not known; made at `place`."""
        return calls.apply_value(self, target, args, name, place)

    def top_level(self, module: str) -> Summary:
        """What the top level of `module` does when it is loaded."""
        found = self._top_levels.get(module)
        if found is None:
            place = Place(module, 1, module)
            found = self._top_levels[module] = spared(self, place, lambda: activation.load(self, module), NOTHING)
        return found

    def forget_process(self, module: str) -> None:
        """Run a module again where it is next started."""
        self.processes.pop((module,), None)
        self._top_levels.pop(module, None)

    def process(self, *modules: str) -> Summary:
        """What starting a process with `modules` does."""
        return processes.process(self, modules)

    def instance(self, key: object, cls: ClassValue, args: tuple[Value, ...] | None) -> Instance:
        """The object that is made at the place `key`."""
        found = self._instances.get(key)
        if found is None:
            found = self._instances[key] = Instance(cls, args, key)
        return found
