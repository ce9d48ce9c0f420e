"""Next.js 13 to 16: files of the app router that serve what describes a site: its map, its images.

https://nextjs.org/docs/app/api-reference/file-conventions/metadata: they are handlers of GET, which are kept from the
build on unless they ask for the request or say otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.frameworks.model import Entry, Start, join_paths, route
from callaudit.frameworks.next_app import definition_line
from callaudit.frameworks.next_caching import handler_guards
from callaudit.frameworks.next_files import app_path, next_apps, stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.next_files import NextApp

SERVED = {
    "sitemap": "sitemap.xml",
    "robots": "robots.txt",
    "manifest": "manifest.webmanifest",
    "opengraph-image": "opengraph-image",
    "twitter-image": "twitter-image",
    "icon": "icon",
    "apple-icon": "apple-icon",
}
SEVERAL = "generateSitemaps"
KEPT_SINCE = "14"
"""The version whose defaults for handlers of GET these files still have."""
_NUMBERED = re.compile(r"^(opengraph-image|twitter-image|icon|apple-icon)\d$")


class NextMetadata:
    """Files of `app/` that describe the site."""

    name = "next-app"
    by_files = True

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A route for each such file of each app."""
        for app in next_apps(interpreter):
            for path in sorted(interpreter.program.modules) if app.app else ():
                if path.startswith(app.app + "/"):
                    yield from _file(interpreter, app, path)


def _file(interpreter: Interpreter, app: NextApp, path: str) -> Iterable[Entry]:
    folder, _, name = path.rpartition("/")
    kind = stem(name, app.extensions) or ""
    served = kind if _NUMBERED.match(kind) else SERVED.get(kind, "")
    segments = [part for part in folder[len(app.app) :].split("/") if part]
    where = app_path(segments, handler=True) if served else None
    value = interpreter.export(path, "default") if where is not None else None
    if value is None or where is None:
        return
    if kind == "sitemap" and interpreter.export(path, SEVERAL) is not None:
        served = "sitemap/[id].xml"
    full = join_paths(app.base_path, where, served)
    line = definition_line(interpreter, path, "default")
    guards = handler_guards(interpreter, path, full, value, {"GET"}, KEPT_SINCE, line)
    yield route(NextMetadata.name, "GET", full, path, line, app.root, (Start(value, guards=guards),))


FRAMEWORK = NextMetadata()
