"""A component of Vue that is an object of options: https://vuejs.org/api/#options-api.

Its methods, data, computed properties and properties are what `this` is, so all of them are written as one object;
hooks and what is watched are methods of it too, which run as Vue runs them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.components.attributes import component_name
from callaudit.syntax.components.code import tells, untyped, write
from callaudit.syntax.components.objects import Member, answer, members, named, object_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from callaudit.syntax.components.code import Edit, Script
    from callaudit.syntax.components.written import Writer

AT_ONCE = ("beforeCreate", "created")
IN_BROWSER = {"beforeMount": "onBeforeMount", "mounted": "onMounted"}
LATER = {
    "activated": "onActivated",
    "updated": "onUpdated",
    "beforeUnmount": "onBeforeUnmount",
    "beforeDestroy": "onBeforeUnmount",
    "unmounted": "onUnmounted",
    "destroyed": "onUnmounted",
}
HOOKS = {**IN_BROWSER, **LATER}
_ELSEWHERE = ("mixins", "extends")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_IMMEDIATE = re.compile(r"\bimmediate\s*:\s*true\b")
_NAMES = ", ".join(f"{name} as {name}$" for name in (*dict.fromkeys(HOOKS.values()), "watch"))
IMPORTS = f"import {{ {_NAMES} }} from 'vue';"


def default_export(found: Script) -> Node | None:
    """The statement that exports the component of a script."""
    for statement in found.root.named_children:
        if statement.type == "export_statement" and "default" in [child.type for child in statement.children]:
            return statement
    return None


class Options:
    """The options of one component."""

    def __init__(self, found: Script, held: Node) -> None:
        """Look at the object `held` of a script."""
        self._in = found
        self._options = {one.name: one for one in members(found, held)}
        taken = [name for name in _ELSEWHERE if name in self._options]
        self.unread = [f"what a component takes from others ({name}) is not followed" for name in taken]
        self.registered = {
            component_name(one.name): found.text(one.value) if one.value is not None else one.name
            for one in self._inside("components")
            if component_name(one.name)
        }

    def write(self, writer: Writer, shown_in: bytes) -> None:
        """Write the body of the function that stands for the component, whose template is `shown_in`."""
        at = self._in.start
        edits = list(untyped(self._in))
        for name, text in self.registered.items():
            if name != text:
                writer.say(f"const {name} = {text};\n", at)
        self._setup(writer, edits)
        self._data(writer, edits)
        setup = "...setup$, " if "setup" in self._options else ""
        writer.say(f"\nconst self$ = {{ ...later$, ...props$, {setup}", at)
        for one in self._all():
            self._member(writer, one, edits)
        writer.say("};\n", at)
        self._runs(writer)
        seen = {one.name for one in self._all()} | set(self._properties()) | set(self._names("setup"))
        words = set(_WORD.findall(shown_in.decode("utf-8", "replace")))
        shown = sorted(name for name in seen & words if name.isidentifier() and name not in self.registered)
        writer.say(f"const {{ {', '.join(shown)} }} = self$;\n", at)

    def _all(self) -> Iterator[Member]:
        """What `this` has, as it is written into one object."""
        yield from (one._replace(kind="data") for one in self._inside("data"))
        yield from (one._replace(kind="computed") for one in self._inside("computed"))
        yield from self._inside("methods")
        yield from (self._options[name] for name in (*AT_ONCE, *HOOKS) if name in self._options)
        yield from (one._replace(name=f"watch${number}") for number, one in enumerate(self._inside("watch")))

    def _inside(self, name: str) -> list[Member]:
        one = self._options.get(name)
        held = answer(one) if one is not None and name in ("data", "setup") else one.value if one is not None else None
        return list(members(self._in, held)) if held is not None else []

    def _names(self, name: str) -> Iterator[str]:
        yield from (one.name for one in self._inside(name))

    def _properties(self) -> Iterator[str]:
        yield from self._names("props")
        one = self._options.get("props")
        if one is not None and one.value is not None and one.value.type == "array":
            yield from (self._in.text(item).strip("'\"") for item in one.value.named_children)

    def _setup(self, writer: Writer, edits: list[Edit]) -> None:
        one = self._options.get("setup")
        if one is None or one.params is None:
            return
        given = one.params.named_children[1:2]
        text = self._in.text(given[0]) if given else ""
        told = "emit" if "emit" in text else rf"{re.escape(text.split(':')[0].strip())}\.emit"
        writer.say(f"const setup$ = ({'async ' if one.is_async else ''}function ", self._in.start)
        self._copy(writer, one.params, one.node, edits, told if text else "")
        writer.say(")(props$, {});\n", self._in.start)

    def _data(self, writer: Writer, edits: list[Edit]) -> None:
        one = self._options.get("data")
        if one is not None and one.params is not None:
            writer.say("const data$ = (function ", self._in.start)
            self._copy(writer, one.params, one.node, edits)
            writer.say(")();\n", self._in.start)
        elif one is not None and one.value is not None:
            writer.say("const data$ = (", self._in.start)
            self._copy(writer, one.value, one.value, edits)
            writer.say(")" + ("();\n" if one.value.type == "arrow_function" else ";\n"), self._in.start)

    def _member(self, writer: Writer, one: Member, edits: list[Edit]) -> None:
        at = self._in.start + one.node.start_byte
        if one.kind == "data":
            text = f"data$.{one.name}"
            writer.say(f"{one.name}: {text if self._is_kept(one.name) else f'state$ ? {text} : state$'}, ", at)
            return
        inner = object_in(one.value)
        if inner is not None:  # `{ get() {…}, set(value) {…} }`, `{ handler() {…}, immediate: true }`
            one = self._asked(inner, one)
        head = "get " if one.kind == "computed" else "async " if one.is_async else ""
        if one.params is not None:
            writer.say(f"{head}{one.name}", at)
            self._copy(writer, one.params, one.node, edits)
        elif one.value is None:
            self._copy(writer, one.node, one.node, edits)  # `load` for `load: load`
        elif one.kind == "computed" and one.value.type == "arrow_function":
            writer.say(f"get {one.name}() {{ return (", at)
            self._copy(writer, one.value, one.value, edits)
            writer.say(")(self$); }", at)
        else:
            writer.say(f"{one.name}: ", at)
            self._copy(writer, one.value, one.value, edits)
        writer.say(", ", at)

    def _asked(self, held: Node, one: Member) -> Member:
        """The function of an object that says how `one` is computed or watched."""
        inside = (found for found in members(self._in, held) if found.name in ("get", "handler"))
        return next((found._replace(name=one.name, kind=one.kind) for found in inside), one)

    def _runs(self, writer: Writer) -> None:
        """What Vue runs of the object, and when."""
        for name in AT_ONCE:
            if name in self._options:
                writer.say(f"self$.{name}();\n", self._at(name))
        for name, hook in HOOKS.items():
            if name in self._options:
                writer.say(f"{hook}$(() => self$.{name}());\n", self._at(name))
        for number, one in enumerate(self._inside("watch")):
            at = self._in.start + one.node.start_byte
            text = self._in.text(one.value) if one.value is not None else ""
            run = f"self$.{text[1:-1]}()" if text[:1] in ("'", '"') else f"self$.watch${number}()"
            handler = named(self._in, object_in(one.value), "handler")
            if handler is not None and handler.value is not None and handler.value.type == "string":
                run = f"self$.{self._in.text(handler.value)[1:-1]}()"
            if _IMMEDIATE.search(text):
                writer.say(f"{run};\n", at)
            writer.say(f"watch$(() => state$, () => {run});\n", at)

    def _at(self, name: str) -> int:
        return self._in.start + int(self._options[name].node.start_byte)

    def _copy(self, writer: Writer, first: Node, last: Node, edits: list[Edit], told: str = "") -> None:
        patterns = [tells(r"this\.\$emit", "this"), *([tells(told, "props$")] if told else [])]
        write(writer, self._in.start + first.start_byte, self._in.start + last.end_byte, edits, patterns)

    def _is_kept(self, name: str) -> bool:
        """Whether nothing in the file says that the state `name` ever holds something else."""
        word = re.escape(name)
        set_to = rf"\b{word}\s*(?:=(?!=)|[-+*/|&?]+=|\+\+|--)|\.\$set\(|v-model[\w.:-]*=\"{word}\b"
        return re.search(set_to.encode(), self._in.source) is None
