"""The markup of Svelte's components as JSX: what it mounts, asks and does when something happens.

https://svelte.dev/docs/svelte/basic-markup, /if, /each, /await, /snippet; https://v4.svelte.dev/docs/element-directives.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from callaudit.syntax.components.attributes import calls_something, is_fixed, is_handler, property_name, quoted
from callaudit.syntax.components.code import Pattern, event_attribute, write
from callaudit.syntax.components.markup import element_of
from callaudit.syntax.components.svelte_blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from callaudit.syntax.components.code import Declared
    from callaudit.syntax.components.markup import Attribute, Element
    from callaudit.syntax.components.mustaches import Mustache
    from callaudit.syntax.components.written import Writer

MOST_DEPTH = 80
AROUND = frozenset({"slot", "svelte:head", "svelte:fragment", "svelte:boundary", "template"})
_SKIPPED = frozenset({"class", "style", "id", "slot", "this", "key"})
_QUIET = (
    *("bind:", "class:", "style:", "transition:", "in:", "out:", "animate:", "let:"),
    *("client:", "set:", "is:", "define:"),
)
_LET = re.compile(r"let:([\w$]+)")


class Template:
    """Writes the markup of one component."""

    def __init__(self, writer: Writer, names: Declared, patterns: Sequence[Pattern], found: list[Mustache]) -> None:
        """Write to `writer` what markup does that sees `names`; `found` is what stands in braces in it."""
        self._to = writer
        self._source = writer.source
        self._names = names
        self._patterns = patterns
        self._found = {one.start: one for one in found}
        self._starts = sorted(self._found)
        self.cut = 0
        """The line of the first element that is nested too deeply."""

    def inside(self, node: Node, depth: int = 0) -> None:
        """Write what stands inside an element, as children of another."""
        blocks = Blocks(self._to, self.is_fixed, self.code)
        for child in node.children:
            found = element_of(self._source, child)
            if found is not None:
                if found.name not in ("script", "style"):
                    self._element(found, depth)
            elif child.type in ("text", "raw_text", "entity", "erroneous_end_tag", "ERROR"):
                for one in self._between(child.start_byte, child.end_byte):
                    blocks.add(one.start + 1, one.end - 1)
        blocks.close(node.end_byte)

    def is_fixed(self, code: str) -> bool:
        """Whether code mentions nothing that may hold something else later."""
        return is_fixed(code, self._names.fixed)

    def code(self, start: int, end: int) -> None:
        """Copy an expression."""
        write(self._to, start, end, (), self._patterns)

    def _between(self, start: int, end: int) -> list[Mustache]:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self._found[at] for at in self._starts[first:last]]

    def _element(self, found: Element, depth: int) -> None:
        if depth > MOST_DEPTH:
            self.cut = self.cut or int(found.node.start_point[0]) + 1
            return
        given = found.attribute("this")
        chosen = self._value(given) if given is not None and found.name == "svelte:component" else None
        if chosen is not None:
            self._to.say("<>{(($Is) => ", found.at)
            self._tag("$Is", found, depth)
            self._to.say(")(", found.at)
            self.code(chosen.start + 1, chosen.end - 1)
            self._to.say(")}</>", found.at)
        elif found.name in AROUND:
            self._tag("", found, depth)
        else:
            is_component = found.name[:1].isupper() or "." in found.name
            self._tag(found.name if is_component else "div", found, depth)

    def _tag(self, tag: str, found: Element, depth: int) -> None:
        self._to.say(f"<{tag}", found.at)
        if tag:
            for one in found.attributes:
                self._attribute(one, component=tag != "div")
        self._to.say(">", found.at)
        scoped = [name for one in found.attributes for name in _LET.findall(one.name)]
        if scoped:
            self._to.say(f"<>{{slots$.map(({{ {', '.join(scoped)} }}) => <>", found.at)
        self.inside(found.node, depth + 1)
        if scoped:
            self._to.say("</>)}</>", found.at)
        self._to.say(f"</{tag}>", found.at)

    def _value(self, one: Attribute) -> Mustache | None:
        """What stands in braces as the whole value of an attribute."""
        held = self._found.get(one.start)
        return held if held is not None and one.end in (held.end - 1, held.end) else None

    def _attribute(self, one: Attribute, *, component: bool) -> None:
        name = one.name
        short = self._found.get(one.at)
        if short is not None:  # `{name}`, `{...more}`, `{@attach …}`
            self._short(short, component=component)
        elif name.startswith("on:") or (name.startswith("on") and name[2:3].isalpha() and not component):
            self._handler(event_attribute(name.removeprefix("on:").removeprefix("on").split("|")[0]), one)
        elif name.startswith("use:"):
            value = self._value(one)
            self._to.say(f" given={{{name[4:]}(node$, ", one.at)
            if value is not None:
                self.code(value.start + 1, value.end - 1)
            self._to.say(")}", one.at)
        elif not name.startswith(_QUIET) and name not in _SKIPPED:
            self._plain(one, component=component)

    def _plain(self, one: Attribute, *, component: bool) -> None:
        value = self._value(one) if one.start >= 0 else None
        shown = property_name(one.name)
        if value is not None:
            code = self._text(value.start + 1, value.end - 1)
            if component or calls_something(code):
                self._to.say(f" {shown or 'given'}={{(", one.at)
                self.code(value.start + 1, value.end - 1)
                self._to.say(")}", one.at)
        elif component and shown:
            mixed = one.start >= 0 and self._between(one.start, one.end)
            text = "true" if one.start < 0 else "state$" if mixed else quoted(self._text(one.start, one.end))
            self._to.say(f" {shown}={{{text}}}", one.at)

    def _short(self, short: Mustache, *, component: bool) -> None:
        text = self._text(short.start + 1, short.end - 1).strip()
        if text.startswith("..."):
            self._to.say(" {", short.start)
            self.code(short.start + 1, short.end - 1)
            self._to.say("}", short.start)
        elif text.isidentifier():
            event = text.startswith("on") and not component
            self._to.say(f" {event_attribute(text[2:]) if event else text}={{{text}}}", short.start)

    def _handler(self, name: str, one: Attribute) -> None:
        value = self._value(one) if one.start >= 0 else None
        if value is None:  # `on:click` alone hands the event on to who listens to the component
            self._to.say(f" {name}={{props$.{name}}}", one.at)
            return
        whole = is_handler(self._text(value.start + 1, value.end - 1))
        self._to.say(f" {name}={{" if whole else f" {name}={{(", one.at)
        self.code(value.start + 1, value.end - 1)
        self._to.say("}" if whole else ")}", one.at)

    def _text(self, start: int, end: int) -> str:
        return self._source[start:end].decode("utf-8", "replace")
