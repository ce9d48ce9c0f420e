"""Properties that other modules set: `config.url = argv[2]` where `config` is imported, `settings.url = …` of a module.

When that happens is not known to who reads them: what a module gives its object is one of several values. Fields of
objects of classes are left what they are; where one holds a URL, it is said that it may be another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import words
from callaudit.flow.objects.constructing import CONSTRUCTOR
from callaudit.flow.objects.mutation import assigned, changed
from callaudit.flow.objects.property_writes import place_of, property_writes
from callaudit.flow.text.url_joining import is_absolute
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Instance, OneOf, Record
from callaudit.link.definitions import Defined, ModuleObject
from callaudit.syntax.ir import Assign, ImportCall, Let, Lit, Member, Name, PatObj, Tmpl
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.link.definitions import Definition
    from callaudit.link.module import Module
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr

MOST_WRITES = 16
Held = tuple[str, str]
"""A module, and a name of its top level."""


class Setting(Struct, frozen=True):
    """What another module calls an object of which it sets properties; `head` is the object's name in that."""

    module: str
    name: str
    head: str = ""


def is_set_from_outside(interpreter: Interpreter, module: str, name: str) -> bool:
    """Whether another module sets properties of what `module` calls `name`, or what it exports by that name."""
    return (module, name) in _settings(interpreter)


def with_settings(interpreter: Interpreter, module: str, name: str, first: Value) -> Value:
    """The value of a name of a module, or what it may be once other modules have set properties of it."""
    value = forced(first)
    for number, (path, scope, node) in enumerate(_written(interpreter, module, name)):
        if number >= MOST_WRITES:
            return Record(value.fields, open=True, rest=value.rest) if isinstance(value, Record) else value
        new = Lazy(lambda node=node, scope=scope: assigned(interpreter, node, scope))  # type: ignore[misc]
        if not path:
            value = join([value, new])
        elif isinstance(value, Record):
            after = changed(interpreter, value, path, new, scope)
            value = _either(value, after, path[0]) if isinstance(after, Record) else value
        elif isinstance(value, Instance):
            _say_it_may_differ(interpreter, value, path, new, (scope, node))
    return value


def _say_it_may_differ(
    interpreter: Interpreter, made: Instance, path: tuple[str, ...], new: Value, place: tuple[Scope, Assign]
) -> None:
    """Note that requests may go to another host than the one that a field of an object says.

    The object is not initialized for that: what its constructor finds depends on when it runs.
    """
    held: Value = _first(interpreter, made, path[0])
    for name in path[1:]:
        held = forced(held.fields[name]) if isinstance(held, (Instance, Record)) and name in held.fields else UNDEFINED
    ways = held.values if isinstance(held, OneOf) else (held,)
    if any(is_absolute(one) for one in ways) and key(new) != key(held):
        scope, node = place
        why = "set here, and requests that are made with it are listed with what it is at first"
        interpreter.gap(scope.module, node.line, words(node.target), why)


def _first(interpreter: Interpreter, made: Instance, name: str) -> Value:
    """What a field of an object holds at first, as far as its class or constructor writes it down plainly."""
    if made.state:
        return forced(made.fields.get(name, UNDEFINED))
    for cls in interpreter.classes.lineage(made.cls):
        constructor = interpreter.classes.method(cls, CONSTRUCTOR, static=False)
        function = interpreter.function(cls.module, constructor) if constructor is not None else None
        written = _given(function, name) if function is not None else None
        if isinstance(written, int):
            return forced(made.args[written]) if made.args is not None and written < len(made.args) else UNDEFINED
        fields = interpreter.class_facts(cls).fields
        value = written or next((one.value for one in fields if one.name == name), None)
        if isinstance(value, (Lit, Tmpl, Name)):
            return forced(interpreter.evaluate(value, interpreter.classes.fields_scope(made, cls)))
    return UNDEFINED


