"""`value[key]`: an item of a list, a property whose name is known or computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.any_method import methods_of
from callaudit.flow.objects.members import ENVIRONMENTS, member
from callaudit.flow.requests.requested import note_keys
from callaudit.flow.values.computed import computed_name
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.listed import LEAST_LISTED, WORD
from callaudit.flow.values.type_members import item_type
from callaudit.flow.values.values import (
    UNDEFINED,
    Cell,
    Const,
    ForeignValue,
    Heap,
    Instance,
    ModuleValue,
    OneOf,
    Record,
    Seq,
    Unknown,
    Value,
    is_nothing,
)

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter


def index(interpreter: Interpreter, value: Value, key: Value) -> Value:
    """What `value[key]` may be: any property, where the key is not known."""
    value, key = forced(value), forced(key)
    if isinstance(key, OneOf):
        return join(index(interpreter, value, item) for item in key.values)
    if isinstance(value, OneOf):
        present = [item for item in value.values if not is_nothing(item)]
        return join(index(interpreter, item, key) for item in present) if present else UNDEFINED
    if isinstance(key, Unknown) and key.env and key.default:
        key = Const(key.default)  # as for a URL: the variable is what it is by default
    if isinstance(key, Const):
        if isinstance(value, Seq) and isinstance(key.value, int) and not isinstance(key.value, bool):
            inside = 0 <= key.value < len(value.items)
            if isinstance(value, Heap):
                return join([*value.items, Unknown("item")])
            if value.chosen and key.value >= 0:  # those before it may be left out
                return join([*value.items[key.value :], Unknown("item") if value.open else UNDEFINED])
            return forced(value.items[key.value]) if inside else Unknown("item") if value.open else UNDEFINED
        if isinstance(value, Unknown) and value.env and type(key.value) is int:
            return item_of_variable(value)
        if type(key.value) is int and (of_list := _item_type(value)) is not None:
            return Unknown("item", "an item of data", type=of_list)
        return member(interpreter, value, str(key.value))
    if isinstance(value, Record) and (name := computed_name(key)) in value.fields:
        return member(interpreter, value, name)
    if isinstance(value, Record) and value.rest is not None:
        return join([*value.fields.values(), value.rest, UNDEFINED])
    if isinstance(value, Record) and value.fields:
        note_keys(interpreter, value, key)
        any_one = _any_property(interpreter, value)
        return _one_of_table(any_one, key) if isinstance(key, Unknown) else any_one
    if isinstance(value, Seq) and value.items:
        return join([*value.items, *([Unknown("item")] if value.open else [])])
    if isinstance(value, ForeignValue) and value.package == "" and value.path in ENVIRONMENTS:
        return Unknown("variable", "an environment variable whose name is computed", env="")
    if isinstance(value, Unknown) and value.env:
        return item_of_variable(value)
    found = methods_of(interpreter, value, key) if isinstance(value, (Instance, ModuleValue)) else []
    return join(found) if found else Unknown("item", "its key is not known", receiver=value, type=_item_type(value))


def _any_property(interpreter: Interpreter, value: Record) -> Value:
    """What any property of an object may be: tables are long, and asked from many places."""
    if isinstance(value, Cell):
        return join([*value.fields.values(), *([Unknown("property")] if value.open else [])])
    known: dict[int, tuple[Record, Value]] = interpreter.found_once("any property", dict)
    found = known.get(id(value))
    if found is None:
        joined = join([*value.fields.values(), *([Unknown("property")] if value.open else [])])
        found = known[id(value)] = value, joined
    return found[1]


def _one_of_table(found: Value, key: Unknown) -> Value:
    """Words that a long table has for data, `IDS[symbol]`, as those of a long list: one endpoint, not as many."""
    items = found.values if isinstance(found, OneOf) else ()
    words = [one for one in items if isinstance(one, Const) and isinstance(one.value, str)]
    if len(words) < LEAST_LISTED or not all(WORD.fullmatch(str(one.value)) for one in words):
        return found
    return OneOf(tuple(Const(one.value, key.name) if isinstance(one, Const) else one for one in items))


def item_of_variable(value: Unknown) -> Unknown:
    """Any item of a list that an environment variable holds."""
    return Unknown(value.name, "an item of an environment variable", env=value.env, default=value.default.split(",")[0])


def _item_type(value: Value) -> tuple[str, str] | None:
    """The type of an item of what is declared as an array, a record or a map."""
    if isinstance(value, Unknown) and value.type is not None:
        item = item_type(value.type[1])
        return (value.type[0], item) if item else None
    return None
