"""Lines of crontabs: files of their own, and those that a Dockerfile or the script that it begins with writes.

crontab(5) of Vixie cron and cronie (https://man7.org/linux/man-pages/man5/crontab.5.html: five fields, or `@daily`; in
`/etc/cron.d` and `/etc/crontab` a user stands before the command), supercronic 0.2 and busybox's crond read the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.project.paths import folder_of
from callaudit.project.records import PlatformSchedule, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES = 2_000
MOST_JOBS = 100
_FIELD = r"(?:[\d*][\d*/,-]*|[A-Za-z]{3}(?:[,-][A-Za-z]{3})*)"
_TIME = rf"@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|{_FIELD}(?:[ \t]+{_FIELD}){{4}}"
_LINE = re.compile(rf"^\s*({_TIME})[ \t]+(\S.*)$")
_WRITTEN = re.compile(rf"([\"'])({_TIME})[ \t]+((?:(?!\1).){{2,500}})\1")
_USER = re.compile(r"^[a-z_][a-z0-9_-]*[ \t]+(?=[^\s?{])")
_COMMANDS = re.compile(r"^(?:curl|wget|node|npm|npx|yarn|pnpm|bun|deno|tsx|sh|bash|cd|env|flock|timeout|nice)\b")
_ITSELF = re.compile(r"^(?:crontab|[\w.-]+\.(?:crontab|cron)|crontab[.-][\w.-]+)$", re.IGNORECASE)
_WRITES = re.compile(r"^(?:Dockerfile(?:\.[\w.-]+)?|[\w.-]+\.[Dd]ockerfile|(?:docker-)?entrypoint\.sh)$")


def is_crontab(path: str) -> bool:
    """Whether a file is a crontab, or one that writes one, by its name and folder."""
    folder, _, name = path.rpartition("/")
    return bool(_ITSELF.match(name) or _WRITES.match(name)) or folder.rpartition("/")[2] in ("cron.d", "crontabs")


def crontab(path: str, data: bytes) -> Iterator[PlatformSchedule]:
    """A schedule for each line that has a time and a command."""
    name = path.rpartition("/")[2]
    found = 0
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n")[:MOST_LINES], 1):
        jobs = [one[1:] for one in _WRITTEN.findall(line)] if _WRITES.match(name) else _LINE.findall(line)
        for time, command in jobs:
            found += 1
            if found > MOST_JOBS:
                return
            given = command if _COMMANDS.match(command) else _USER.sub("", command)
            yield PlatformSchedule(
                path,
                "crontab",
                "",
                (Written(" ".join(time.split()), number),),
                folder=_root(path),
                commands=(Written(given, number),),
                optional=True,
            )


def _root(path: str) -> str:
    """The folder of the package that a crontab is for: above those that hold crontabs alone."""
    folder = folder_of(path)
    while folder.rpartition("/")[2] in ("cron.d", "crontabs", "cron", "docker", "etc"):
        folder = folder.rpartition("/")[0]
    return folder
