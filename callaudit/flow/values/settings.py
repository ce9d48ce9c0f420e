"""Defaults that an app declares for its settings: in a class that checks the environment, or in a schema.

class-validator 0.14 (https://docs.nestjs.com/techniques/configuration#custom-validate-function): what a field of the
class begins as. Joi 17 and zod 3: `.default(value)`. envalid 8: `str({ default: value })`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import ClassValue, Closure, Const, Instance, Record, Value
from callaudit.link.definitions import Defined
from callaudit.syntax.ir import Call, Member, Name, Obj, Prop
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

SETTING = re.compile(r"^[A-Z][A-Z0-9_]*$")
"""How environment variables are named."""
OPTIONS = ("validate", "validationSchema")
INTO_CLASS = frozenset({"plainToInstance", "plainToClass"})
DEPTH = 8


class Settings:
    """The settings of the program's apps and their defaults."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._checks: list[Value] = []
        self._defaults: dict[str, str] | None = None

    def checked_by(self, options: Record) -> None:
        """Remember what checks the environment, from the options of a configuration module."""
        self._checks.extend(options.fields[name] for name in OPTIONS if name in options.fields)
        self._defaults = None

    def default(self, name: str) -> str:
        """The default of a setting as text; empty where none is declared."""
        if self._defaults is None:
            self._defaults = {}
            for check in self._checks:
                self._read(check)
        return self._defaults.get(name, "")

    def _read(self, check: Value) -> None:
        written = self._written(check)
        if written is not None:
            expr, scope = written
            if isinstance(expr, Member) and isinstance(expr.obj, Name):  # Schema.parse, handed over as it is
                self._read_name(expr.obj, scope)
            self._read_schema(expr, scope)
        value = forced(check)
        if not isinstance(value, Closure):
            return
        for node in self._in.nodes_of(value.module, value.index, Call):
            self._read_check(node, self._in.module_scope(value.module))

    def _read_check(self, call: Call, scope: Scope) -> None:
        """A call in a function that checks the environment: `plainToInstance(Class, …)`, `schema.parse(…)`."""
        callee = call.callee
        if isinstance(callee, Name) and callee.id in INTO_CLASS and call.args:
            cls = forced(self._in.evaluate(call.args[0], scope))
            if isinstance(cls, ClassValue):
                self._read_class(cls)
            return
        self._read_schema(call, scope)
        named = [callee.obj] if isinstance(callee, Member) else []
        for item in (*named, *call.args):
            if isinstance(item, Name):
                self._read_name(item, scope)

    def _read_name(self, name: Name, scope: Scope) -> None:
        written = self._declared(name.id, scope)
        if written is not None:
            self._read_schema(*written)

    def _read_class(self, cls: ClassValue) -> None:
        instance: Instance = self._in.instance(("settings", cls.module, cls.index), cls, ())
        for owner in self._in.classes.lineage(cls):
            for field in self._in.class_facts(owner).fields:
                if field.value is not None and not field.static and SETTING.match(field.name):
                    self._note(field.name, self._in.classes.member(instance, field.name))

    def _read_schema(self, expr: Expr, scope: Scope) -> None:
        for node in walk((expr,)):
            if isinstance(node, Obj):
                for prop in node.props:
                    if isinstance(prop, Prop) and isinstance(prop.key, str) and SETTING.match(prop.key):
                        for default in defaults_in(prop.value):
                            self._note(prop.key, self._in.evaluate(default, scope))

    def _note(self, name: str, value: Value | None) -> None:
        known = forced(value) if value is not None else None
        if isinstance(known, Const) and known.value is not None and self._defaults is not None:
            self._defaults.setdefault(name, show(known.value))

    def _written(self, value: Value) -> tuple[Expr, Scope] | None:
        """The expression that a value is declared with, and where."""
        if isinstance(value, Lazy) and value.expr is not None and value.scope is not None:
            if isinstance(value.expr, Name):
                return self._declared(value.expr.id, value.scope)
            return value.expr, value.scope
        return None

    def _declared(self, name: str, scope: Scope) -> tuple[Expr, Scope] | None:
        """The expression of the variable `name`, through imports and other names."""
        for _ in range(DEPTH):
            owner = scope.find(name)
            value = owner.vars[name] if owner is not None else None
            if value is None:
                found = self._in.program.name(scope.module, name)
                if not isinstance(found, Defined):
                    return None
                value = self._in.module_scope(found.module).vars.get(found.name)
            if not isinstance(value, Lazy) or value.expr is None or value.scope is None:
                return None
            if not isinstance(value.expr, Name):
                return value.expr, value.scope
            name, scope = value.expr.id, value.scope
        return None


def defaults_in(expr: Expr) -> Iterator[Expr]:
    """What a schema says of a default: `….default(x)…`, or `str({ default: x })`."""
    for _ in range(DEPTH):
        if not isinstance(expr, Call):
            return
        if isinstance(expr.callee, Member):
            if expr.callee.prop == "default" and expr.args:
                yield expr.args[0]
            expr = expr.callee.obj
            continue
        for arg in expr.args[:1]:
            if isinstance(arg, Obj):
                yield from (p.value for p in arg.props if isinstance(p, Prop) and p.key == "default")
        return
