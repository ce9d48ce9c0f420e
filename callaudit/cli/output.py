"""Where output goes: data to standard output or to files, all else to standard error."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callaudit.cli.failures import Failed
from callaudit.report.table import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD: Final = "-"
_NARROWEST: Final = 60


def write(text: str, target: str = STANDARD, *, data: bool = True) -> None:
    """Write `text` to a file, or to standard output for `-`.

    `data` is UTF-8 wherever it goes; other text is written so that the terminal's encoding can show it.
    """
    if target != STANDARD:
        _to_file(Path(target), text.encode("utf-8", "backslashreplace"))
        return
    if sys.stdout is None:
        raise Failed("stdout", why="standard output is closed")
    encoding = "utf-8" if data else sys.stdout.encoding
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode(encoding, "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        _abandon_stdout()
        if isinstance(error, BrokenPipeError):
            raise Failed("reader-gone") from None
        raise Failed("stdout", why=error.strerror) from None


def say(message: str, *, quiet: bool = False) -> None:
    """Write one line to standard error."""
    if not quiet and sys.stderr is not None:
        encoding = sys.stderr.encoding or "utf-8"
        print(message.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)  # noqa: T201


def _abandon_stdout() -> None:
    """Keep the interpreter from writing what it still holds for a reader that is gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def progress(message: str, *, quiet: bool) -> Iterator[None]:
    """Show a line on standard error while something runs, if a person looks on."""
    shown = not quiet and sys.stderr is not None and sys.stderr.isatty()
    if shown:
        sys.stderr.write(message)
        sys.stderr.flush()
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def screen(color: str, target: str = STANDARD) -> Screen:
    """Return how text for `target` is to look; what goes to no terminal looks the same everywhere.

    COLUMNS, where somebody has exported it, is a wish for standard output as in other programs: also in a pipe.
    """
    columns = Screen().width
    wish = os.environ.get("COLUMNS", "")
    if target == STANDARD and wish.isascii() and wish.isdecimal() and int(wish[:5]):
        columns = max(int(wish[:5]), _NARROWEST)
    elif _is_terminal(target):
        with suppress(OSError):
            columns = max(os.get_terminal_size(sys.stdout.fileno()).columns or columns, _NARROWEST)
    return Screen(columns, _colored(color, target))


def _colored(choice: str, target: str) -> bool:
    """Heed --color first, then NO_COLOR, then FORCE_COLOR, then whether there is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_terminal(target) and os.environ.get("TERM") != "dumb"


def _is_terminal(target: str) -> bool:
    return target == STANDARD and sys.stdout is not None and sys.stdout.isatty()


def _to_file(path: Path, content: bytes) -> None:
    """Replace a file at once or not at all. A link is not followed, a device is written to."""
    try:
        mode = path.lstat().st_mode if os.path.lexists(path) else stat.S_IFREG
        if stat.S_ISLNK(mode):
            raise Failed("output", path=path, why="it is a symbolic link")
        if stat.S_ISDIR(mode):
            raise Failed("output", path=path, why="it is a folder")
        if stat.S_ISREG(mode):
            _replace(path, content)
        else:
            path.write_bytes(content)
    except OSError as error:
        raise Failed("output", path=path, why=error.strerror or error) from None


def _replace(path: Path, content: bytes) -> None:
    import tempfile  # half as long to import as a small folder takes to parse

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_permissions(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int:
    """Those of the file that is replaced, or what a new file gets."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
