"""Imports whose path is computed: `import(`./parts/${name}`)` may load every module that the path fits.

Bundlers include them all (https://webpack.js.org/api/module-methods/#dynamic-expressions-in-import); a hole stands for
a part of one segment, as Rollup and Vite read it.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from callaudit.project.source_index import SOURCES_OF
from callaudit.syntax.ir import HOLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.link.program import Program

MOST_LOADED = 200
"""More modules than this are not told apart: the import is unknown."""
_TAKEN_OFF = re.compile(r"(?:/index)?\.(?:[cm]?[jt]s|[jt]sx)$")
_ENDING = re.compile(r"\.(?:[cm]?[jt]s|[jt]sx)$")


def loaded_by(program: Program, importer: str, pattern: str) -> tuple[str, ...]:
    """The modules that a relative path with holes fits, sorted; none where they are too many or the path is no path.

    A path that begins with a hole may be any of those that the module puts together.
    """
    patterns = (pattern,) if pattern[:1] != HOLE else program.put_together(importer)
    found = {path for one in patterns if one.startswith(("./", "../")) for path in _fitting(program, importer, one)}
    return tuple(sorted(found)) if len(found) <= MOST_LOADED else ()


def _fitting(program: Program, importer: str, pattern: str) -> list[str]:
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(importer), pattern))
    whole = whole.removesuffix(f".{HOLE}")  # any ending
    ended = _ENDING.search(whole)
    stem = whole[: ended.start()] if ended is not None else whole
    fits = re.compile("[^/]+".join(re.escape(part) for part in stem.split(HOLE)) + _endings(ended))
    roles = {file.path: file.role for file in program.project.files}
    return [
        path
        for path in program.modules
        if roles.get(path, "source") == "source"
        and path != importer
        and fits.fullmatch(path if ended is not None else _TAKEN_OFF.sub("", path))
    ]


def _endings(ended: re.Match[str] | None) -> str:
    """What the ending of an import may be in the source: `./x.js` means `x.ts`."""
    if ended is None:
        return ""
    return f"(?:{'|'.join(map(re.escape, (ended[0], *SOURCES_OF.get(ended[0][1:], ()))))})"


def patterns(refs: Iterable[str]) -> list[str]:
    """The computed paths among what a function refers to."""
    return sorted(ref[1:] for ref in refs if ref[:1] == "!" and HOLE in ref)
