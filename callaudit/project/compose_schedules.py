"""What services of Docker Compose do again and again: shell loops that sleep, and jobs in labels for Ofelia.

https://docs.docker.com/reference/compose-file/services/#command, https://github.com/mcuadros/ofelia#docker-labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.project.paths import below, folder_of
from callaudit.project.records import PlatformSchedule, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.project.positions import Located

NAMES = frozenset({"docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"})
_LOOP = re.compile(
    r"\bwhile\s+(?:true|:|\[+ *(?:1|true) *\]+)\s*;?\s*do\s(?P<body>.{1,2000}?)\bsleep\s+(?P<wait>\d+[smhd]?)\b",
    re.DOTALL,
)
_LABEL = re.compile(r"ofelia\.job-(?:exec|run|local)\.(?P<job>[^.=]+)\.(?P<what>schedule|command)")
_EVERY = "@every "


def compose(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """Each loop, and each labelled job, of each service."""
    for name, service in root.at("services").fields.items():
        context = service.at("build").text or service.at("build", "context").text
        folder = below(folder_of(path), context)
        words = [*service.at("entrypoint").texts(), *service.at("command").texts()]
        loop = _LOOP.search(" ".join(word.text for word in words))
        if loop is not None:
            wait = loop["wait"] if loop["wait"][-1].isalpha() else f"{loop['wait']}s"
            yield _job(path, name, Written(wait, words[-1].line), Written(loop["body"], words[-1].line), folder)
        for job, told in _labelled(service.at("labels")).items():
            if "schedule" in told and "command" in told:
                when = told["schedule"]
                every = Written(when.text.removeprefix(_EVERY), when.line)
                yield _job(path, job, every, told["command"], folder)


def _job(path: str, name: str, when: Written, command: Written, folder: str) -> PlatformSchedule:
    return PlatformSchedule(
        path, "docker-compose", name, (when,), unit="human", folder=folder, commands=(command,), optional=True
    )


def _labelled(labels: Located) -> dict[str, dict[str, Written]]:
    """Jobs by name, with what labels say of them, as a mapping or as `name=value`."""
    pairs = [(key, value.text, value.line) for key, value in labels.fields.items()]
    pairs += [(*one.text.partition("=")[::2], one.line) for one in labels.items]
    found: dict[str, dict[str, Written]] = {}
    for key, text, line in pairs:
        label = _LABEL.fullmatch(key.strip())
        if label is not None and text:
            found.setdefault(label["job"], {})[label["what"]] = Written(text.strip(), line)
    return found
