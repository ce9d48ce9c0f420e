"""What the contexts of a page hold: the values of their providers, read once for each context, wherever they are drawn.

Who asks for a context is handed what its providers are given where they are written, with nothing known of what draws
them but the attributes that the program gives them. A consumer is no reason to run a provider again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.components.attributes import attributes
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.static import static_scope
from callaudit.flow.queries.query_defaults import mentions
from callaudit.flow.reading.relevant import matters
from callaudit.flow.reading.within import enter, scope_within
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import ClassValue, Closure, Const, Context, Record, Unknown, Value, is_nothing
from callaudit.syntax.facts import GIVES_VALUE
from callaudit.syntax.ir import Expr, Jsx, Member, Name, Prop

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

PROVIDER = "Provider"
GIVEN = "value"
ATTRIBUTES = "the attributes of a component"
MOST_PROVIDERS = 16
MOST_USES = 8
"""Elements of one component whose attributes are read."""
DEPTH = 3
"""How many components hand a value on before it is put into a context."""


class Site(Struct, frozen=True, eq=False):
    """A provider in the code: the function that draws it, what its tag means, and the value that it is given."""

    module: str
    function: int
    context: Context
    value: Expr


def value_of(interpreter: Interpreter, context: Context) -> Value:
    """What a component that asks for `context` may be given."""
    mark = ("context", id(context.made), context.scope.mark)
    return forced(interpreter.found_once(mark, lambda: Lazy(lambda: _value(interpreter, context))))


def _value(interpreter: Interpreter, context: Context) -> Value:
    given: list[Value] = []
    for site in sites(interpreter).get(id(context.made), ())[:MOST_PROVIDERS]:
        scope = _scope(interpreter, context, site)
        if scope is not None:
            given.append(interpreter.evaluate(site.value, scope))
    if not given:
        default = forced(context.default)
        return _undeclared(context) if is_nothing(default) else default
    # what is there without a provider stands in for it, and often does nothing
    if matters(interpreter, context.default):
        return join([*given, context.default])
    return _or_switched(forced(join(given)), forced(context.default))


def _or_switched(given: Value, default: Value) -> Value:
    """What is given; a word that all providers write and the default writes otherwise tells where there is none.

    `{ readOnly: true }` of the one provider is no reason to leave out what is done outside of it.
    """
    if not isinstance(given, Record) or not isinstance(default, Record):
        return join((given, default)) if _differ(given, default) else given
    pairs = {
        name: (forced(given.fields[name]), value) for name, value in default.fields.items() if name in given.fields
    }
    switched = {name: join(pair) for name, pair in pairs.items() if _differ(pair[0], forced(pair[1]))}
    if not switched:
        return given
    return Record({**given.fields, **switched}, open=given.open, rest=given.rest, is_map=given.is_map)


def _differ(given: Value, default: Value) -> bool:
    return isinstance(given, Const) and isinstance(default, Const) and given.value != default.value


def _undeclared(context: Context) -> Value:
    types = context.made.types
    return Unknown("context", "no provider of it is seen", type=(context.scope.module, types) if types else None)


def _scope(interpreter: Interpreter, context: Context, site: Site) -> Scope | None:
    """The scope in which a provider's value is written; `None` where it provides another context of one factory."""
    if site.context.scope.mark == context.scope.mark:
        return scope_of(interpreter, site.module, site.function)
    if site.module == context.scope.module and context.scope.parent is not None:
        return scope_within(interpreter, context.scope, site.function)
    return None


def sites(interpreter: Interpreter) -> dict[int, list[Site]]:
    """The providers of the program, by the identity of the call that made their context."""
    known: dict[int, list[Site]] = interpreter.found_once("providers of contexts", dict)
    if not known:
        known[0] = []  # what is asked meanwhile is asked by a tag, and has no providers yet
        for path, module in sorted(interpreter.program.modules.items()):
            if GIVES_VALUE in module.functions[0].refs:
                for site in _in_module(interpreter, path):
                    known.setdefault(id(site.context.made), []).append(site)
    return known


def _in_module(interpreter: Interpreter, path: str) -> list[Site]:
    found: list[Site] = []
    for index, function in enumerate(interpreter.program.modules[path].functions):
        if GIVES_VALUE not in function.refs:
            continue
        for node in interpreter.nodes_of(path, index, Jsx):
            value = _given(node)
            context = _meant(interpreter, path, index, node.tag) if value else None
            if context is not None and value is not None:
                found.append(Site(path, index, context, value))
    return found


def _given(element: Jsx) -> Expr | None:
    return next((one.value for one in element.attrs if isinstance(one, Prop) and one.key == GIVEN), None)


def _meant(interpreter: Interpreter, path: str, index: int, tag: Expr) -> Context | None:
    """The context that a tag provides, if it does."""
    if isinstance(tag, Member) and tag.prop != PROVIDER:
        return None
    root = tag.obj if isinstance(tag, Member) else tag
    if isinstance(tag, Name) and interpreter.program.name(path, tag.id) is None:
        return None  # declared inside a function: a component that is handed in
    at_top = isinstance(root, Name) and interpreter.program.name(path, root.id) is not None
    scope = interpreter.module_scope(path) if at_top else static_scope(interpreter, path, index)
    meant = forced(interpreter.evaluate(tag, scope))
    return meant if isinstance(meant, Context) else None


def scope_of(interpreter: Interpreter, path: str, index: int, depth: int = DEPTH) -> Scope:
    """The scope of a component of which is known what attributes the program gives it, and nothing else."""
    function = interpreter.function(path, index)
    if function.cls >= 0 and not function.static:
        cls = ClassValue(path, function.cls, static_scope(interpreter, path, function.parent))
        drawn = interpreter.instance(("provider", path, function.cls), cls, (Unknown("props", ATTRIBUTES),))
        return static_scope(interpreter, path, index, drawn)
    if not depth or function.parent != 0 or len(function.params) != 1 or not function.name:
        return static_scope(interpreter, path, index)
    return interpreter.found_once(("component", path, index), lambda: _component(interpreter, path, index, depth))


def _component(interpreter: Interpreter, path: str, index: int, depth: int) -> Scope:
    outer = interpreter.module_scope(path)
    scope = Scope(path, outer, function=index)
    scope.mark = ("component", path, index)
    enter(interpreter, index, scope, outer, [Lazy(lambda: _attributes(interpreter, path, index, depth - 1))])
    return scope


def _attributes(interpreter: Interpreter, path: str, index: int, depth: int) -> Value:
    """What the elements of a component say of its attributes, whichever draws it."""
    found: list[Value] = []
    for module, node, around in mentions(interpreter, interpreter.function(path, index).name):
        if not isinstance(node, Jsx) or len(found) >= MOST_USES:
            continue
        tag = forced(interpreter.evaluate(node.tag, around))
        if isinstance(tag, Closure) and (tag.module, tag.index) == (path, index):
            found.append(attributes(interpreter, node, scope_of(interpreter, module, around.function, depth)))
    return join(found) if found else Unknown("props", ATTRIBUTES)
