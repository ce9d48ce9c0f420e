"""Namespaces: `namespace N { const HOST = …; export function f() {} }`.

What a namespace declares lives as long as the module does and is made when the module is loaded, so it is read as
declared by the module, and the namespace as an object with what it exports. A name that means something else outside of
the namespace is kept apart there: `f` is `N.f`. What several namespaces of one name export, or a class, an enumeration
or a function and the namespace that follows it, are one object.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.facts import Binding, Field
from callaudit.syntax.ir import Assign, Block, Do, Expr, Let, Member, Name, Obj, Prop
from callaudit.syntax.typescript.context import Context, Opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

KINDS = ("internal_module", "module")
_WRAPPED = ("export_statement", "expression_statement")
_VARIABLES = ("lexical_declaration", "variable_declaration")
_BOUND = ("identifier", "shorthand_property_identifier_pattern")
_INSIDE_PATTERN = frozenset(
    {
        "object_pattern", "array_pattern", "pair_pattern", "rest_pattern", "assignment_pattern",
        "object_assignment_pattern",
    }
)  # fmt: skip
MOST_NESTED = 12
Path = tuple[str, ...]


def enter_namespace(context: Context, _parent: Node, node: Node, _siblings: list[Any]) -> None:
    """Before a namespace is read: which of its names have to be kept apart from those outside."""
    around = context.namespaces[-1] if context.namespaces else None
    written = _path(context, node)
    path = (*(around.path if around is not None else ()), *written)
    first = written[0] if written else ""
    name = context.renamed.get(first, first)
    own = {**_around(context, path), **_apart(context, node, path)}
    context.namespaces.append(Opened(path, name, len(written), len(context.exports), context.renamed))
    context.rename({**context.renamed, **own} if context.renamed else own)


def namespace(context: Context, node: Node, results: list[Any]) -> Let | None:
    """`namespace N { export const a = 1 }` declares what it holds, and an object with what it exports."""
    opened = context.namespaces.pop()
    original = {new: old for old, new in context.renamed.items()}
    exported = [export.local for export in context.exports[opened.exports :]]
    del context.exports[opened.exports :]
    context.rename(opened.renamed)
    body = next((r for r in results if type(r) is Block), None)
    if not opened.name or body is None or not (body.body or exported):
        return None
    line = context.line(node)
    context.loose.extend(body.body)
    own = context.members.setdefault(opened.path, {})
    own.update((original.get(local, local), context.name(local)) for local in exported)
    depth = len(opened.path) - opened.written
    for length in range(len(opened.path), depth + 1, -1):  # `namespace A.B` is an object in an object
        inner = context.name(".".join(opened.path[:length]))
        context.loose.append(_object(inner, context.members[opened.path[:length]], line))
        context.members.setdefault(opened.path[: length - 1], {})[opened.path[length - 1]] = inner
    return _merged(context, context.name(opened.name), context.members[opened.path[: depth + 1]], line)


def _object(name: Name, members: dict[str, Name], line: int, first: tuple[Expr, ...] = ()) -> Let:
    return Let(name, Obj((*first, *(Prop(key, value) for key, value in members.items()))), line, hoisted=True)


def _merged(context: Context, name: Name, members: dict[str, Name], line: int) -> Let | None:
    """The object of a namespace; where its name was declared before, that has its members too."""
    here = context.scopes[-1].function
    for number, cls in enumerate(context.classes):
        if cls is not None and cls.name == name.id and cls.parent == here:
            fields = tuple(Field(key, "", value, static=True, line=line) for key, value in members.items())
            refs = tuple(sorted({*cls.refs, *(value.id for value in members.values())}))
            context.classes[number] = replace(cls, fields=(*cls.fields, *fields), refs=refs)
            context.bindings.append(Binding(name.id, line, refs))
            return None
    if any(one is not None and (one.name, one.parent, one.cls) == (name.id, here, -1) for one in context.functions):
        context.changed.add(name.id)
        context.refs.update(f".{key}" for key in members)
        context.loose.extend(Do(Assign(Member(name, key), "=", value, line), line) for key, value in members.items())
        context.bindings.append(Binding(name.id, line, tuple(sorted(value.id for value in members.values()))))
        return None
    return _object(name, members, line, context.enumerations.get(name.id, ()))


def _path(context: Context, node: Node) -> Path:
    """The name of a namespace, in parts; none for `module "x"`."""
    name = node.child_by_field_name("name")
    if name is None or name.type == "string":
        return ()
    return tuple(part.strip() for part in context.text(name).split("."))[:MOST_NESTED]


# --- names ----------------------------------------------------------------------------------------


def _around(context: Context, path: Path) -> dict[str, str]:
    """What the namespaces around one export that are written in its name: in `namespace A.B`, what `A` has."""
    return {
        key: value.id
        for length in range(1, len(path))
        for key, value in context.members.get(path[:length], {}).items()
        if value.id != key
    }


def _apart(context: Context, node: Node, path: Path) -> dict[str, str]:
    """The names of a namespace that mean something else outside of it, each with the one that it gets.

    What a namespace exports is known in the others of its name as well.
    """
    shared = context.shared.get(path)
    if shared is None:
        bodies = [body for one in _same(context, node) if (body := one.child_by_field_name("body")) is not None]
        names = {name for body in bodies for name, exported in _declared(context, body) if exported}
        outside = _without(context.source, bodies)
        shared = {name: ".".join((*path, name)) for name in sorted(names) if _mentions(outside, name)}
        context.shared[path] = shared
    found = dict(shared)
    body = node.child_by_field_name("body")
    if body is None:
        return found
    outside = _without(context.source, [body])
    for name, exported in _declared(context, body):
        if not exported and name not in shared and _mentions(outside, name):
            new = ".".join((*path, name))
            taken = context.taken.setdefault(new, node.start_byte)
            found[name] = new if taken == node.start_byte else f"{new}.{context.line(node)}"
    return found


def _same(context: Context, node: Node) -> Iterator[Node]:
    """The namespaces of the same name beside `node`, and itself."""
    statement: Node | None = node
    while statement is not None and statement.parent is not None and statement.parent.type in _WRAPPED:
        statement = statement.parent
    around = statement.parent if statement is not None else None
    path = _path(context, node)
    for sibling in around.named_children if around is not None else [node]:
        found = _unwrapped(sibling)
        if found is not None and found.type in KINDS and _path(context, found) == path:
            yield found


def _unwrapped(node: Node) -> Node | None:
    """What an `export` exports."""
    if node.type not in _WRAPPED:
        return node
    inner = [child for child in node.named_children if child.type not in ("decorator", "comment")]
    return inner[0] if inner else None


def _declared(context: Context, body: Node) -> Iterator[tuple[str, bool]]:
    """The names that a namespace declares, and whether it exports them."""
    for statement in body.named_children:
        node = _unwrapped(statement)
        if node is None:
            continue
        exported = statement.type == "export_statement"
        if node.type in _VARIABLES:
            targets = [one.child_by_field_name("name") for one in node.named_children]
        else:
            targets = [node.child_by_field_name("name") or (node.named_child(0) if "alias" in node.type else None)]
        for target in targets:
            for name in _bound(target):
                yield context.text(name).partition(".")[0], exported


def _bound(target: Node | None) -> Iterator[Node]:
    waiting = [target] if target is not None else []
    while waiting:
        node = waiting.pop()
        if node.type in _INSIDE_PATTERN:
            waiting.extend(node.named_children)
        elif node.type in _BOUND or node.type in ("type_identifier", "nested_identifier"):
            yield node


def _without(source: bytes, bodies: list[Node]) -> bytes:
    parts: list[bytes] = []
    at = 0
    for body in bodies:
        parts.append(source[at : body.start_byte])
        at = body.end_byte
    return b"\n".join((*parts, source[at:]))


def _mentions(text: bytes, name: str) -> bool:
    return re.search(rb"(?<![.\w$])" + re.escape(name.encode()) + rb"(?![\w$])", text) is not None
