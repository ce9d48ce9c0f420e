"""A page or component of Astro: https://docs.astro.build/en/basics/astro-components/, /guides/client-side-scripts/.

Its frontmatter runs on the server, each time that it is drawn or once in a build; its scripts in the browser. What it
draws is not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.components.code import script, untyped, waits, write
from callaudit.syntax.components.markup import elements, parsed
from callaudit.syntax.components.mustaches import mustaches, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from callaudit.syntax.components.markup import Element
    from callaudit.syntax.components.written import Writer

SCRIPT = "script$"
_FRONT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(rb"<[A-Z]")
MOST_ELEMENTS = 5_000


def write_astro(writer: Writer, name: str) -> list[str]:
    """Write the component `name`, and its scripts as a function beside it; what could not be read of it."""
    source = writer.source
    front = _FRONT.match(source)
    begin = front.end() if front is not None else 0
    writer.say("\n", 0)
    if front is not None:
        found = script(source, *front.span(1), typed=True)
        asynchronous = "async " if waits(found) else ""
        writer.say(f"export default {asynchronous}function {name}(props$) {{\n", found.start)
        write(writer, found.start, found.end, untyped(found))
        writer.say("\n}\n", found.end)
    braces, why = mustaches(source, begin)
    hidden = without(source, braces)
    root = parsed(b" " * begin + hidden[begin:])
    blocks = list(_scripts(source, root))
    if blocks:
        writer.say(f"export function {SCRIPT}() {{\n", blocks[0].at)
        for block in blocks:
            outside = block.attribute("src")
            if outside is not None and outside.start >= 0:
                place = source[outside.start : outside.end].decode("utf-8", "replace")
                writer.say(f"import('{place}');\n" if place.startswith(".") else "", block.at)
            else:
                found = script(source, block.first, block.last, typed=True)
                writer.say("{", block.at)
                write(writer, found.start, found.end, untyped(found))
                writer.say("\n}\n", block.at)
        writer.say("\n}\n", blocks[-1].last)
    return [*why, *(["the components that it draws are not followed"] if _MARKUP.search(source, begin) else [])]


def _scripts(source: bytes, root: Node) -> Iterator[Element]:
    waiting = [root]
    for _ in range(MOST_ELEMENTS):
        if not waiting:
            return
        for one in elements(source, waiting.pop()):
            if one.name == "script":
                yield one
            else:
                waiting.append(one.node)
