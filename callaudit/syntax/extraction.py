"""Extract the facts of all files of a project, on as many processes as that is worth.

What one file says depends on its text, its path and its language alone, so it is kept for the next run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from callaudit.project.records import Notice
from callaudit.syntax.data import as_module
from callaudit.syntax.facts import ModuleFacts  # noqa: TC001 - msgspec reads the annotations
from callaudit.syntax.soundness import sound
from callaudit.syntax.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.cache.store import Store
    from callaudit.project import Project
    from callaudit.syntax.sources import Source, Sources

WORTH_A_WORKER = 60
"""Files; below that a second process costs more than it saves (measured)."""
MOST_WORKERS = 8
MEANWHILE_BYTES = 150_000
"""What is extracted in the time in which the analysis is imported and answers are decoded (measured)."""
BYTES_A_FILE = 400
"""What every file costs beside its text, as bytes."""


class FileFacts(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one file says, and what is to be said of it; no facts where they have no meaning."""

    facts: ModuleFacts | None
    notices: tuple[Notice, ...] = ()


class Extracted(msgspec.Struct, frozen=True):
    """A file's facts, as they are kept and sent where that can be: not under names that are no UTF-8, for example."""

    found: FileFacts
    blob: bytes | None


def extract(
    project: Project,
    sources: Sources | None = None,
    store: Store | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> tuple[list[ModuleFacts], list[Notice]]:
    """The facts of every file of `project` in the order of paths, and what could not be read.

    `sources` are the files where they have been read already; facts that `store` has are not extracted again.
    `meanwhile` is what else this process has to do, which takes about as long as to extract `MEANWHILE_BYTES`.
    """
    sources = read_sources(project) if sources is None else sources
    store = store if store is not None and store.is_used else None
    known = _kept(sources.read, store)
    missing = [source for source in sources.read if source.digest not in known]
    extracted = _extracted(missing, meanwhile, encoded=store is not None) if missing else {}
    if store is not None:
        store.put({store.key("facts", digest): one.blob for digest, one in extracted.items() if one.blob is not None})
    known.update((digest, one.found) for digest, one in extracted.items())
    found = [known[source.digest] for source in sources.read]
    notices = [*sources.unread, *(notice for one in found for notice in one.notices)]
    return [one.facts for one in found if one.facts is not None], notices


def _kept(sources: Sequence[Source], store: Store | None) -> dict[bytes, FileFacts]:
    if store is None:
        return {}
    digests = {store.key("facts", source.digest): source.digest for source in sources}
    decoder = msgspec.msgpack.Decoder(FileFacts)
    known: dict[bytes, FileFacts] = {}
    for key, blob in store.get(list(digests)).items():
        try:
            known[digests[key]] = decoder.decode(blob)
        except msgspec.MsgspecError:  # nothing that this version has written
            continue
    return known


def _extracted(
    sources: Sequence[Source], meanwhile: Callable[[], None] | None, *, encoded: bool
) -> dict[bytes, Extracted]:
    """Extract files on this process and its children."""
    ordered = sorted(sources, key=lambda source: (-len(source.text), source.file.path))
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, MOST_WORKERS)
    workers = min(workers, max(1, len(ordered) // WORTH_A_WORKER))
    if workers == 1 or not hasattr(os, "fork"):
        return _some(ordered, encoded=encoded)
    from callaudit.syntax.typescript.grammar import handlers

    handlers("tsx")
    handlers("typescript")
    mine, *shares = _dealt(ordered, workers, MEANWHILE_BYTES if meanwhile is not None else 0)
    pipes = [(share, *_start(share)) for share in shares]
    found = _some(mine, encoded=encoded)
    if meanwhile is not None:
        meanwhile()
    for share, child, reading in pipes:
        answers = _read(share, child, reading)
        # the child was killed, or a file cannot be sent: it is extracted here
        answers |= _some([source for source in share if source.digest not in answers], encoded=encoded)
        found |= answers
    return found


def _dealt(ordered: Sequence[Source], workers: int, ahead: int) -> list[list[Source]]:
    """Deal the files, largest first, each to who has least; the first has `ahead` bytes before that."""
    shares: list[list[Source]] = [[] for _ in range(workers)]
    taken = [ahead] + [0] * (workers - 1)
    for source in ordered:
        number = taken.index(min(taken))
        shares[number].append(source)
        taken[number] += len(source.text) + BYTES_A_FILE
    return shares


def _start(share: Sequence[Source]) -> tuple[int, int]:
    """Let a child extract `share`; it answers through a pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)  # else it would wait for itself to read, for ever, where its parent was interrupted
        blobs = [one.blob for one in _some(share, encoded=True).values()]
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(blobs))
        status = 0
    finally:
        os._exit(status)


def _read(share: Sequence[Source], child: int, reading: int) -> dict[bytes, Extracted]:
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    decoder = msgspec.msgpack.Decoder(FileFacts)
    try:
        blobs = msgspec.msgpack.decode(data, type=list[bytes | None])
        return {
            source.digest: Extracted(decoder.decode(blob), blob)
            for source, blob in zip(share, blobs, strict=True)
            if blob is not None
        }
    except (msgspec.MsgspecError, ValueError):
        return {}


def _some(sources: Sequence[Source], *, encoded: bool) -> dict[bytes, Extracted]:
    encoder = msgspec.msgpack.Encoder()
    extracted: dict[bytes, Extracted] = {}
    for source in sources:
        found = facts_of(source)
        blob = None
        if encoded:
            try:
                blob = encoder.encode(found)
            except (ValueError, OverflowError, RecursionError):  # half a surrogate pair, a number over 64 bits
                blob = None
        extracted[source.digest] = Extracted(found, blob)
    return extracted


def facts_of(source: Source) -> FileFacts:
    from callaudit.syntax.typescript import extract_module  # the grammar is not needed where everything is kept

    path = source.file.path
    try:
        found = extract_module(path, as_module(path, source.text), source.file.language)
    except Exception as error:  # noqa: BLE001 - one file must not cost the others their answers
        why = f"its syntax tree could not be read ({type(error).__name__}: {error}); please report this file"
        return FileFacts(None, (Notice(path, 1, "not analyzed", why),))
    kept, left_out = sound(found)
    if kept is None:
        why = "what the grammar made of its syntax errors has no meaning"
        return FileFacts(None, (Notice(path, found.errors[0], "not analyzed", why),))
    why = "a syntax error inside it leaves nothing that can be followed"
    notices = [Notice(path, line, "function left out", why) for line in left_out]
    if kept.notice:
        notices.append(Notice(path, 1, "partly analyzed", kept.notice))
    elif kept.errors:
        count = len(kept.errors)
        places = "one place" if count == 1 else f"{count} places"
        why = f"{places} that the grammar cannot read; what surrounds it was analyzed"
        notices.append(Notice(path, kept.errors[0], "syntax not understood", why))
    return FileFacts(kept, tuple(notices))
