"""Claims about files: that they exist, how long they are, and that a cited line is in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import PATH
from callaudit.verify.words import NEGATION, NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_LENGTH = re.compile(rf"(~|about |around |approx\.? |ca\. )?({NUMBER})[ -]+lines?\b", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:creat(?:e|es|ed|ing)|add(?:s|ed|ing)?|new|introduc\w+|generat\w+|to be written|writ(?:e|es|ten) to"
    r"|will (?:live|be|go)|mov(?:e|ed|ing) (?:\w+ )?(?:in)?to|extract\w* (?:\w+ )?(?:in)?to"
    r"|renamed?|delet\w+|removed?)\b",
    re.IGNORECASE,
)
"""Words beside a file that is not there yet, or no more."""
_BUILT = frozenset({"dist", "build", "out", ".next", "node_modules", "coverage", "generated"})
_CHANGED = re.compile(r"\b(modify|change|update|edit|touch|affected|located?|location)\b", re.IGNORECASE)
_ROUGH = 0.1
"""How far off a length may be that is said to be about right."""


def proposed_files(statements: Iterable[Statement]) -> frozenset[str]:
    """Return the paths that the document says are to be written."""
    return frozenset(
        found[1] for statement in statements if _NEW.search(statement.text) for found in PATH.finditer(statement.text)
    )


def file_claims(statement: Statement, ground: Ground, to_be_written: frozenset[str]) -> Iterator[Claim]:
    """Check every path that a statement names."""
    if statement.block.kind == "code":
        return
    for found in PATH.finditer(statement.text):
        name = found[1]
        if not _is_path(name, statement.text, found.start()) or name in ground.packages:
            continue
        files = ground.files(name)
        line = statement.line + statement.text.count("\n", 0, found.start())
        if not files:
            yield _missing(name, line, statement, ground, to_be_written)
            continue
        yield from _lengths(name, files, statement, found, ground)
        yield from _cited(name, files, line, found, ground)
        if found[2] is None and not _length_after(statement.text, found.end()):
            yield Claim(line, "file", f"{name} exists", "confirmed", "it does", (Evidence(files[0]),))


def _is_path(name: str, text: str, start: int) -> bool:
    """Whether it is a path rather than the name of a product: it has a folder, or stands as code."""
    if name.startswith(("-", "@")) or re.fullmatch(r"\.[a-z]\.ts", name):
        return False  # what is left of a placeholder, a package, an ending
    return "/" in name or text[:start].count("`") % 2 == 1


def _missing(name: str, line: int, statement: Statement, ground: Ground, to_be_written: frozenset[str]) -> Claim:
    claim = f"{name} exists"
    if name in to_be_written:
        return Claim(line, "file", claim, "unchecked", "the document says that it is to be written")
    if NEGATION.search(statement.text):
        return Claim(line, "file", f"{name} does not exist", "confirmed", "there is no such file")
    why = _unsure(name, statement)
    if why:
        return Claim(line, "file", claim, "unchecked", why)
    stem = name.rpartition("/")[2].partition(".")[0]
    defined = _defining(stem, ground)
    near = _similar(stem, ground)
    where = f"; {stem} is in {defined.file}" if defined else f"; there is {near}" if near else ""
    found = f"there is no such file{where}"
    return Claim(line, "file", claim, "contradicted", found, (defined,) if defined else ())


def _unsure(name: str, statement: Statement) -> str:
    """Say why a file that is not there may not be wrong."""
    folders = name.split("/")[:-1]
    if _BUILT & set(folders):
        return "it may be built, or ignored by git"
    if folders and re.search(r"\.[a-z]{2,}$", folders[0]) and not folders[0].startswith("."):
        return "it may be an address"
    if not folders and name.endswith(".js"):
        return "it may be the name of a library"
    labels = (*statement.block.lead, *statement.block.headings)
    if not asserts(statement) and not any(_CHANGED.search(label) for label in labels):
        return "it may be proposed"
    return ""


def _defining(stem: str, ground: Ground) -> Evidence | None:
    for entry in ground.inventory.entries:
        if entry.name == stem:
            return Evidence(entry.file, entry.line)
    return None


def _similar(stem: str, ground: Ground) -> str:
    """Name a file whose name has the same words in another order."""
    from callaudit.verify.words import name_words

    words = sorted(name_words(stem))
    if len(words) < 2:  # half of all files are called index, page or route
        return ""
    return next(
        (
            path
            for path in sorted(ground.paths)
            if sorted(name_words(path.rpartition("/")[2].partition(".")[0])) == words
        ),
        "",
    )


def _length_after(text: str, end: int) -> re.Match[str] | None:
    """Find the length that a text gives for the path that ends there."""
    upto = PATH.search(text, end)
    found = _LENGTH.search(text, end, upto.start() if upto else len(text))
    return found if found and "\n" not in text[end : found.start()] else None


def _lengths(name: str, files: list[str], statement: Statement, path: re.Match[str], ground: Ground) -> Iterator[Claim]:
    said = _length_after(statement.text, path.end())
    if said is None:
        return
    wanted = number(said[2])
    lengths = {file: ground.line_count(file) for file in files}
    slack = max(1.0, wanted * _ROUGH) if said[1] else 1.0
    claim = f"{name} has {said[0].strip()}"
    line = statement.line + statement.text.count("\n", 0, said.start())
    # One more or less is how programs differ in counting a last line without an end.
    fitting = [file for file, length in lengths.items() if abs(length - wanted) <= slack]
    shown = fitting or files
    found = f"it has {' or '.join(f'{lengths[file]:,}' for file in shown)}"
    evidence = tuple(Evidence(file, lengths[file]) for file in shown)
    yield Claim(line, "lines", claim, "confirmed" if fitting else "contradicted", found, evidence)


def _cited(name: str, files: list[str], line: int, path: re.Match[str], ground: Ground) -> Iterator[Claim]:
    if path[2] is None:
        return
    last = int(path[3] or path[2])
    claim = f"{name} has a line {last}"
    longest = max(files, key=ground.line_count)
    count = ground.line_count(longest)
    if last > count or int(path[2]) < 1:
        yield Claim(line, "lines", claim, "contradicted", f"it has {count:,} lines", (Evidence(longest, count),))
    else:
        yield Claim(line, "lines", claim, "confirmed", f"it has {count:,} lines", (Evidence(longest, last),))
