"""The one place that opens files of the audited tree.

Paths are strings throughout this stage: importing pathlib costs more than listing a small repository.
"""

from __future__ import annotations

import codecs
import errno
import os
import posixpath
import stat
from functools import lru_cache

from callaudit.project.records import Notice

_SNIFFED = 8192
# Longer marks first: the UTF-16 mark is the beginning of the UTF-32 one.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What else calls itself .ts: Qt's translations, and files that git-lfs has not fetched.
_FOREIGN = (
    (b"<?xml", "not source", "an XML file (Qt translations are named .ts too)"),
    (b"<!DOCTYPE TS", "not source", "a Qt translation file"),
    (b"version https://git-lfs.github.com/spec/", "not fetched", "a git-lfs pointer; run git lfs pull"),
)
# A FIFO must not block, a terminal must not become the controlling one; not every system has the flags.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


def inside(base: str, target: str) -> str | None:
    """Return `target`, seen from the folder `base`, as a path relative to the root; None outside of it."""
    path = posixpath.normpath(posixpath.join(base, target))
    if path.startswith(("../", "/")) or path == "..":
        return None
    return "" if path == "." else path


@lru_cache(maxsize=4096)
def real_place(root: str, path: str) -> str | None:
    """Follow symbolic links and return the path below `root`, None when that is outside or a loop.

    `root` must be a real path itself. Answers are remembered for the life of the process.
    """
    try:
        real = os.path.realpath(f"{root}/{path}", strict=True)
    except (OSError, ValueError):
        return None
    if real == root:
        return ""
    prefix = root.rstrip(os.sep) + os.sep
    return real[len(prefix) :].replace(os.sep, "/") if real.startswith(prefix) else None


def read_source(project_root: str, path: str, max_bytes: int = 1_000_000) -> bytes | Notice:
    """Read a source file of the project as UTF-8 bytes without a byte order mark.

    `project_root` is `Project.root`, `path` is relative to it. UTF-16 and UTF-32 with a mark are transcoded;
    invalid UTF-8 is left as it is. Whatever is not a readable text file inside the root, of at most
    `max_bytes` bytes, gives a `Notice` instead; nothing is raised, and nothing blocks.
    """
    data = _read(project_root, path, max_bytes)
    if isinstance(data, Notice):
        return data
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace").encode("utf-8", "replace")
    if b"\0" in data[:_SNIFFED]:
        return Notice(path, 0, "binary", "it holds NUL bytes")
    for start, what, why in _FOREIGN:
        if data.startswith(start):
            return Notice(path, 0, what, why)
    return data


def _read(root: str, path: str, max_bytes: int) -> bytes | Notice:
    folder, _, name = path.rpartition("/")
    # The flag below guards the last name only, so the folder has to be known to lie inside.
    place = real_place(root, folder) if inside("", path) == path else None
    if place is None:
        return Notice(path, 0, "outside", "the path leads out of the project or does not exist")
    try:
        try:
            return _read_regular(f"{root}/{place}/{name}", path, max_bytes)
        except OSError as error:
            # FreeBSD says EMLINK where others say ELOOP.
            if error.errno not in {errno.ELOOP, errno.EMLINK}:
                raise
        target = real_place(root, path)
        if target is None:
            return outside(path)
        return _read_regular(f"{root}/{target}", path, max_bytes)
    except FileNotFoundError:
        return Notice(path, 0, "vanished", "the file is not there any more")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Notice(path, 0, "unreadable", f"{reason}; make it readable, or leave it out")


def _read_regular(full: str, path: str, max_bytes: int) -> bytes | Notice:
    descriptor = os.open(full, _FLAGS)
    try:
        # Decided on the open descriptor: what the name stands for may have changed since it was listed.
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            return Notice(path, 0, "special file", "a pipe, socket, device or folder")
        if info.st_size > max_bytes:
            return too_large(path, info.st_size, max_bytes)
        # A file that grows while it is read gives what it had when it was opened.
        data = os.read(descriptor, info.st_size)
        while 0 < len(data) < info.st_size and (more := os.read(descriptor, info.st_size - len(data))):
            data += more
    finally:
        os.close(descriptor)
    return data


def outside(path: str) -> Notice:
    """Return the notice for a symbolic link that is not followed."""
    why = "the symbolic link leads out of the project or nowhere; it is not followed"
    return Notice(path, 0, "symlink outside", why)


def too_large(path: str, size: int, limit: int) -> Notice:
    """Return the notice for a file over the size limit, both in bytes."""
    return Notice(path, 0, "too large", f"{size:,} bytes; the limit is {limit:,}")
