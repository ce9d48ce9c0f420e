"""Configuration files that let a platform start code, at certain times or for requests, and which a project has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.project import compose_schedules as compose
from callaudit.project import platform_functions as functions
from callaudit.project import platform_schedules as platforms
from callaudit.project.crontabs import crontab, is_crontab
from callaudit.project.positions import read_json, read_toml, read_yaml
from callaudit.project.reading import read_source
from callaudit.project.records import Notice

if TYPE_CHECKING:
    from callaudit.project.positions import Located
    from callaudit.project.records import PlatformFunction, PlatformSchedule

EXTENSIONS = frozenset({"json", "jsonc", "toml", "yml", "yaml"})
MAX_BYTES = 262_144
MOST_FILES = 400
"""YAML files that are looked into; a repository of manifests has hundreds."""

_WORKFLOWS = ".github/workflows"
_READERS = {
    "vercel.json": platforms.vercel,
    "wrangler.toml": platforms.wrangler,
    "wrangler.json": platforms.wrangler,
    "wrangler.jsonc": platforms.wrangler,
    "netlify.toml": platforms.netlify,
    "serverless.yml": platforms.serverless,
    "serverless.yaml": platforms.serverless,
    "railway.json": platforms.railway,
    "railway.toml": platforms.railway,
    "render.yaml": platforms.render,
    **dict.fromkeys(compose.NAMES, compose.compose),
}
_SERVERS = {
    "vercel.json": functions.vercel_rewrites,
    "wrangler.toml": functions.wrangler,
    "wrangler.json": functions.wrangler,
    "wrangler.jsonc": functions.wrangler,
    "netlify.toml": functions.netlify,
    "serverless.yml": functions.serverless,
    "serverless.yaml": functions.serverless,
}
_SCHEDULING = (b"cron", b"Cron", b"schedule", b"sleep")
"""Without one of these, a file has no schedule."""
_STARTING = frozenset({"serverless.yml", "serverless.yaml"})
"""Files that say of more than times what starts a function."""
_SERVING = {"vercel.json": b"rewrites"}
"""Without this, a file of that name serves nothing."""


def is_for_a_platform(name: str) -> bool:
    """Whether a file with one of the `EXTENSIONS` may be for a platform, by its name."""
    return name in _READERS or (name.endswith((".yml", ".yaml")) and not name.startswith(("pnpm-", "docker-compose")))


def read_platforms(root: str, paths: list[str]) -> tuple[list[PlatformSchedule], list[PlatformFunction], list[Notice]]:
    """What the files at `paths` schedule and serve; the last list names those that could not be read."""
    found: list[PlatformSchedule] = []
    served: list[PlatformFunction] = []
    notices: list[Notice] = []
    looked = 0
    for path in paths:
        folder, _, name = path.rpartition("/")
        workflow = folder.endswith(_WORKFLOWS)
        known = name in _READERS or workflow or is_crontab(path)
        looked += not known
        if not known and looked > MOST_FILES:
            continue
        data = read_source(root, path, MAX_BYTES)
        if isinstance(data, Notice):
            notices += [data] if known else []
            continue
        if is_crontab(path):
            found.extend(crontab(path, data))
            continue
        if name == "vercel.json":
            served.append(functions.vercel(path))
        serve = _SERVERS.get(name) if _SERVING.get(name, b"") in data else None
        schedules = any(word in data for word in _SCHEDULING) and (known or b"CronJob" in data)
        schedules = schedules or name in _STARTING
        documents = _documents(path, name, data) if schedules or serve is not None else ()
        if isinstance(documents, Notice):
            notices.append(documents)
            continue
        read = _READERS.get(name) or (platforms.workflow if workflow else platforms.kubernetes)
        for document in documents:
            found.extend(read(path, document) if schedules else ())
            served.extend(serve(path, document) if serve is not None else ())
    return found, served, notices


def _documents(path: str, name: str, data: bytes) -> tuple[Located, ...] | Notice:
    if name.endswith((".yml", ".yaml")):
        return read_yaml(path, data)
    whole = read_toml(path, data) if name.endswith(".toml") else read_json(path, data)
    return whole if isinstance(whole, Notice) else (whole,)
