"""Objects as scripts write them: their members, and the object that a function gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from callaudit.syntax.components.code import Script

_FUNCTIONS = frozenset({"function_expression", "function", "generator_function"})
_CASTS = frozenset({"as_expression", "satisfies_expression", "parenthesized_expression"})


class Member(NamedTuple):
    """A property or a method: `params` are those of a function with a `this`, which ends where `node` ends."""

    name: str
    node: Node
    value: Node | None
    params: Node | None
    is_async: bool
    kind: str = ""


def members(found: Script, held: Node | None) -> Iterator[Member]:
    """The members of an object under names that are written; what is spread has none."""
    for one in held.named_children if held is not None and held.type == "object" else ():
        if one.type == "shorthand_property_identifier":
            yield Member(found.text(one), one, None, None, False)
        elif one.type == "spread_element":
            yield Member("", one, None, None, False)
        elif one.type == "method_definition":
            name = one.child_by_field_name("name")
            if name is not None and name.type != "computed_property_name":
                words = [child.type for child in one.children]
                yield Member(_plain(found, name), one, None, one.child_by_field_name("parameters"), "async" in words)
        elif one.type == "pair":
            key, value = one.child_by_field_name("key"), one.child_by_field_name("value")
            if key is not None and value is not None and key.type != "computed_property_name":
                params = value.child_by_field_name("parameters") if value.type in _FUNCTIONS else None
                starts_async = bool(value.children) and value.children[0].type == "async"
                yield Member(_plain(found, key), one, value, params, params is not None and starts_async)


def named(found: Script, held: Node | None, name: str) -> Member | None:
    """The member of an object called `name`."""
    return next((one for one in members(found, held) if one.name == name), None)


def object_in(value: Node | None) -> Node | None:
    """`value` where it is an object, also with a type beside it."""
    while value is not None and value.type in _CASTS and value.named_children:
        value = value.named_children[0]
    return value if value is not None and value.type == "object" else None


def exported_object(value: Node | None) -> Node | None:
    """The object itself, or the one that a call is handed: `defineComponent({…})`, `Vue.extend({…})`."""
    if value is not None and value.type == "call_expression":
        given = value.child_by_field_name("arguments")
        return next((one for one in given.named_children if one.type == "object"), None) if given is not None else None
    return object_in(value)


def answer(one: Member) -> Node | None:
    """The object that a method or a function gives, where it is written as one."""
    if one.value is not None and one.value.type == "object":
        return one.value
    function = one.value if one.value is not None else one.node
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return object_in(body)
    last = next((part for part in reversed(body.named_children) if part.type == "return_statement"), None)
    return object_in(last.named_children[0]) if last is not None and last.named_children else None


def _plain(found: Script, name: Node) -> str:
    return found.text(name).strip("'\"")
