"""What scripts of Svelte 3 and 4 write their own way: properties as exports, and statements that run again.

https://v4.svelte.dev/docs/svelte-components#script-1-export-creates-a-component-prop, #script-3-$-marks-a-statement-
as-reactive; what they come to is written as Svelte 5 has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.components.code import DECLARATIONS, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from callaudit.syntax.components.code import Declared, Script

_REACTIVE = "$"


def properties(found: Script) -> Iterator[Edit]:
    """`export let url = first` takes what the component is given, or what it begins with."""
    for statement in found.root.named_children:
        inner = statement.child_by_field_name("declaration") if statement.type == "export_statement" else None
        if inner is None:
            continue
        yield found.edit(statement, inner, "")
        if inner.type not in DECLARATIONS or inner.children[0].type == "const":
            continue
        for one in inner.named_children:
            name, value = one.child_by_field_name("name"), one.child_by_field_name("value")
            if name is None or name.type != "identifier":
                continue
            given = f"props$.{found.text(name)}"
            if value is None:
                yield _at(found, one.end_byte, f" = {given}")
            else:
                yield _at(found, value.start_byte, f"{given} ?? (")
                yield _at(found, value.end_byte, ")")


def reactive(found: Script, names: Declared) -> Iterator[Edit]:
    """`$: statement` runs when the component is shown, and again when something in it changes."""
    for statement in found.root.named_children:
        label = statement.child_by_field_name("label") if statement.type == "labeled_statement" else None
        body = statement.child_by_field_name("body") if label is not None else None
        if label is None or body is None or found.text(label) != _REACTIVE:
            continue
        assigned = _assigned(body)
        left = assigned.child_by_field_name("left") if assigned is not None else None
        right = assigned.child_by_field_name("right") if assigned is not None else None
        is_new = left is not None and left.type == "identifier" and found.text(left) not in names.names
        if left is not None and right is not None and is_new:
            yield Edit(
                found.start + statement.start_byte,
                found.start + right.start_byte,
                f"let {found.text(left)} = $derived.by(() => (",
            )
            yield Edit(found.start + right.end_byte, found.start + statement.end_byte, "));")
        else:
            yield found.edit(statement, body, "$effect(() => { ")
            yield _at(found, statement.end_byte, " });")


def _assigned(body: Node) -> Node | None:
    inner = body.named_children[0] if body.type == "expression_statement" and body.named_children else None
    if inner is not None and inner.type == "parenthesized_expression" and inner.named_children:
        inner = inner.named_children[0]
    return inner if inner is not None and inner.type == "assignment_expression" else None


def _at(found: Script, place: int, text: str) -> Edit:
    return Edit(found.start + place, found.start + place, text)
