"""Which functions each platform's configuration file serves, and below which paths.

Vercel (https://vercel.com/docs/functions/runtimes/node-js: files of `api` at the root of a project), Netlify
(https://docs.netlify.com/functions/get-started/: files of a folder, below `/.netlify/functions`, and wherever a
redirect leads there), Serverless Framework 3 and 4
(https://www.serverless.com/framework/docs/providers/aws/events/http-api) and Cloudflare Workers
(https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.project.platform_schedules import below
from callaudit.project.records import PlatformFunction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.project.positions import Located

NETLIFY = "/.netlify/functions"


def vercel(path: str, root: Located) -> Iterator[PlatformFunction]:
    """The folder `api` beside a vercel.json."""
    del root
    yield PlatformFunction(path, 1, "vercel", "/api", folder=below(_folder(path), "api"))


def netlify(path: str, root: Located) -> Iterator[PlatformFunction]:
    """The folder of functions, below its own path and below those that `redirects` send there."""
    functions = root.at("functions").at("directory")
    directory = functions if functions.text else root.at("build", "functions")
    base = below(_folder(path), root.at("build", "base").text)
    folder = below(base, directory.text or "netlify/functions")
    yield PlatformFunction(path, directory.line or 1, "netlify", NETLIFY, folder=folder)
    for redirect in root.at("redirects").items:
        source, target = redirect.at("from"), redirect.at("to").text
        if source.text.endswith("/*") and target == f"{NETLIFY}/:splat":
            yield PlatformFunction(path, source.line, "netlify", source.text[:-2], folder=folder)


def serverless(path: str, root: Located) -> Iterator[PlatformFunction]:
    """`functions.name.events: [{ http }, { httpApi }]`, each a text `GET path` or an object."""
    for function in root.at("functions").fields.values():
        handler = function.at("handler").text
        for event in function.at("events").items if handler else ():
            for name in ("http", "httpApi"):
                asked = event.at(name)
                method, _, where = asked.text.partition(" ") if asked.text else (asked.at("method").text, "", "")
                where = where or asked.at("path").text
                if where or method == "*":
                    method = "ANY" if method.lower() in ("any", "*", "") else method.upper()
                    line = asked.line or event.line
                    where = "/" + where.strip().strip("/")
                    file = below(_folder(path), handler)
                    yield PlatformFunction(path, line, "serverless", where, method, handler=file)


def wrangler(path: str, root: Located) -> Iterator[PlatformFunction]:
    """The module of a worker."""
    main = root.at("main")
    if main.text:
        yield PlatformFunction(path, main.line, "worker", "/", module=below(_folder(path), main.text))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
