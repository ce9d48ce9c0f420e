"""What only compilers of `<script setup>` know: https://vuejs.org/api/sfc-script-setup.html#defineprops-defineemits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.components.code import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from callaudit.syntax.components.code import Script

_PROPS, _DEFAULTS, _EMITS = "defineProps", "withDefaults", "defineEmits"
_STATEMENTS = frozenset({"lexical_declaration", "variable_declaration", "expression_statement"})
_GIVEN = "props$"


def macros(found: Script) -> Iterator[Edit]:
    """Write the properties that a component declares as what it is given, with their defaults."""
    for call in _calls(found):
        name = _called(found, call)
        given = _arguments(call)
        first, rest = (given[0], given[1:]) if given else (None, [])
        if name == _DEFAULTS and rest:
            yield found.edit(call, rest[0], "({ ...(")
            yield _after(found, rest[0], call, f"), ...{_GIVEN} }})")
        elif name == _PROPS:
            known = "".join(f"{key}: {text}, " for key, text in _defaults(found, first))
            yield found.edit(call, None, f"({{ {known}...{_GIVEN} }})" if known else _GIVEN)
        elif name == _EMITS:
            yield found.edit(call, None, "emit$")


def property_names(found: Script) -> set[str]:
    """The properties that a component declares, as its template names them."""
    names: set[str] = set()
    for call in _calls(found):
        for node in (call, *_arguments(call)[:1]):
            inner = node if node.type == "call_expression" else None
            if inner is None or _called(found, inner) != _PROPS:
                continue
            for argument in _arguments(inner)[:1]:
                names |= {_key(found, one) for one in argument.named_children}
            types = inner.child_by_field_name("type_arguments")
            for body in _bodies(found, types) if types is not None else ():
                names |= {_key(found, one) for one in body.named_children}
    return {name for name in names if name.isidentifier()}


def _bodies(found: Script, types: Node) -> Iterator[Node]:
    for one in types.named_children:
        if one.type == "object_type":
            yield one
        for statement in found.root.named_children if one.type == "type_identifier" else ():
            inner = statement.child_by_field_name("declaration") or statement
            name = inner.child_by_field_name("name")
            body = inner.child_by_field_name("body") or inner.child_by_field_name("value")
            if name is not None and body is not None and found.text(name) == found.text(one):
                yield body


def _key(found: Script, node: Node) -> str:
    name = node.child_by_field_name("key") or node.child_by_field_name("name") or node
    return found.text(name).strip("'\"")


def _calls(found: Script) -> Iterator[Node]:
    """The calls that stand alone or give a variable its value at the top level."""
    for statement in found.root.named_children:
        if statement.type not in _STATEMENTS:
            continue
        for one in statement.named_children:
            value = one.child_by_field_name("value") if one.type == "variable_declarator" else one
            if value is not None and value.type == "call_expression":
                yield value


def _called(found: Script, call: Node) -> str:
    callee = call.child_by_field_name("function")
    return found.text(callee) if callee is not None else ""


def _arguments(call: Node) -> list[Node]:
    given = call.child_by_field_name("arguments")
    return [one for one in given.named_children if one.type != "comment"] if given is not None else []


def _after(found: Script, last: Node, whole: Node, text: str) -> Edit:
    return Edit(found.start + last.end_byte, found.start + whole.end_byte, text)


def _defaults(found: Script, declared: Node | None) -> Iterator[tuple[str, str]]:
    """The defaults of properties: `{ url: { default: '/api' } }`, where a function gives what is no plain value."""
    for one in declared.named_children if declared is not None and declared.type == "object" else ():
        value = one.child_by_field_name("value") if one.type == "pair" else None
        for inner in value.named_children if value is not None and value.type == "object" else ():
            given = inner.child_by_field_name("value") if inner.type == "pair" else None
            if given is not None and _key(found, inner) == "default":
                text = found.text(given)
                yield _key(found, one), f"({text})()" if given.type.endswith("function") else text
