"""Bytes under keys in one SQLite file, for as many processes as like to use it.

A cache may only ever cost time. Whatever fails, a lock, a full disk, a damaged file, ends the use of the cache
for this run and is told once; every value carries its own checksum, so that a damaged one counts as absent.
"""

from __future__ import annotations

import time
from hashlib import blake2b
from typing import TYPE_CHECKING

from callaudit.cache.version import tool_version

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

FILE = "kept-1.sqlite"
"""The number is that of the layout below."""
MOST_BYTES = 256_000_000
"""Size of all values; beyond it, those that were not used for longest go."""
PATIENCE = 1.0
"""Seconds to wait for another process, which writes for a few milliseconds."""
_ROOM = 0.75
"""What is left of that then, so that not every run has to let go."""
_CHECKSUM = 16
_AT_ONCE = 500
_DAY = 86_400

# A rollback journal, not a write-ahead log: it works on network file systems and for readers that may not write.
# Nothing is synchronized to disk: after a power cut, checksums tell what is damaged.
LAYOUT = """
pragma synchronous = off;
create table if not exists kept (
    key blob primary key,
    used integer not null,
    size integer not null,
    value blob not null
);
"""


class Store:
    """Values that are kept in `folder`; without one nothing is kept.

    `trouble` says why the cache is not used (any more), empty where it is.
    """

    def __init__(self, folder: Path | None) -> None:
        """Nothing is opened before it is needed; nothing is kept by a tool that cannot tell its own version."""
        self.trouble = ""
        self._folder = folder if tool_version() is not None else None
        self._connection: sqlite3.Connection | None = None

    @property
    def is_used(self) -> bool:
        """Whether anything can be kept."""
        return self._folder is not None

    @staticmethod
    def key(kind: str, *parts: bytes) -> bytes:
        """The key of what was made of `parts` by this version of the tool; `kind` tells what it is."""
        digest = blake2b(tool_version() or b"", digest_size=20)
        for part in (kind.encode(), *parts):
            digest.update(len(part).to_bytes(8) + part)
        return digest.digest()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those `keys` that have one."""
        found: dict[bytes, bytes] = {}
        self._use(lambda connection: _read(connection, keys, found))
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep `values`, and let go what was not used for longest if it gets too much."""
        if values:
            self._use(lambda connection: _write(connection, values))

    def close(self) -> None:
        """Give the file free; what was not finished is undone."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _use(self, step: Callable[[sqlite3.Connection], None]) -> None:
        """Do something with the open file, if there is one; an error ends the use of the cache."""
        if self._folder is None:
            return
        import sqlite3  # only where something is kept: it costs as much as listing a project

        try:
            if self._connection is None:
                self._connection = _connect(self._folder)
            step(self._connection)
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            self.trouble = f"{self._folder / FILE}: {reason}"
            self._folder = None
            self.close()


def _connect(folder: Path) -> sqlite3.Connection:
    import sqlite3

    # What is kept says as much as the source that it was read from, which only the user may be allowed to read.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)
    connection.executescript(LAYOUT)
    return connection


def _read(connection: sqlite3.Connection, keys: Sequence[bytes], found: dict[bytes, bytes]) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(f"select key, used, value from kept where key in ({marks})", some).fetchall()  # noqa: S608
        for key, _, value in rows:
            if isinstance(value, bytes) and value[:_CHECKSUM] == _checksum(value[_CHECKSUM:]):
                found[key] = value[_CHECKSUM:]
        if any(used != _today() for _, used, _ in rows):  # once a day: a run that finds everything writes nothing
            connection.execute(f"update kept set used = ? where key in ({marks})", (_today(), *some))  # noqa: S608


def _write(connection: sqlite3.Connection, values: Mapping[bytes, bytes]) -> None:
    connection.execute("begin immediate")
    connection.executemany(
        "insert or replace into kept values (?, ?, ?, ?)",
        [(key, _today(), len(value), _checksum(value) + value) for key, value in sorted(values.items())],
    )
    _let_go(connection)
    connection.execute("commit")


def _let_go(connection: sqlite3.Connection) -> None:
    (total,) = connection.execute("select total(size) from kept").fetchone()
    if total <= MOST_BYTES:
        return
    oldest: list[tuple[bytes]] = []
    for key, size in connection.execute("select key, size from kept order by used, rowid"):
        if total <= MOST_BYTES * _ROOM:
            break
        total -= size
        oldest.append((key,))
    connection.executemany("delete from kept where key = ?", oldest)


def _checksum(value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECKSUM).digest()


def _today() -> int:
    return int(time.time()) // _DAY
