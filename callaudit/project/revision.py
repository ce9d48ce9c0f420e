"""The files of another revision, written to a folder; the checkout and its index are not touched.

Files are read as git stores them: no filter, hook or attribute of the repository runs or hides anything.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.project.git import environment, hardened, work_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SECONDS: Final = 120.0
_LARGEST: Final = 1_000_000
"""Bytes of a file that the analysis reads, see `load_project`."""

_LINK: Final = "120000"
_FILE: Final = ("100644", "100755")


class RevisionError(Exception):
    """Why a revision cannot be read, and what to do about it."""

    def __init__(self, why: str, hint: str = "") -> None:
        """Keep both."""
        self.hint = hint
        super().__init__(why)


class _Blob(Struct, frozen=True):
    mode: str
    name: str
    path: str


def write_revision(root: Path, revision: str, folder: Path) -> str:
    """Write the files that the folder `root` had at `revision` to `folder`, and return the commit's full name.

    Paths in `folder` are relative to `root`. Raises `RevisionError` outside of a repository, and for a revision
    that is not there.
    """
    commit = commit_of(root, revision)
    real, top, command = _repository(root)
    prefix = Path(real).relative_to(top).as_posix()
    blobs = [*_blobs(command, commit, "" if prefix == "." else f"{prefix}/")]
    for blob, data in zip(blobs, _contents(command, blobs), strict=True):
        _write(folder, blob, data)
    return commit


def commit_of(root: Path, revision: str) -> str:
    """Return the full name of the commit that `revision` means; raises as `write_revision` does."""
    command = _repository(root)[2]
    verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    found = _run([*command, *verify])
    if found.returncode == 0:
        return found.stdout.decode().strip()
    if _run([*command, "rev-parse", "--is-shallow-repository"]).stdout.strip() == b"true":
        raise RevisionError(
            "there is no such revision in this shallow clone",
            "fetch it (git fetch origin REVISION) or the whole history (actions/checkout with fetch-depth: 0)",
        )
    if _run([*command, "rev-parse", "--git-dir"]).returncode:
        raise RevisionError("git cannot read this repository", found.stderr.decode(errors="replace").strip())
    raise RevisionError("there is no such revision", "give a commit, a branch or a tag, as origin/main")


def _repository(root: Path) -> tuple[str, str, list[str]]:
    """Return the real folder, the work tree that it is in, and the start of a command of git."""
    real = os.path.realpath(root)
    top = work_tree(real)
    if top is None:
        raise RevisionError("this is no git repository", "--diff compares with another revision of one")
    return real, top, hardened(top, real)


def _blobs(command: Sequence[str], commit: str, prefix: str) -> Iterator[_Blob]:
    """Yield the files below `prefix`, without those that the analysis leaves out for their size."""
    tree = ["ls-tree", "-r", "-l", "-z", "--full-tree", commit, *([prefix] if prefix else [])]
    listed = _run([*command, *tree])
    if listed.returncode:
        raise RevisionError(f"git ls-tree: {listed.stderr.decode(errors='replace').strip()}")
    for record in os.fsdecode(listed.stdout).split("\0")[:-1]:
        head, _, path = record.partition("\t")
        mode, _, name, size = head.split()
        # All files here are tracked: what .gitignore says does not matter, and would hide some of them.
        if (mode in _FILE or mode == _LINK) and int(size) <= _LARGEST and posixpath.basename(path) != ".gitignore":
            yield _Blob(mode, name, path.removeprefix(prefix))


def _contents(command: Sequence[str], blobs: Sequence[_Blob]) -> Iterator[bytes]:
    names = "".join(f"{blob.name}\n" for blob in blobs).encode()
    data = _run([*command, "cat-file", "--batch"], names).stdout
    place = 0
    for blob in blobs:
        end = data.find(b"\n", place)
        head = data[place:end].split()
        if end < 0 or len(head) != 3:
            raise RevisionError(
                f"the contents of {blob.path} are not here", "in a partial clone, fetch them first: git fetch --refetch"
            )
        size = int(head[2])
        yield data[end + 1 : end + 1 + size]
        place = end + 2 + size


def _write(folder: Path, blob: _Blob, data: bytes) -> None:
    path = folder / blob.path
    if not path.resolve().is_relative_to(folder.resolve()):
        return  # below a link that leads elsewhere
    path.parent.mkdir(parents=True, exist_ok=True)
    if blob.mode != _LINK:
        path.write_bytes(data)
        return
    target = os.fsdecode(data)
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(blob.path), target))
    if not target.startswith("/") and not inside.startswith(".."):
        path.symlink_to(target)


def _run(command: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 -- a fixed command
            command, env=environment(), input=given, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RevisionError(f"git did not answer within {_SECONDS:g} s") from None
    except OSError as error:
        raise RevisionError(
            f"git did not start ({error.strerror})", "--diff reads the other revision with git"
        ) from None
