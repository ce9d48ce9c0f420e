"""What a document says of files that are not there: which of it is wrong, and which may well be right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.names import SOURCE_ENDINGS
from callaudit.verify.words import name_words

if TYPE_CHECKING:
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement
    from callaudit.verify.paths import Document, Mention

_BUILT = frozenset({"dist", "build", "out", "node_modules", "coverage", "generated"})
_CHANGED = re.compile(r"\b(modify|change|update|edit|touch|affected|located?|location)\b", re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    r"\b(?:there (?:is|are) no|no file(?: called| named)?|no|without(?: an?)?|lacks?(?: an?)?)\s+(?:\w+\s+)?[`\"(]*$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[`\")\s]*(?:\w+\s+){0,2}?(?:(?:does|do) not exist|(?:does|do)n't exist|no longer exists?"
    r"|is (?:missing|absent|gone|not there)|was never)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:e\.g|for example|for instance|such as|like|examples?|exist\w*|optional\w*"
    r"|if (?:you|it|there|any|present|needed))\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"^\W*v?\d+\.\d+\.\d+\b|^\W*\d{4}-\d\d-\d\d\b|\bchange ?log\b|\b(?:release|version|revision) (?:notes|history)\b"
    r"|\bunreleased\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(rf"\.(?:{SOURCE_ENDINGS})$")


def absent_claim(mention: Mention, statement: Statement, ground: Ground, document: Document) -> Claim | None:
    """Judge a path that no file has; None where it need not be one of this repository at all."""
    name, line = mention.name, mention.line
    if _is_denied(mention, statement.text):
        return Claim(line, "file", f"{name} does not exist", "confirmed", "there is no such file")
    if mention.in_command or _is_elsewhere(name, ground):
        return None
    claim = f"{name} exists"
    if name in document.to_be_written:
        return Claim(line, "file", claim, "unchecked", "the document says that it is to be written, or was once there")
    found, evidence = _known_as(name, ground)
    if not found and not _SOURCE.search(name) and not _is_rooted(name, ground, document):
        return None  # half of all documents name a `vercel.json` or `settings.md` of somebody else
    why = _doubt(name, statement, ground, document) or ("" if found else _strange(name, ground, document))
    if why:
        return Claim(line, "file", claim, "unchecked", why + found, evidence)
    return Claim(line, "file", claim, "contradicted", f"there is no such file{found}", evidence)


def _is_denied(mention: Mention, text: str) -> bool:
    """Whether the words beside the path say that there is none."""
    return bool(_DENIED_BEFORE.search(text[: mention.start]) or _DENIED_AFTER.match(text[mention.end :]))


def _is_elsewhere(name: str, ground: Ground) -> bool:
    """Whether a path is built, left out by git, an ending, an address, or above the document."""
    folders = name.split("/")[:-1]
    return (
        bool(_BUILT & set(folders))
        or name.rpartition("/")[2].startswith(".")
        or any(folder.startswith(".") and folder.strip(".") for folder in folders)
        or bool(folders and re.search(r"\w\.[a-z]{2,}$", folders[0]))
        or (".." in folders and not folders[0].startswith("."))
        or ground.is_ignored(name.lstrip("./"))
    )


def _doubt(name: str, statement: Statement, ground: Ground, document: Document) -> str:
    """Say why what is written need not mean that the file is there today."""
    block = statement.block
    if document.is_of_another_tree:
        named = document.here + document.absent
        return f"only {document.here} of {named} paths that it names are here: is it about this folder?"
    if any(_HISTORY.search(title) for title in block.headings):
        return "the document tells of an earlier state"
    if block.kind == "heading" or _EXAMPLE.search(statement.text):
        return "it may be an example"
    labels = (*block.lead, *block.headings)
    if not asserts(statement) and not any(_CHANGED.search(label) for label in labels):
        return "it may be proposed"
    source = re.sub(r"\.([cm]?)js(x?)$", r".\1ts\2", name)
    if source != name and ground.files(source, document.folder):
        return f"{ground.files(source, document.folder)[0]} may be meant, which code imports by this name"
    return ""


def _strange(name: str, ground: Ground, document: Document) -> str:
    """Say why it may be the file of something else, where nothing in the code goes by its name."""
    if "/" not in name:
        return "it is named without its folder, and nothing in the code goes by this name"
    if not _is_rooted(name, ground, document):
        return f"there is no folder {name.lstrip('./').partition('/')[0]} that it could be in"
    return ""


def _is_rooted(name: str, ground: Ground, document: Document) -> bool:
    """Whether its first folder is one of this repository."""
    first, slash, _ = re.sub(r"^(?:\.{1,3}/)+", "", name).partition("/")
    return bool(slash) and (ground.has_folder(first, document.folder) or name.startswith("."))


def _known_as(name: str, ground: Ground) -> tuple[str, tuple[Evidence, ...]]:
    """Say what the code has by that name: a hook or component in another file, or a file with the same words."""
    if not _SOURCE.search(name):
        return "", ()
    stem = name.rpartition("/")[2].partition(".")[0]
    for entry in ground.inventory.entries:
        if entry.name == stem:
            return f"; {stem} is in {entry.file}", (Evidence(entry.file, entry.line),)
    words = sorted(name_words(stem))
    if len(words) < 2:  # half of all files are called index, page or route
        return "", ()
    for path in sorted(ground.paths):
        last = path.rpartition("/")[2]
        alike = _SOURCE.search(last) and last.count(".") == name.rpartition("/")[2].count(".")
        if alike and sorted(name_words(last.partition(".")[0])) == words:
            return f"; there is {path}", (Evidence(path),)
    return "", ()
