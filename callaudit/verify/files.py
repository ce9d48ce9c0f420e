"""Claims about files: that they exist, how long they are, and that a cited line is in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from callaudit.verify.absent import absent_claim
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import PATH
from callaudit.verify.paths import Document, mentions, to_be_written
from callaudit.verify.words import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement, Verdict
    from callaudit.verify.paths import Mention

_LENGTH = re.compile(
    rf"(~|≈|about |around |approx\.? |approximately |roughly |nearly |almost |over |ca\. )?({NUMBER})(\+)?"
    r"[ -]+lines?\b",
    re.IGNORECASE,
)
_ROUGH = 0.1
"""How far off a length may be that is said to be about right."""


def document_of(statements: Sequence[Statement], ground: Ground, folder: str) -> Document:
    """Look through all that a document in `folder` says of files; count those that are here, and not."""
    said = Document(folder, to_be_written(statements))
    here: set[str] = set()
    absent: set[str] = set()
    for statement in statements:
        for mention in mentions(statement) if statement.block.kind != "code" else ():
            if ground.files(mention.name, folder):
                here.add(mention.name)
            elif (claim := absent_claim(mention, statement, ground, said)) and claim.verdict == "contradicted":
                absent.add(mention.name)
    return structs.replace(said, here=len(here), absent=len(absent))


def file_claims(statement: Statement, ground: Ground, document: Document) -> Iterator[Claim]:
    """Check every path that a statement names."""
    if statement.block.kind == "code":
        return
    for mention in mentions(statement):
        if mention.name in ground.packages:
            continue
        files = ground.files(mention.name, document.folder)
        if not files:
            absent = absent_claim(mention, statement, ground, document)
            yield from [absent] if absent else ()
            continue
        length = _length_after(statement.text, mention)
        if length:
            yield _length(mention, files, length, statement, ground)
        if mention.first is not None:
            yield _cited(mention, files, ground)
        elif not length:
            where = "it does" if len(files) == 1 else f"{len(files)} files are called so"
            yield Claim(mention.line, "file", f"{mention.name} exists", "confirmed", where, (Evidence(files[0]),))


def _length_after(text: str, mention: Mention) -> re.Match[str] | None:
    """Find the length that a text gives for the path that ends there."""
    upto = PATH.search(text, mention.end)
    found = _LENGTH.search(text, mention.end, upto.start() if upto else len(text))
    return found if found and "\n" not in text[mention.end : found.start()] else None


def _length(mention: Mention, files: list[str], said: re.Match[str], statement: Statement, ground: Ground) -> Claim:
    """Compare a length with that of every file of the name."""
    wanted = number(said[2])
    line = statement.line + statement.text.count("\n", 0, said.start())
    rough = bool(said[1] or said[3])
    fitting = [file for file in files if _fits(ground.line_count(file), wanted, rough=rough)]
    # A last line without an end is one that `wc -l` leaves out: who counted so is not wrong.
    without = [file for file in files if ground.ends_open(file) and ground.line_ends(file) == wanted]
    verdict: Verdict = "confirmed" if fitting else "unchecked" if without else "contradicted"
    shown = fitting or without or files
    found = " or ".join(dict.fromkeys(f"{ground.line_count(file):,}" for file in shown[:3]))
    evidence = tuple(one for file in shown[:3] for one in _last_line(file, ground.line_count(file), ground))
    return Claim(line, "lines", f"{mention.name} has {said[0].strip()}", verdict, f"it has {found} lines", evidence)


def _fits(length: int, wanted: float, *, rough: bool) -> bool:
    return abs(length - wanted) <= (max(1.0, wanted * _ROUGH) if rough else 0)


def _last_line(file: str, line: int, ground: Ground) -> tuple[Evidence, Evidence]:
    """Return a line of a file, and what was counted to say how long it is."""
    count = ground.line_ends(file)
    ends = f"{count:,} line {'end' if count == 1 else 'ends'}"
    how = f"{ends} and a last line without one" if ground.ends_open(file) else ends
    return Evidence(file, line), Evidence(text=f"counted: {how}")


def _cited(mention: Mention, files: list[str], ground: Ground) -> Claim:
    first, last = mention.first or 0, mention.last or 0
    claim = f"{mention.name} has {f'lines {first}-{last}' if last != first else f'a line {last}'}"
    longest = max(files, key=ground.line_count)
    count = ground.line_count(longest)
    verdict: Verdict = "confirmed" if 1 <= first <= last <= count else "contradicted"
    found = f"it has {count:,} lines" if 1 <= first <= last else "no lines are numbered so"
    return Claim(mention.line, "lines", claim, verdict, found, _last_line(longest, min(max(last, 1), count), ground))
