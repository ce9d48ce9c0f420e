"""The text of every file to be analyzed, and what tells it from every other text."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.project import looks_bundled, looks_minified, named_data, read_source, role_of
from callaudit.project.records import Notice, SourceFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.project import Project

MOST_BYTES = 1_000_000
MOST_DATA_BYTES = 64_000
"""Of a JSON file: settings are smaller, and what is larger is text or an interface of a contract."""
BUNDLED = (".js", ".mjs", ".cjs")
"""What bundlers write: in TypeScript or with elements, long lines are somebody's own."""
MINIFIED = "code in very long lines, as tools write it: what it was made of is to be analyzed"
TOGETHER = "a bundler has put it together of a program and its packages: what it was made of is to be analyzed"


class Source(Struct, frozen=True, gc=False):
    """A file with its text; `digest` changes with the text, the path and the language."""

    file: SourceFile
    text: bytes
    digest: bytes


class Sources(Struct, frozen=True):
    """The files of a project in the order of paths, and what could not be read."""

    read: tuple[Source, ...]
    unread: tuple[Notice, ...]


def read_sources(project: Project, max_bytes: int = MOST_BYTES) -> Sources:
    """Read all files of `project` of at most `max_bytes` bytes."""
    read: list[Source] = []
    unread: list[Notice] = []
    for file in sorted(project.files, key=lambda file: file.path):
        text = read_source(project.root, file.path, max_bytes)
        if not isinstance(text, bytes):
            unread.append(text)
        elif file.path.endswith(BUNDLED) and looks_minified(text):
            unread.append(Notice(file.path, 1, "minified", MINIFIED))
        elif file.path.endswith(BUNDLED) and looks_bundled(text):
            unread.append(Notice(file.path, 1, "bundled", TOGETHER))
        else:
            read.append(_source(file, text))
    read += _data(project, read)
    return Sources(tuple(sorted(read, key=lambda source: source.file.path)), tuple(unread))


def _source(file: SourceFile, text: bytes) -> Source:
    digest = blake2b(text, digest_size=20, key=file.language.encode())
    digest.update(b"\0" + file.path.encode("utf-8", "surrogateescape"))
    return Source(file, text, digest.digest())


def _data(project: Project, sources: Sequence[Source]) -> list[Source]:
    """The JSON files of `project` that its code names; larger ones are lists of what is shown, and left alone."""
    found: list[Source] = []
    for path in sorted(named_data(project.data, ((source.file.path, source.text) for source in sources))):
        text = read_source(project.root, path, MOST_DATA_BYTES)
        if isinstance(text, bytes):
            found.append(_source(SourceFile(path, "js", role_of(path, ""), "", len(text)), text))
    return found