def _given(constructor: Function, name: str) -> int | Expr | None:
    """What a constructor gives the field `name`: its parameter of that number, or what it writes."""
    names = [param.target.id if isinstance(param.target, Name) else "" for param in constructor.params]
    if name in names and constructor.params[names.index(name)].property:
        return names.index(name)
    sets = (node for node in walk(constructor.body) if isinstance(node, Assign))
    value = next((one.value for one in sets if _is_own(one.target, name)), None)
    return names.index(value.id) if isinstance(value, Name) and value.id in names else value


def _is_own(target: Expr, name: str) -> bool:
    return isinstance(target, Member) and target.prop == name and getattr(target.obj, "id", "") == "this"


def _either(before: Record, after: Record, name: str) -> Record:
    """One object of which a property is what it was, or what it was set to."""
    known = before.fields.get(name)
    field = after.fields[name] if known is None else Lazy(lambda: join([known, after.fields[name]]))
    return Record({**before.fields, name: field}, open=before.open, rest=before.rest, is_map=before.is_map)


def _written(interpreter: Interpreter, module: str, name: str) -> Iterator[tuple[tuple[str, ...], Scope, Assign]]:
    for one in _settings(interpreter)[module, name]:
        around = interpreter.module_scope(one.module)
        for path, (scope, node), _ in property_writes(interpreter, around, one.name):
            keys = tuple(key for key in path if isinstance(key, str))
            if not isinstance(node, Assign) or len(keys) < len(path):
                continue
            if not one.head:
                yield keys, scope, node
            elif keys[0] == one.head:
                yield keys[1:], scope, node


def _settings(interpreter: Interpreter) -> dict[Held, list[Setting]]:
    def find() -> dict[Held, list[Setting]]:
        found: dict[Held, list[Setting]] = {}
        for module in interpreter.program.modules.values():
            for name in sorted(module.changed):
                meant = _imported(interpreter, module, name)
                for held, head in _held(interpreter, module, name, meant):
                    if held[0] != module.path:
                        found.setdefault(held, []).append(Setting(module.path, name, head))
        return found

    return interpreter.found_once("set from outside", find)


def _imported(interpreter: Interpreter, module: Module, name: str) -> Definition | None:
    """What a name of `module` means that it imports, or sets to what it requires."""
    program = interpreter.program
    if name in module.imports:
        return program.name(module.path, name)
    for let in module.functions[0].body if name in module.bindings else ():
        source = let.value.source if isinstance(let, Let) and isinstance(let.value, ImportCall) else None
        if not isinstance(let, Let) or not isinstance(source, Lit) or not isinstance(source.value, str):
            continue
        if isinstance(let.target, Name) and let.target.id == name:
            return program.source(module.path, source.value)
        for entry in let.target.entries if isinstance(let.target, PatObj) else ():
            if isinstance(entry.target, Name) and entry.target.id == name and isinstance(entry.key, str):
                return program.imported(module.path, source.value, entry.key)
    return None


def _held(interpreter: Interpreter, module: Module, name: str, meant: Definition | None) -> Iterator[tuple[Held, str]]:
    if isinstance(meant, Defined):
        yield (meant.module, meant.name), ""
    elif isinstance(meant, ModuleObject):
        whole = interpreter.program.export(meant.module, "=")
        for head in sorted(_heads(module, name)):
            one = interpreter.program.export(meant.module, head)
            if isinstance(one, Defined):
                yield (one.module, one.name), head
            elif isinstance(whole, Defined):
                yield (whole.module, whole.name), ""
                return


def _heads(module: Module, name: str) -> set[str]:
    """The first properties on the way to what `module` sets of what it calls `name`."""
    found: set[str] = set()
    for index, function in enumerate(module.functions):
        for node in module.nodes_of(index, Assign) if name in function.refs else ():
            place = place_of(node.target)
            if place is not None and place[0].id == name and isinstance(place[1][0], str):
                found.add(place[1][0])
    return found
