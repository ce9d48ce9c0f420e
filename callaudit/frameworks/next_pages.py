"""Next.js pages router: API routes by the methods that they answer, pages with their data functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.objects.members import member
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure
from callaudit.frameworks.handlers import routes_by_method
from callaudit.frameworks.model import Entry, Start, join_paths
from callaudit.frameworks.next_app import component_starts, definition_line
from callaudit.frameworks.next_caching import props_guards
from callaudit.frameworks.next_files import NextApp, next_apps, stem
from callaudit.frameworks.response_headers import guards_of
from callaudit.syntax.chains import names_of
from callaudit.syntax.ir import Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr

DATA = ("getServerSideProps", "getStaticProps", "getStaticPaths", "default")
SPECIAL = ("_app", "_document", "_error", "404", "500")


class NextPagesRouter:
    """Files of `pages/`."""

    name = "next-pages"
    by_files = True

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """API routes and pages of every app."""
        for app in next_apps(interpreter):
            if not app.pages:
                continue
            for path in sorted(interpreter.program.modules):
                if path.startswith(app.pages + "/"):
                    yield from self._file(interpreter, app, path)

    def _file(self, interpreter: Interpreter, app: NextApp, path: str) -> Iterable[Entry]:
        name = stem(path[len(app.pages) + 1 :], app.extensions)
        if name is None:
            return
        where = join_paths(app.base_path, name.removesuffix("index") if name.split("/")[-1] == "index" else name)
        if name.startswith("api/") or name == "api":
            yield from self._handler(interpreter, app, path, where)
        elif name.split("/")[0] not in SPECIAL:
            starts = component_starts(interpreter, path, DATA, "browser")
            kept = props_guards(interpreter, path, where)
            if kept:
                static = interpreter.export(path, "getStaticProps")
                starts = [replace(one, guards=kept) if one.value is static else one for one in starts]
            asked = interpreter.export(path, "getServerSideProps")
            server = forced(asked) if asked is not None else None
            if isinstance(server, Closure) and (headers := guards_of(interpreter, server, where)):
                starts = [replace(one, guards=headers) if one.value is asked else one for one in starts]
            runs = [path]
            for extension in app.extensions:
                around = f"{app.pages}/_app.{extension}"
                if around in interpreter.program.modules:
                    runs.insert(0, around)
                    outer = component_starts(interpreter, around, ("default",), "browser")
                    starts = [*outer, *_layouts(interpreter, around, path), *starts]
            line = definition_line(interpreter, path, "default")
            yield Entry(
                "page", where, path, line, "browser", app.root, tuple(starts), self.name, "", where, runs=tuple(runs)
            )

    def _handler(self, interpreter: Interpreter, app: NextApp, path: str, where: str) -> Iterable[Entry]:
        value = interpreter.export(path, "default") or interpreter.export(path, "=")
        if value is not None:
            line = definition_line(interpreter, path, "default")
            yield from routes_by_method(interpreter, self.name, value, where, (path, line), app.root)


def _layouts(interpreter: Interpreter, around: str, path: str) -> list[Start]:
    """What `_app` takes of the page's component and draws around it: `Component.getLayout`, `Component.Layout`.

    https://nextjs.org/docs/pages/building-your-application/routing/pages-and-layouts#per-page-layouts
    """
    page = interpreter.export(path, "default")
    functions = range(len(interpreter.program.modules[around].functions))
    nodes = (node for index in functions for node in interpreter.nodes_of(around, index, Member))
    names = dict.fromkeys(node.prop for node in nodes if "Component" in (*names_of(node.obj)[-1:], _name(node.obj)))
    taken = [forced(member(interpreter, page, name)) for name in names] if page is not None else []
    return [Start(one, origin="browser") for one in taken if isinstance(one, (Closure, ClassValue))]


def _name(expr: Expr) -> str:
    return expr.id if isinstance(expr, Name) else ""


FRAMEWORK = NextPagesRouter()
