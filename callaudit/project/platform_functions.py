"""Which functions each platform's configuration file serves, and below which paths.

Vercel (https://vercel.com/docs/functions/runtimes/node-js: files of `api` at the root of a project), Netlify
(https://docs.netlify.com/functions/get-started/: files of a folder, below `/.netlify/functions`, and wherever a
redirect leads there), Serverless Framework 3 and 4
(https://www.serverless.com/framework/docs/providers/aws/events/http-api) and Cloudflare Workers
(https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.project.paths import below, folder_of
from callaudit.project.records import PlatformFunction, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.project.positions import Located

NETLIFY = "/.netlify/functions"
FOLDER = "netlify/functions"
"""Where Netlify looks for functions where it is not told."""


def vercel(path: str) -> PlatformFunction:
    """The folder `api` beside a vercel.json, whatever that says."""
    return PlatformFunction(path, 1, "vercel", "/api", folder=below(folder_of(path), "api"))


def vercel_rewrites(path: str, root: Located) -> Iterator[PlatformFunction]:
    """`rewrites: [{ source, destination }]` to other servers."""
    for rewrite in root.at("rewrites").items:
        source, target = rewrite.at("source"), rewrite.at("destination").text
        if source.text and "://" in target:
            yield PlatformFunction(path, source.line, "vercel", source.text, forward=target)


def netlify(path: str, root: Located) -> Iterator[PlatformFunction]:
    """The folder of functions, below its own path and below those that `redirects` send there."""
    functions = netlify_folder(path, root)
    yield PlatformFunction(path, functions.line, "netlify", NETLIFY, folder=functions.text)
    for redirect in root.at("redirects").items:
        source, target = redirect.at("from"), redirect.at("to").text
        if redirect.at("status").text == "200" and "://" in target:  # else the browser is sent there
            where = source.text.replace("*", ":splat*")
            yield PlatformFunction(path, source.line, "netlify", where, forward=target.replace(":splat", ":splat*"))
        elif source.text.endswith("/*") and target == f"{NETLIFY}/:splat":
            yield PlatformFunction(path, source.line, "netlify", source.text[:-2], folder=functions.text)


def netlify_folder(path: str, root: Located) -> Written:
    """The folder of functions, and the line that says so; both settings of it are seen from `build.base`."""
    said = root.at("functions", "directory")
    said = said if said.text else root.at("build", "functions")
    base = below(folder_of(path), root.at("build", "base").text)
    return Written(below(base, said.text or FOLDER), said.line or 1)


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
                    file = below(folder_of(path), handler)
                    yield PlatformFunction(path, line, "serverless", where, method, handler=file)


def wrangler(path: str, root: Located) -> Iterator[PlatformFunction]:
    """The module of a worker."""
    main = root.at("main")
    if main.text:
        yield PlatformFunction(path, main.line, "worker", "/", module=below(folder_of(path), main.text))
