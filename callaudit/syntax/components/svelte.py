"""A component of Svelte as a function that draws it.

https://svelte.dev/docs/svelte/svelte-files; https://v4.svelte.dev/docs/svelte-components. The statements of its script
run each time that it is shown; those of a module's script once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.components.code import (
    Declared,
    Pattern,
    declared,
    script_of,
    tells,
    untyped,
    waits,
    write,
)
from callaudit.syntax.components.markup import elements, left_out, mistakes, parsed, too_deep
from callaudit.syntax.components.mustaches import mustaches, without
from callaudit.syntax.components.svelte_script import properties, reactive
from callaudit.syntax.components.svelte_template import Template

if TYPE_CHECKING:
    from callaudit.syntax.components.markup import Element
    from callaudit.syntax.components.written import Writer

_DISPATCH = re.compile(rb"\b(?:const|let)\s+([\w$]+)\s*=\s*createEventDispatcher\b")
_PROPS = Pattern(re.compile(rb"(?<![\w$.])\$props\(\)"), "props$")
_MODULE = ("module", "context")


def write_svelte(writer: Writer, name: str) -> list[str]:
    """Write the component `name`; what could not be read of it."""
    source = writer.source
    found, why = mustaches(source)
    shown = without(source, found)
    root = parsed(shown)
    blocks = [one for one in elements(source, root) if one.name == "script"]
    modules = [script_of(source, one) for one in blocks if _is_module(source, one)]
    inner = [script_of(source, one) for one in blocks if not _is_module(source, one)]
    for one in modules:
        write(writer, one.start, one.end, untyped(one))
        writer.say("\n", one.end)
    at = inner[0].start if inner else 0
    asynchronous = "async " if any(waits(one) for one in inner) else ""
    writer.say(f"\nexport default {asynchronous}function {name}(props$) {{\n", at)
    patterns = [_PROPS, *(tells(re.escape(one.decode()), "props$") for one in _DISPATCH.findall(source))]
    names = declared([*modules, *inner])
    for one in inner:
        write(writer, one.start, one.end, [*untyped(one), *properties(one), *reactive(one, names)], patterns)
    drawn = Template(writer, _settled(source, names), patterns, found)
    writer.say("\nreturn <>", at)
    drawn.inside(root)
    writer.say("</>;\n}\n", at)
    return [*why, *left_out(source, root, blocks), *mistakes(shown, root), *too_deep(drawn.cut)]


def _settled(source: bytes, names: Declared) -> Declared:
    """Without constants of which something is assigned by the markup: `bind:value={form.name}`."""
    bound = {one.decode() for one in re.findall(rb"\bbind:[\w:]+=\{([\w$]+)", source)}
    return names._replace(fixed=names.fixed - bound)


def _is_module(source: bytes, block: Element) -> bool:
    one = next((found for name in _MODULE if (found := block.attribute(name)) is not None), None)
    return one is not None and (one.name == "module" or source[one.start : one.end] == b"module")
