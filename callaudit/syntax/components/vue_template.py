"""The template of Vue's components as JSX: what it mounts, asks and does when something happens.

https://vuejs.org/api/built-in-directives.html, /api/built-in-special-elements.html, /guide/components/slots.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.components.attributes import calls_something, component_name, is_handler, property_name, quoted
from callaudit.syntax.components.code import Declared, Pattern, event_attribute
from callaudit.syntax.components.markup import double_braces, element_of
from callaudit.syntax.components.vue_expressions import Expressions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from callaudit.syntax.components.markup import Attribute, Element
    from callaudit.syntax.components.written import Writer

MOST_DEPTH = 80
AROUND = frozenset(
    {"template", "Transition", "TransitionGroup", "KeepAlive", "Teleport", "Suspense", "ClientOnly", "slot"}
)
"""What draws nothing of its own around what it holds."""
_FOR = re.compile(
    rb"\s*(?:\((?P<several>.*?)\)|(?P<one>\S.*?))(?<!\s)\s+(?:in|of)\s+(?P<list>.*)", re.DOTALL
)  # the blanks before a word are tried once, from where they begin
LONGEST_LOOP = 2_000
_SKIPPED = frozenset({"key", "ref", "class", "style", "id", "slot", "is"})
_QUIET = frozenset({"v-if", "v-else-if", "v-else", "v-for", "v-slot", "v-pre", "v-cloak", "v-once", "v-memo"})


class Template:
    """Writes one template."""

    def __init__(self, writer: Writer, names: Declared, patterns: Sequence[Pattern], known: frozenset[str]) -> None:
        """Write to `writer` what a template does that sees `names` and components that are `known` to it."""
        self._to = writer
        self._source = writer.source
        self._code = Expressions(writer, names, patterns)
        self._components = known | frozenset(name for name in names.names if name[:1].isupper())
        self.cut = 0
        """The line of the first element that is nested too deeply."""

    def inside(self, node: Node, depth: int = 0, *, outermost: bool = False) -> None:
        """Write what stands inside an element, as children of another."""
        open_test = False
        for child in node.children:
            found = element_of(self._source, child)
            if found is None:
                if child.type in ("text", "raw_text", "ERROR"):
                    if open_test and self._source[child.start_byte : child.end_byte].strip():
                        self._to.say(" : null}</>", child.start_byte)
                        open_test = False
                    self._shown(child)
                continue
            if found.name in ("script", "style"):
                continue
            test = found.attribute("v-if")
            other = found.attribute("v-else-if") or found.attribute("v-else")
            if open_test:
                self._to.say(" : " if other else " : null}</>", found.at)
            if test is not None or (other is not None and other.start >= 0 and open_test):
                asked = test or other
                if not (other and open_test):
                    self._to.say("<>{", found.at)
                self._code.test(asked)
                self._element(found, depth, outermost=outermost)
                open_test = True
            else:
                self._element(found, depth, outermost=outermost)
                if open_test and other:
                    self._to.say("}</>", found.at)
                open_test = False
        if open_test:
            self._to.say(" : null}</>", node.end_byte)

    def _element(self, found: Element, depth: int, *, outermost: bool) -> None:
        if depth > MOST_DEPTH:
            self.cut = self.cut or int(found.node.start_point[0]) + 1
            self._to.say("<></>", found.at)
            return
        loop = found.attribute("v-for")
        named = (
            _FOR.fullmatch(self._source, loop.start, loop.end)
            if loop is not None and loop.end - loop.start < LONGEST_LOOP
            else None
        )
        if named is None and loop is not None:
            self._to.say("<>{state$.map(() => ", found.at)
        if named is None:
            self._tag(found, depth, outermost=outermost and loop is None)
            self._to.say(")}</>" if loop is not None else "", found.at)
            return
        kind = "several" if named["several"] is not None else "one"
        items = named.span("list")
        self._to.say("<>{", found.at)
        self._code.items(*items)
        self._to.say(".map((", items[0])
        self._to.copy(*named.span(kind))
        self._to.say(") => ", items[0])
        self._tag(found, depth, outermost=False)
        self._to.say(")}</>", found.at)

    def _tag(self, found: Element, depth: int, *, outermost: bool) -> None:
        given = found.attribute(":is") or found.attribute("v-bind:is")
        if found.name == "component" and given is not None and given.start >= 0:
            self._to.say("<>{(($Is) => ", found.at)
            self._open("$Is", found, depth, outermost=outermost)
            self._to.say(")(", given.start)
            self._code.code(given.start, given.end)
            self._to.say(")}</>", given.start)
            return
        name = component_name(found.name)
        if name in AROUND or found.name in AROUND:
            tag = ""
        elif "." in found.name and "-" not in found.name:
            tag = found.name
        elif name in self._components or "-" in found.name or found.name[:1].isupper():
            tag = name or "div"
        else:
            tag = "div"
        self._open(tag, found, depth, outermost=outermost)

    def _open(self, tag: str, found: Element, depth: int, *, outermost: bool) -> None:
        self._to.say(f"<{tag}", found.at)
        if tag:
            for one in found.attributes:
                self._attribute(one, component=tag != "div")
            if outermost:
                self._to.say(" {...attrs$}", found.at)
        self._to.say(">", found.at)
        scoped = next((one for one in found.attributes if _is_slot(one.name) and one.start >= 0), None)
        if scoped is not None:
            self._to.say("<>{slots$.map((", scoped.start)
            self._to.copy(scoped.start, scoped.end)
            self._to.say(") => <>", scoped.start)
        self.inside(found.node, depth + 1)
        if scoped is not None:
            self._to.say("</>)}</>", scoped.start)
        self._to.say(f"</{tag}>", found.at)

    def _attribute(self, one: Attribute, *, component: bool) -> None:
        name = one.name
        if name in _QUIET or _is_slot(name):
            return
        if name.startswith(("@", "v-on:")):
            self._handler(event_attribute(name.removeprefix("@").removeprefix("v-on:").split(".")[0]), one)
        elif name == "v-on" and not component:  # an object of handlers
            if one.start >= 0:
                self._to.say(" onDirective={($event) => { Object.values((", one.at)
                self._code.code(one.start, one.end)
                self._to.say(")).forEach((run$) => run$($event)); }}", one.at)
        elif name in ("v-bind", "v-on"):
            if one.start >= 0:
                self._to.say(" {...(", one.at)
                self._code.code(one.start, one.end)
                self._to.say(")}", one.at)
        elif name.startswith((":", "v-bind:")):
            self._bound(name.removeprefix("v-bind").removeprefix(":").split(".")[0], one, component=component)
        elif name.startswith("v-"):
            if one.start >= 0 and not name.startswith(("v-model", "v-show")):
                self._handler("onDirective", one)
        elif component and name not in _SKIPPED and property_name(name):
            value = quoted(self._code.text(one)) if one.start >= 0 else "true"
            self._to.say(f" {property_name(name)}={{{value}}}", one.at)

    def _bound(self, name: str, one: Attribute, *, component: bool) -> None:
        code = self._code.text(one) if one.start >= 0 else name
        if name in _SKIPPED and not calls_something(code):
            return
        if not component and not calls_something(code):
            return
        shown = property_name(name) or "given"
        if one.start < 0:
            self._to.say(f" {shown}={{{shown}}}", one.at)
            return
        self._to.say(f" {shown}={{(", one.at)
        self._code.code(one.start, one.end)
        self._to.say(")}", one.at)

    def _handler(self, name: str, one: Attribute) -> None:
        code = self._code.text(one) if one.start >= 0 else ""
        if not code.strip():
            return
        whole = is_handler(code)
        self._to.say(f" {name}={{" if whole else f" {name}={{($event) => {{ ", one.at)
        self._code.code(one.start, one.end)
        self._to.say("}" if whole else " }}", one.at)

    def _shown(self, node: Node) -> None:
        for start, end in double_braces(self._source, node.start_byte, node.end_byte):
            if calls_something(self._source[start:end].decode("utf-8", "replace")):
                self._to.say("{(", start)
                self._code.code(start, end)
                self._to.say(")}", start)


def _is_slot(name: str) -> bool:
    return name.startswith(("#", "v-slot")) or name == "slot-scope"
