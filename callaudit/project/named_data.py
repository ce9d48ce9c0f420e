"""JSON files that code names: `require("../settings.json")`, `import tokens from "@/data/tokens.json"`.

They are found by the text of the code, before anything of it is understood: one that only looks named costs a little
time and changes nothing. Node looks for `settings.json` where code requires `./settings`, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.project.reading import inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RELATIVE = re.compile(rb"""["'`](\.{1,2}/[^"'`\s]{1,200})["'`]""")
_BY_NAME = re.compile(rb"""["'`][^"'`\s]{0,200}?([^"'`\s/]{1,100}\.json)["'`]""")
_END = ".json"


def named_data(data: Sequence[str], sources: Iterable[tuple[str, bytes]]) -> set[str]:
    """Those of the paths `data` that `sources`, paths with their texts, name; by its name alone where no path leads."""
    if not data:
        return set()
    known = frozenset(data)
    by_name: dict[str, list[str]] = {}
    for path in data:
        by_name.setdefault(path.rpartition("/")[2], []).append(path)
    found: set[str] = set()
    for path, text in sources:
        folder = path.rpartition("/")[0]
        for match in set(_RELATIVE.findall(text)):
            place = inside(folder, match.decode("utf-8", "replace"))
            if place is not None:
                found.update(known.intersection((place, place + _END)))
        if b".json" in text:
            for match in set(_BY_NAME.findall(text)):
                found.update(by_name.get(match.decode("utf-8", "replace"), ()))
    return found
