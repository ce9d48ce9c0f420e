"""The text of every file to be analyzed, and what tells it from every other text."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.project import read_source
from callaudit.project.records import Notice, SourceFile  # noqa: TC001 - msgspec reads the annotations

if TYPE_CHECKING:
    from callaudit.project import Project

MOST_BYTES = 1_000_000


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
        if isinstance(text, bytes):
            digest = blake2b(text, digest_size=20, key=file.language.encode())
            digest.update(b"\0" + file.path.encode("utf-8", "surrogateescape"))
            read.append(Source(file, text, digest.digest()))
        else:
            unread.append(text)
    return Sources(tuple(read), tuple(unread))
