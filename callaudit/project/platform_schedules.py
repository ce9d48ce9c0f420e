"""What each platform's configuration file schedules.

Vercel (https://vercel.com/docs/cron-jobs), Cloudflare Workers
(https://developers.cloudflare.com/workers/configuration/cron-triggers/), Netlify
(https://docs.netlify.com/functions/scheduled-functions/), Serverless Framework 3 and 4
(https://www.serverless.com/framework/docs/providers/aws/events/schedule), Railway
(https://docs.railway.com/reference/cron-jobs), Render (https://render.com/docs/blueprint-spec#cron-jobs), GitHub
Actions (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax) and Kubernetes CronJobs
(https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.project.paths import below, folder_of
from callaudit.project.platform_functions import netlify_folder
from callaudit.project.positions import NOTHING
from callaudit.project.records import PlatformSchedule, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.project.positions import Located

MOST_STEPS = 200
MOST_VARIABLES = 4
"""Variables of the Serverless Framework that mean each other."""
_VARIABLE = re.compile(r"\$\{(?P<source>\w+):(?P<path>[\w.-]{1,100})(?:,(?P<otherwise>.{1,200}))?\}")
MOST_EVENTS = 20
_OTHERWISE = frozenset({"schedule", "http", "httpApi"})
"""Events of the Serverless Framework that are times or routes."""


def _written(values: Iterable[Located]) -> tuple[Written, ...]:
    return tuple(Written(value.text, value.line) for value in values if value.text)


def vercel(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """`crons: [{ path, schedule }]`."""
    for item in root.at("crons").items:
        target, schedule = item.at("path"), item.at("schedule")
        yield PlatformSchedule(
            path,
            path.rpartition("/")[2],
            target.text,
            (Written(schedule.text, schedule.line or item.line),),
            folder=folder_of(path),
            paths=_written((target,)),
        )


def wrangler(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """`triggers.crons` of the worker, and of each of its environments."""
    main = root.at("main").text
    places = [root, *root.at("env").fields.values()]
    times = [time for place in places for time in place.at("triggers", "crons").texts()]
    unique = {time.text: time for time in reversed(times)}
    if times:
        name = path.rpartition("/")[2]
        ordered = sorted(unique.values(), key=lambda time: (time.line, time.text))
        folder = folder_of(path)
        module = below(folder, main) if main else ""
        yield PlatformSchedule(path, name, root.at("name").text, _written(ordered), folder=folder, module=module)


def netlify(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """`[functions."name"] schedule`."""
    functions = netlify_folder(path, root).text
    for name, item in root.at("functions").fields.items():
        schedule = item.at("schedule")
        if schedule.text:
            handlers = (Written(f"{functions}/{name}.", schedule.line),)
            times = _written((schedule,))
            yield PlatformSchedule(path, "netlify.toml", name, times, folder=folder_of(path), handlers=handlers)


def _meant(root: Located, value: Located) -> tuple[Located, ...]:
    """What a text of a service means that is a variable: a value of the file, or what stands where there is none.

    https://www.serverless.com/framework/docs/guides/variables: `${self:custom.rate, 'rate(5 minutes)'}`
    """
    for _ in range(MOST_VARIABLES):
        found = _VARIABLE.fullmatch(value.text)
        if found is None:
            break
        named = root.at(*found["path"].split(".")) if found["source"] == "self" else NOTHING
        if named.items:
            return tuple(replace(one, line=value.line) for one in named.texts())
        text = named.text or (found["otherwise"] or "").strip().strip("'\"")
        if not text:
            break
        value = replace(value, text=text)
    return (value,)


def serverless(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """`functions.name.events: [{ schedule }]`, where a schedule is a text, several, or an object with a rate.

    A function without events is called by others; `http` and `httpApi` are routes.
    """
    folder = folder_of(path)
    for name, function in root.at("functions").fields.items():
        handler = function.at("handler")
        handlers = tuple(Written(below(folder, one.text), one.line) for one in _written((handler,)))
        times: list[Located] = []
        others: list[Written] = []
        events = function.at("events").items
        for event in events:
            schedule = event.at("schedule")
            if schedule.at("enabled").text != "false":
                given = (*schedule.texts(), *schedule.at("rate").texts())
                times.extend(found for one in given for found in _meant(root, one))
            kinds = set(event.fields) - _OTHERWISE
            others.extend(Written(kind, event.line) for kind in sorted(kinds))
        if times:
            yield PlatformSchedule(
                path, "serverless", name, _written(times), unit="aws", folder=folder, handlers=handlers
            )
        if handlers and not events:
            others = [Written("call", handler.line)]
        if handlers and others:
            yield PlatformSchedule(
                path, "serverless", name, (), folder=folder, handlers=handlers, events=tuple(others[:MOST_EVENTS])
            )


def railway(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """`deploy.cronSchedule` with the command that starts the service."""
    deploy = root.at("deploy")
    if deploy.at("cronSchedule").text:
        yield PlatformSchedule(
            path,
            path.rpartition("/")[2],
            folder_of(path),
            _written((deploy.at("cronSchedule"),)),
            folder=folder_of(path),
            commands=_written((deploy.at("startCommand"),)),
        )


def render(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """Services of type `cron`."""
    for service in root.at("services").items:
        if service.at("type").text == "cron":
            yield PlatformSchedule(
                path,
                "render.yaml",
                service.at("name").text,
                _written((service.at("schedule"),)),
                folder=below(folder_of(path), service.at("rootDir").text),
                commands=_written((service.at("startCommand"), service.at("dockerCommand"))),
            )


def workflow(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """`on.schedule`, with what the steps of all jobs run."""
    times = [item.at("cron") for item in root.at("on", "schedule").items]
    if not times:
        return
    above = path.partition(".github/workflows")[0].rstrip("/")
    title = root.at("name").text or path.rpartition("/")[2]
    for name, job in root.at("jobs").fields.items():
        by_folder: dict[str, list[Written]] = {}
        default = job.at("defaults", "run", "working-directory").text
        default = default or root.at("defaults", "run", "working-directory").text
        for step in job.at("steps").items[:MOST_STEPS]:
            folder = below(above, step.at("working-directory").text or default)
            by_folder.setdefault(folder, []).extend((*_written((step.at("run"),)), *_action(step)))
        for folder, commands in by_folder.items():
            if commands:
                yield PlatformSchedule(
                    path,
                    "workflow",
                    f"{title} {name}",
                    _written(times),
                    folder=folder,
                    commands=tuple(commands),
                    optional=True,
                )


def _action(step: Located) -> tuple[Written, ...]:
    """What a step asks for that uses an action with a `url` (`fjogeleit/http-request-action`), as a command."""
    url = step.at("with", "url")
    if not step.at("uses").text or not url.text:
        return ()
    return (Written(f"curl -X {step.at('with', 'method').text or 'GET'} '{url.text}'", url.line),)


def kubernetes(path: str, root: Located) -> Iterator[PlatformSchedule]:
    """CronJobs, with the commands of their containers; `kind: List` has its objects inside."""
    for item in root.at("items").items or (root,):
        if item.at("kind").text != "CronJob":
            continue
        spec = item.at("spec")
        containers = spec.at("jobTemplate", "spec", "template", "spec", "containers").items
        commands: list[Written] = []
        for container in containers:
            words = [*container.at("command").texts(), *container.at("args").texts()]
            if words:
                commands.append(Written(" ".join(word.text for word in words), words[0].line))
        yield PlatformSchedule(
            path,
            "CronJob",
            item.at("metadata", "name").text,
            _written((spec.at("schedule"),)),
            folder="",
            commands=tuple(commands),
        )
