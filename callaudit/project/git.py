"""How git is asked, and one question to it: which files are there.

The repository may be hostile, so git runs with its configured programs switched off, without a network,
with an environment of our own, and never inside a nested repository.
"""

from __future__ import annotations

import os
import time

from callaudit.project.records import Notice

_SECONDS = 10.0  # a backstop: a named pipe called .gitignore makes git wait for ever
_SWITCHED_OFF = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit")
# What a child may see of our environment: under a commit hook GIT_DIR and GIT_INDEX_FILE are set too.
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP")
# Users' own ignore files are left aside, so that one tree gives one answer on every machine.
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}


def git_records(root: str) -> list[str] | Notice | None:
    """Return the lines of `git ls-files -t -s`, tracked and untracked, for the files below `root`.

    Paths in them are relative to `root`. None when `root` is in no work tree, a `Notice` when git failed.
    """
    top = work_tree(root)
    if top is None:
        return None
    command = [*hardened(top, root), "ls-files", "-c", "-o", "--exclude-standard", "-t", "-s", "-z"]
    try:
        output = _output(command, environment())
    except OSError as error:
        output = f"git did not start ({error.strerror})"
    if isinstance(output, str):
        return Notice("", 0, "git failed", f"{output}; files were listed by walking the folders instead")
    return [record for record in os.fsdecode(output).split("\0") if record]


def work_tree(root: str) -> str | None:
    """Return the folder at or above `root` that is a work tree, None where there is none."""
    folder = root
    while not os.path.lexists(f"{folder}/.git"):
        parent = os.path.dirname(folder)  # noqa: PTH120 -- strings, see reading.py
        if parent == folder:
            return None
        folder = parent
    return folder


def hardened(top: str, root: str) -> list[str]:
    """Return the start of a command of git on the work tree `top`, run in `root`."""
    command = ["git", f"--git-dir={top}/.git", f"--work-tree={top}", "-C", root]
    for setting in _SWITCHED_OFF:
        command += ["-c", setting]
    return command


def environment() -> dict[str, str]:
    """Return what git sees of our environment, and what keeps it off the network and users' own settings."""
    return _ENVIRONMENT | {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _output(command: list[str], environment: dict[str, str]) -> bytes | str:
    """Run a command and return what it prints, or in words why it failed."""
    if not hasattr(os, "posix_spawnp"):
        return _output_elsewhere(command, environment)
    # A third of the time that subprocess takes, most of which is its import.
    reader, writer = os.pipe()
    try:
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, writer, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        child = os.posix_spawnp(command[0], command, environment, file_actions=actions)
    except BaseException:
        os.close(reader)
        raise
    finally:
        os.close(writer)
    return _collect(child, reader)


def _collect(child: int, reader: int) -> bytes | str:
    import select
    import signal

    poller = select.poll()
    poller.register(reader, select.POLLIN)
    chunks: list[bytes] = []
    deadline = time.monotonic() + _SECONDS
    done = False
    try:
        while not done and poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
            chunks.append(os.read(reader, 1 << 20))
            done = not chunks[-1]
    finally:
        os.close(reader)
        if not done:
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if not done:
        return f"git did not answer within {_SECONDS:g} s"
    return b"".join(chunks) if status == 0 else f"git ls-files ended with {status}"


def _output_elsewhere(command: list[str], environment: dict[str, str]) -> bytes | str:
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 -- a fixed command
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"git did not answer within {_SECONDS:g} s"
    return done.stdout if done.returncode == 0 else f"git ls-files ended with {done.returncode}"
