"""Where a Next.js app keeps its files, and what its configuration says about their paths.

Rules as `next build` 14.2 and 15.5 apply them: a root `app` or `pages` folder wins over one below `src`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, OneOf, Record, Seq, Unknown, Value

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

CONFIGS = ("next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs")
EXTENSIONS = ("tsx", "ts", "jsx", "js")
OF_APP_ROUTER = frozenset(
    {"page", "route", "layout", "template", "loading", "error", "global-error", "not-found", "default", "sitemap"}
)
"""Files of the app router that Next.js loads: https://nextjs.org/docs/app/api-reference/file-conventions."""


class NextApp(Struct, frozen=True):
    """One Next.js app: its folder, its routers' folders (empty where there is none) and its settings."""

    root: str
    app: str
    pages: str
    base_path: str
    extensions: tuple[str, ...]
    version: str


def next_apps(interpreter: Interpreter) -> list[NextApp]:
    """Every Next.js app of the repository."""
    project = interpreter.program.project
    roots = {package.dir for package in project.packages if "next" in package.dependencies}
    paths = [file.path for file in project.files]
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name in CONFIGS:
            roots.add(folder)
    found: list[NextApp] = []
    for root in sorted(roots):
        app = _router(paths, root, "app")
        pages = _router(paths, root, "pages")
        if app or pages:
            options = config_of(interpreter, root)
            base = _string(options, "basePath")
            version = project.dependency(root, "next") or ""
            found.append(NextApp(root, app, pages, base, _extensions(options), version))
    return found


def _router(paths: list[str], root: str, name: str) -> str:
    for place in (name, f"src/{name}"):
        folder = f"{root}/{place}" if root else place
        if any(path.startswith(folder + "/") for path in paths):
            return folder
    return ""


def config_of(interpreter: Interpreter, root: str) -> Value | None:
    """The options that the configuration file of an app gives; `None` where there is no file."""
    for name in CONFIGS:
        path = f"{root}/{name}" if root else name
        if path in interpreter.program.modules:
            value = interpreter.export(path, "default") or interpreter.export(path, "=")
            return options_of(interpreter, value) if value is not None else None
    return None


def options_of(interpreter: Interpreter, value: Value, depth: int = 6) -> Value | None:
    """The object of a configuration: itself, what a function gives, or what plugins are handed."""
    known = forced(value)
    if isinstance(known, Record) or not depth:
        return known
    inside: list[Value] = []
    if isinstance(known, Closure):
        inside = [interpreter.run(known, [], effects=False).value]
    elif isinstance(known, ForeignValue):
        inside = list(known.args or ())
    elif isinstance(known, OneOf):
        inside = list(known.values)
    for item in inside:
        found = options_of(interpreter, item, depth - 1)
        if isinstance(found, Record):
            return found
    return None


def _string(options: Value | None, name: str) -> str:
    """Read a setting; of several that the environment decides between, the first that is not empty."""
    value = forced(options.fields[name]) if isinstance(options, Record) and name in options.fields else None
    known = [forced(item) for item in value.values] if isinstance(value, OneOf) else [value]
    return next((word for item in known if (word := _word(item))), "")


def _word(value: Value | None) -> str:
    """A text, or what a variable of the environment has by default."""
    if isinstance(value, Unknown) and value.env:
        return value.default
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else ""


def _extensions(options: Value | None) -> tuple[str, ...]:
    value = (
        forced(options.fields["pageExtensions"])
        if isinstance(options, Record) and "pageExtensions" in options.fields
        else None
    )
    if isinstance(value, Seq):
        items = [forced(item) for item in value.items]
        names = [item.value for item in items if isinstance(item, Const)]
        return tuple(name for name in names if isinstance(name, str)) or EXTENSIONS
    return EXTENSIONS


def stem(name: str, extensions: tuple[str, ...]) -> str | None:
    """A file's name without its extension; `None` if it has none of `extensions`."""
    for extension in extensions:
        if name.endswith("." + extension):
            return name[: -len(extension) - 1]
    return None


def app_path(segments: list[str], *, handler: bool) -> str | None:
    """The path of a folder of the app router; `None` for a private one.

    Groups and slots vanish. An intercepting segment of a page is the segment; that of a handler stays as
    written, since it answers only there.
    """
    kept: list[str] = []
    for segment in segments:
        if segment.startswith("_"):
            return None
        if segment.startswith("@") or (segment.startswith("(") and segment.endswith(")")):
            continue
        intercepts = segment.startswith("(.") and not handler
        plain = segment[segment.rindex(")") + 1 :] if intercepts else segment
        kept.append(plain.replace("%5F", "_").replace("%5f", "_"))
    return "/" + "/".join(kept)


def loaded_by_next(app: NextApp, path: str) -> str:
    """Who loads a module of an app without an import: `browser`, `server`, or nobody (empty).

    Files of `pages` are bundled for browsers, but for API routes; every other file that has a meaning runs in a server.
    """
    if app.pages and path.startswith(app.pages + "/"):
        name = path[len(app.pages) + 1 :]
        if stem(name, app.extensions) is None:
            return ""
        return "server" if name.startswith(("api/", "api.", "_document.")) else "browser"
    if app.app and path.startswith(app.app + "/"):
        return "server" if stem(path.rpartition("/")[2], app.extensions) in OF_APP_ROUTER else ""
    beside = (app.app or app.pages).rpartition("/")[0]
    folder, _, name = path.rpartition("/")
    known = folder in (beside, app.root) and stem(name, EXTENSIONS) in ("middleware", "proxy", "instrumentation")
    return "server" if known else ""
