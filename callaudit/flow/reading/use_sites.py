"""Where a wrapper is used: the call that gives it what to do, and the key in that caller's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import LONGEST, words
from callaudit.flow.reading.bound import Given, Local, TopLevel, written_as
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Record
from callaudit.link.definitions import Foreign
from callaudit.syntax.ir import Await, Call, Expr, Lit, Member, Name, Obj, Op, Prop, Spread, Tmpl, Typed
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

MOST_CALLERS = 6
_FIXED = frozenset({"__dirname", "__filename", "process"})
"""Globals that are the same for all of a process."""


class CallSite(Struct, frozen=True, eq=False):
    """A call of the program: the scope that it stands in, and its line."""

    scope: Scope
    line: int


def use_site(interpreter: Interpreter, scope: Scope, said: tuple[Expr, Scope] | None) -> CallSite | None:
    """The call that hands the function of `scope` what to run, or how long it lasts; `None` for no wrapper.

    The functions on the way are run once for each call of theirs from then on: each use has its own time and key.
    """
    here = _with_callback(interpreter, scope)
    if here is None and said is not None:
        here = _given_in(interpreter, *said)
    site: CallSite | None = None
    for _ in range(MOST_CALLERS):
        if here is None or here[0].site is None:
            break
        inner, value = here
        interpreter.keyed.add((inner.module, inner.function))
        site = inner.site
        written = written_as(value)
        here = _handed_on(interpreter, *written) if written is not None else None
    return site


def _with_callback(interpreter: Interpreter, scope: Scope) -> tuple[Scope, Value] | None:
    """The nearest function around that is handed a function, with what it is handed."""
    here: Scope | None = scope
    while here is not None and here.parent is not None:
        declared = interpreter.stores.bindings.names(here.module, here.function).lines
        for name, value in here.vars.items():
            if name in declared or getattr(value, "busy", False) or not may_hold(value):
                continue
            known = forced(value)
            options = known.fields.values() if isinstance(known, Record) else ()
            if any(isinstance(forced(one), Closure) for one in (known, *options) if may_hold(one)):
                return here, value
        here = here.parent
    return None


def _handed_on(interpreter: Interpreter, expr: Expr, scope: Scope) -> tuple[Scope, Value] | None:
    """The function whose parameter is handed on as it is, alone or as a property of options."""
    if isinstance(expr, Name):
        return _given_in(interpreter, expr, scope)
    for prop in expr.props if isinstance(expr, Obj) else ():
        if isinstance(prop, Spread) and isinstance(prop.value, Name):
            found = _given_in(interpreter, prop.value, scope)  # all that the caller said, and what to run
            if found is not None:
                return found
        if isinstance(prop, Prop) and isinstance(prop.value, Name):
            found = _given_in(interpreter, prop.value, scope)
            if found is not None and isinstance(forced(found[1]), Closure):
                return found
    return None


def _given_in(interpreter: Interpreter, expr: Expr, scope: Scope) -> tuple[Scope, Value] | None:
    """The function whose parameter `expr` mentions, with what the parameter is given."""
    for node in walk((expr,)):
        if isinstance(node, Name):
            meaning = interpreter.stores.bindings.meaning(node.id, scope)
            if isinstance(meaning, Given) and meaning.scope.site is not None:
                return meaning.scope, meaning.value
    return None


def key_at(interpreter: Interpreter, expr: Expr, scope: Scope, site: CallSite | None) -> tuple[Expr, Scope]:
    """The key as the caller at `site` writes it."""
    for _ in range(MOST_CALLERS):
        if site is None or scope is site.scope:
            break
        found = _parameter(interpreter, expr, scope)
        if found is None:
            break
        expr, scope = found
    return expr, scope


def _parameter(interpreter: Interpreter, expr: Expr, scope: Scope) -> tuple[Expr, Scope] | None:
    for node in walk((expr,)):
        if isinstance(node, Member) and isinstance(node.obj, Name):
            found = _option(interpreter, node.obj, node.prop, scope)
            if found is not None:
                return found
        if isinstance(node, Name):
            meaning = interpreter.stores.bindings.meaning(node.id, scope)
            if isinstance(meaning, Given):
                return written_as(meaning.value)
            if isinstance(meaning, Local) and len(meaning.values) == 1 and meaning.values[0][0] is not expr:
                return meaning.values[0][0], meaning.scope
    return None


def _option(interpreter: Interpreter, options: Name, name: str, scope: Scope) -> tuple[Expr, Scope] | None:
    """What a caller says for the property `name` of `options`, or the options of its own from which it comes."""
    meaning = interpreter.stores.bindings.meaning(options.id, scope)
    written = written_as(meaning.value) if isinstance(meaning, Given) else None
    if written is None or not isinstance(written[0], Obj):
        return None
    for prop in reversed(written[0].props):
        if isinstance(prop, Prop) and prop.key == name:
            return prop.value, written[1]
        if isinstance(prop, Spread):
            return Member(prop.value, name), written[1]
    return None


def key_words(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int = 3) -> str:
    """A key as text with `{name}` for what is variable."""
    if isinstance(expr, (Await, Typed)):
        return key_words(interpreter, expr.value, scope, depth)
    if isinstance(expr, Lit):
        return str(expr.value)
    if isinstance(expr, Name) and depth:
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if (
            isinstance(meaning, Local)
            and len(meaning.values) == 1
            and isinstance(meaning.values[0][0], (Tmpl, Lit, Op))
        ):
            return key_words(interpreter, meaning.values[0][0], meaning.scope, depth - 1)
        return expr.id
    if isinstance(expr, Tmpl) or (isinstance(expr, Op) and expr.op == "+"):
        items = expr.parts if isinstance(expr, Tmpl) else expr.items
        text = "".join(str(item.value) if isinstance(item, Lit) else "{" + words(item) + "}" for item in items)
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return words(expr)


def is_constant(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int = 4) -> bool:
    """Whether a key is the same for everyone: nothing in it comes from a caller or from data."""
    if isinstance(expr, Lit):
        return True
    if not depth:
        return False
    if isinstance(expr, (Await, Typed)):
        return is_constant(interpreter, expr.value, scope, depth)
    if isinstance(expr, Name):
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, Foreign) or (meaning is None and expr.id in _FIXED):
            return True
        if isinstance(meaning, TopLevel):
            return meaning.name not in interpreter.program.modules[meaning.module].assigned
        return (
            isinstance(meaning, Local)
            and len(meaning.values) == 1
            and is_constant(interpreter, meaning.values[0][0], meaning.scope, depth - 1)
        )
    if isinstance(expr, Member):
        return is_constant(interpreter, expr.obj, scope, depth - 1) or (
            isinstance(expr.obj, Name) and expr.obj.id == "this" and expr.prop.isupper()
        )
    if isinstance(expr, Tmpl):
        return all(is_constant(interpreter, part, scope, depth - 1) for part in expr.parts)
    if isinstance(expr, Op):
        return all(is_constant(interpreter, item, scope, depth - 1) for item in expr.items)
    if isinstance(expr, Call) and isinstance(expr.callee, (Name, Member)):
        return all(is_constant(interpreter, arg, scope, depth - 1) for arg in expr.args) and is_constant(
            interpreter, expr.callee, scope, depth - 1
        )
    return False
