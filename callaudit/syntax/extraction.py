"""Read and extract all files of a project, on as many processes as that is worth."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from callaudit.project import read_source
from callaudit.project.records import Notice
from callaudit.syntax.facts import ModuleFacts  # noqa: TC001 - msgspec reads the annotations
from callaudit.syntax.soundness import sound
from callaudit.syntax.typescript import extract_module

if TYPE_CHECKING:
    from callaudit.project import Project, SourceFile

WORTH_A_WORKER = 60
"""Files; below that a second process costs more than it saves (measured)."""
MOST_WORKERS = 8


class Extracted(msgspec.Struct):
    """What one process brings back."""

    facts: list[ModuleFacts]
    notices: list[Notice]


def extract(project: Project, max_bytes: int = 1_000_000) -> tuple[list[ModuleFacts], list[Notice]]:
    """The facts of every file of `project` in the order of paths, and what could not be read."""
    files = sorted(project.files, key=lambda file: (-file.size, file.path))
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, MOST_WORKERS)
    workers = min(workers, max(1, len(files) // WORTH_A_WORKER))
    if workers > 1 and hasattr(os, "fork"):
        parts = _forked(project, files, workers, max_bytes)
    else:
        parts = [_some(project, files, max_bytes)]
    facts = sorted((item for part in parts for item in part.facts), key=lambda item: item.path)
    return facts, [notice for part in parts for notice in part.notices]


def _some(project: Project, files: list[SourceFile], max_bytes: int) -> Extracted:
    facts: list[ModuleFacts] = []
    notices: list[Notice] = []
    for file in files:
        source = read_source(project.root, file.path, max_bytes)
        if not isinstance(source, bytes):
            notices.append(Notice(source.path, source.line, source.what, source.why))
            continue
        try:
            found = extract_module(file.path, source, file.language)
        except Exception as error:  # noqa: BLE001 - one file must not cost the others their answers
            why = f"its syntax tree could not be read ({type(error).__name__}: {error}); please report this file"
            notices.append(Notice(file.path, 1, "not analyzed", why))
            continue
        kept, left_out = sound(found)
        if kept is None:
            why = "what the grammar made of its syntax errors has no meaning"
            notices.append(Notice(file.path, found.errors[0], "not analyzed", why))
            continue
        for line in left_out:
            why = "a syntax error inside it leaves nothing that can be followed"
            notices.append(Notice(file.path, line, "function left out", why))
        found = kept
        facts.append(found)
        if found.notice:
            notices.append(Notice(file.path, 1, "partly analyzed", found.notice))
        elif found.errors:
            count = len(found.errors)
            places = "one place" if count == 1 else f"{count} places"
            why = f"{places} that the grammar cannot read; what surrounds it was analyzed"
            notices.append(Notice(file.path, found.errors[0], "syntax not understood", why))
    return Extracted(facts, notices)


def _forked(project: Project, files: list[SourceFile], workers: int, max_bytes: int) -> list[Extracted]:
    """Deal the files, largest first, to this process and its children; each child answers through a pipe."""
    from callaudit.syntax.typescript.grammar import handlers

    handlers("tsx")
    handlers("typescript")
    pipes: list[tuple[int, int, list[SourceFile]]] = []
    for number in range(1, workers):
        share = files[number::workers]
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            _work(project, share, writing, max_bytes)
        os.close(writing)
        pipes.append((child, reading, share))
    parts = [_some(project, files[::workers], max_bytes)]
    decoder = msgspec.msgpack.Decoder(Extracted)
    for child, reading, share in pipes:
        with os.fdopen(reading, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        try:
            parts.append(decoder.decode(data))
        except msgspec.DecodeError:  # the child was killed: its files are read here, one by one
            parts.append(_some(project, share, max_bytes))
    return parts


def _work(project: Project, share: list[SourceFile], writing: int, max_bytes: int) -> None:
    status = 1
    try:
        data = msgspec.msgpack.encode(_some(project, share, max_bytes))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(data)
        status = 0
    finally:
        os._exit(status)
