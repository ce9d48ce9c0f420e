"""A component of Vue as a function that draws it.

https://vuejs.org/api/sfc-spec.html, /api/sfc-script-setup.html. What stands in `<script setup>` is the body of the
function; of a component that is an object of options the function does with them what Vue does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.components.code import (
    Edit,
    Script,
    declared,
    event_attribute,
    script_of,
    tells,
    untyped,
    waits,
    write,
)
from callaudit.syntax.components.markup import (
    double_braces,
    elements,
    hidden,
    left_out,
    mistakes,
    parsed,
    too_deep,
    unclosed,
)
from callaudit.syntax.components.objects import exported_object
from callaudit.syntax.components.vue_macros import macros, property_names
from callaudit.syntax.components.vue_options import IMPORTS, Options, default_export
from callaudit.syntax.components.vue_template import Template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.components.code import Declared, Pattern
    from callaudit.syntax.components.markup import Element
    from callaudit.syntax.components.written import Writer

HOLDERS = frozenset(
    {"ref", "shallowRef", "computed", "toRef", "customRef", "useState", "useLocalStorage", "useSessionStorage"}
)
_EMITS = re.compile(rb"\b(?:const|let)\s+([\w$]+)\s*=\s*defineEmits\b")
_TOLD = re.compile(rb"\bemit\(\s*['\"`]([\w:.-]+)")
_DECLARED = re.compile(rb"\b(?:defineEmits\b|emits\s*:)[^\]})]{0,2000}")
_WORD = re.compile(rb"[\w:.-]+")


def write_vue(writer: Writer, name: str) -> list[str]:
    """Write the component `name`; what could not be read of it."""
    source = writer.source
    shown = _legible(source)
    root = parsed(shown)
    blocks = list(elements(source, root))
    setup, plain, template = _chosen(blocks)
    why = [*left_out(source, root, (setup, plain, template)), *mistakes(shown, root), *unclosed(source)]
    for block in (plain, setup):
        if block is not None and (outside := block.attribute("src")) is not None and outside.start >= 0:
            place = source[outside.start : outside.end].decode("utf-8", "replace")
            writer.say(f"import '{place}'; ", block.at)
            why.append("what a component of another file does with its template is not followed")
    own = script_of(source, plain) if plain is not None else None
    inner = script_of(source, setup) if setup is not None else None
    names = declared([one for one in (own, inner) if one is not None], HOLDERS)
    options = _plain_script(writer, own, why) if own is not None else None
    at = next((one.at for one in (setup, plain, template) if one is not None), 0)
    writer.say(f"\n{IMPORTS if options is not None else ''}\n", at)
    is_async = "async " if inner is not None and waits(inner) else ""
    writer.say(f"export default {is_async}function {name}(props$) {{\n", at)
    patterns = [tells(r"\$emit", "props$")]
    if inner is not None:
        code = source[inner.start : inner.end]
        patterns += [tells(re.escape(found.decode()), "props$") for found in _EMITS.findall(code)]
        write(writer, inner.start, inner.end, [*untyped(inner), *macros(inner)], patterns)
        given = sorted(property_names(inner) - names.names)
        if given:
            writer.say(f"\nconst {{ {', '.join(given)} }} = props$;\n", inner.start)
    elif options is not None:
        options.write(writer, source[template.first : template.last] if template is not None else b"")
        why += options.unread
    why += _write_template(writer, template, names, patterns, frozenset(options.registered) if options else frozenset())
    writer.say("\n}\n", at)
    return why


def _legible(source: bytes) -> bytes:
    """What HTML can read: nothing in braces."""
    parts: list[bytes] = []
    at = 0
    for start, end in double_braces(source, 0, len(source)):
        parts += source[at:start], hidden(source[start:end])
        at = end
    return b"".join([*parts, source[at:]])


def _plain_script(writer: Writer, own: Script, why: list[str]) -> Options | None:
    """Write what a script has beside its component; the component's options."""
    statement = default_export(own)
    value = statement.child_by_field_name("value") if statement is not None else None
    held = exported_object(value)
    edits = list(untyped(own))
    if statement is not None:
        edits.append(Edit(own.start + statement.start_byte, own.start + statement.end_byte, ""))
        if held is None:
            why.append("a component that is no object is not followed")
    write(writer, own.start, own.end, edits)
    return Options(own, held) if held is not None else None


def _chosen(blocks: list[Element]) -> tuple[Element | None, Element | None, Element | None]:
    setup = next((one for one in blocks if one.name == "script" and one.attribute("setup") is not None), None)
    plain = next((one for one in blocks if one.name == "script" and one is not setup), None)
    return setup, plain, next((one for one in blocks if one.name == "template"), None)


def _write_template(
    writer: Writer, template: Element | None, names: Declared, patterns: Sequence[Pattern], registered: frozenset[str]
) -> list[str]:
    if template is None:
        return []
    language = template.attribute("lang")
    if language is not None and writer.source[language.start : language.end] not in (b"html", b""):
        return ["its template is not written in HTML"]
    if template.attribute("src") is not None:
        return ["its template stands in another file"]
    named = (*_TOLD.findall(writer.source), *_WORD.findall(b" ".join(_DECLARED.findall(writer.source))))
    told = {event.decode() for event in named if event[:1].isalpha()}
    _rest(writer, told, template.at)
    drawn = Template(writer, names, patterns, registered)
    writer.say("return <>", template.at)
    roots = list(elements(writer.source, template.node))
    drawn.inside(template.node, outermost=len([one for one in roots if one.attribute("v-else") is None]) == 1)
    writer.say("</>;", template.at)
    return too_deep(drawn.cut)


def _rest(writer: Writer, told: set[str], at: int) -> None:
    """The attributes that the outermost element is given: all that the component does not call itself."""
    taken = sorted({event_attribute(event) for event in told})
    pairs = "".join(f"{name}: _{number}$, " for number, name in enumerate(taken))
    writer.say(f"\nconst {{ {pairs}...attrs$ }} = props$;\n", at)
