"""Claims made by code that a document shows as an excerpt of a file: its names, its place, its requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import CALLED, PATH, path_shape
from callaudit.verify.words import is_modal, proposes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Block, Verdict

_LANGUAGES = frozenset({"ts", "tsx", "typescript", "js", "jsx", "javascript", "mjs"})
_DECLARED = re.compile(r"\b(?:const|let|var|function|class)\s+([A-Za-z_$][\w$]*)")
_BUILT_IN = frozenset(
    [
        "if",
        "for",
        "while",
        "switch",
        "catch",
        "return",
        "await",
        "async",
        "function",
        "new",
        "typeof",
        "fetch",
        "setTimeout",
        "setInterval",
        "clearTimeout",
        "Promise",
        "Date",
        "Math",
        "JSON",
        "Number",
        "String",
        "Boolean",
        "Array",
        "Object",
        "Map",
        "Set",
        "Error",
        "parse",
        "stringify",
        "find",
        "some",
        "map",
        "filter",
        "reduce",
        "push",
        "forEach",
        "resolve",
        "reject",
        "then",
        "finally",
        "json",
        "text",
        "get",
        "set",
        "has",
        "delete",
        "add",
        "log",
        "error",
        "warn",
        "now",
        "require",
        "import",
        "includes",
        "slice",
        "splice",
        "join",
        "split",
        "every",
        "all",
        "race",
        "entries",
        "keys",
        "values",
        "max",
        "min",
        "floor",
        "round",
        "ceil",
    ]
)
_URL = re.compile(r"(/[\w\-/{}$.]*[\w}])\?([^`'\"\s]+)")
_KEY = re.compile(r"(?:^|&)([A-Za-z_][\w.-]*)=")
_NEAR = 5
"""Lines before and behind a cited place that count as the place."""


def excerpt_claims(block: Block, ground: Ground) -> Iterator[Claim]:
    """Check code that stands under the name of a file."""
    if block.kind != "code" or block.language not in _LANGUAGES or not block.lead:
        return
    # The label of code may say "Problem" or "Code", but not what is to become of it.
    if proposes(block.headings) or proposes(block.lead[:1]) or is_modal(block.lead[0]):
        return
    named = list(PATH.finditer(block.lead[0]))
    if len({found[1] for found in named}) != 1 or len(ground.files(named[0][1])) != 1:
        return
    cited, file = named[0], ground.files(named[0][1])[0]
    yield from _names(block, cited[1], file, ground)
    yield from _queries(block, cited[1], file, ground)
    if cited[2] is not None:
        yield from _place(block, cited, file, ground)


def _code(block: Block) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", block.text, flags=re.DOTALL)


def _used(block: Block) -> list[str]:
    """Return the names that code calls or declares, those of the language and its library left out."""
    code = _code(block)
    return [name for name in dict.fromkeys([*CALLED.findall(code), *_DECLARED.findall(code)]) if name not in _BUILT_IN]


def _names(block: Block, name: str, file: str, ground: Ground) -> Iterator[Claim]:
    """Check that the file has the names of its excerpt; where it has few of them, the code is a sketch."""
    lines = {used: ground.lines_with(file, used) for used in _used(block)}
    there = [used for used, found in lines.items() if found]
    missing = [used for used, found in lines.items() if not found]
    if there:
        evidence = tuple(Evidence(file, lines[used][0]) for used in there[:3])
        yield Claim(block.line, "excerpt", f"{name} has {', '.join(there)}", "confirmed", "it has", evidence)
    if not missing:
        return
    at = block.line + block.text[: max(block.text.find(missing[0]), 0)].count("\n")
    claim = f"{name} has {', '.join(missing)}"
    if len(missing) > len(there):
        yield Claim(
            at, "excerpt", claim, "unchecked", "the code may be a sketch: most of its names are not in the file"
        )
        return
    yield Claim(at, "excerpt", claim, "contradicted", "no line of the file has this name", (Evidence(file),))


def _queries(block: Block, name: str, file: str, ground: Ground) -> Iterator[Claim]:
    """Check the query parameters of a URL against those that the file sends to the same path."""
    for found in _URL.finditer(block.text):
        said = _KEY.findall(found[2])
        shape = path_shape(found[1][found[1].find("/") :])
        calls = [
            (call, url)
            for call in ground.inventory.calls
            if call.file == file
            for url in (call.url, *(f"{u.host}{u.path}" for u in call.urls))
            if path_shape(re.sub(r"^\w+://[^/]*", "", url)) == shape and "?" in url
        ]
        sent = {key for _, url in calls for key in _KEY.findall(url.partition("?")[2])}
        if not sent or any("{" in url.partition("?")[2].split("=")[0] for _, url in calls):
            continue
        at = block.line + block.text.count("\n", 0, found.start())
        for key in said:
            claim = f"{name} sends {key} to /{'/'.join(shape)}"
            evidence = tuple(Evidence(call.file, call.line) for call, _ in calls[:2])
            verdict: Verdict = "confirmed" if key in sent else "contradicted"
            yield Claim(at, "excerpt", claim, verdict, f"it sends {', '.join(sorted(sent))}", evidence)


def _place(block: Block, cited: re.Match[str], file: str, ground: Ground) -> Iterator[Claim]:
    """Check that what the excerpt shows is where the document says."""
    first, last = int(cited[2]), int(cited[3] or cited[2])
    if last > ground.line_count(file):
        return  # said already, of the line itself
    anchors = {used: ground.lines_with(file, used) for used in CALLED.findall(_code(block)) if used not in _BUILT_IN}
    for found in _URL.finditer(block.text):
        shape = path_shape(found[1][found[1].find("/") :])
        calls = [c for c in ground.inventory.calls if c.file == file and path_shape(c.path) == shape]
        anchors["/" + "/".join(shape)] = [call.line for call in calls]
    anchors = {name: lines for name, lines in anchors.items() if lines}
    if not anchors:
        return
    span = range(first - _NEAR, last + len(block.text.split("\n")) * (cited[3] is None) + _NEAR + 1)
    where = f"lines {first}-{last}" if cited[3] else f"line {first}"
    claim = f"the code is at {where} of {cited[1].rpartition('/')[2]}"
    if any(line in span for lines in anchors.values() for line in lines):
        yield Claim(block.line, "excerpt", claim, "confirmed", "it is", (Evidence(file, first),))
        return
    name, lines = next(iter(anchors.items()))
    found_words = f"{name} is at {' and '.join(map(str, lines[:3]))}"
    yield Claim(block.line, "excerpt", claim, "contradicted", found_words, tuple(Evidence(file, n) for n in lines[:3]))
