"""What Next.js keeps of whole answers: static pages and handlers, revalidated after a time.

https://nextjs.org/docs/14/app/building-your-application/caching and the same of 13 and 15; pages router:
https://nextjs.org/docs/pages/building-your-application/data-fetching/incremental-static-regeneration. `revalidate` is
seconds; `dynamic = "force-dynamic"` keeps nothing. In 13 and 14 a GET handler that reads nothing of its request is
static by default, and in 13 to 15 a page is; the lowest `revalidate` of a page and the layouts around it holds for all:
https://nextjs.org/docs/14/app/api-reference/file-conventions/route-segment-config. What reads the request is made anew
for each: cookies, headers, `searchParams`, and what a handler asks of its request. So is what has parameters in its
path, unless `generateStaticParams` or `force-static` says that it is kept:
https://nextjs.org/docs/app/api-reference/functions/generate-static-params.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Guard
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Closure, Const, Value
from callaudit.frameworks.next_fetches import keeps_no_fetch
from callaudit.frameworks.next_segments import seconds, setting
from callaudit.libraries.request_readers import is_of_next
from callaudit.libraries.storage import SECOND
from callaudit.link.definitions import Foreign
from callaudit.project.versions import major
from callaudit.syntax.ir import Name, Obj, PatObj, Prop, Ret
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Function

STATIC_BY_DEFAULT = ("13", "14")
STATIC_PAGES = ("13", "14", "15")
UNCERTAIN = "static by default: only where nothing it calls reads the request"


def page_guards(
    interpreter: Interpreter, path: str, where: str, layouts: Sequence[str], version: str
) -> tuple[Guard, ...]:
    """What stands before the server's part of a page; `layouts` are the files around it."""
    files = (path, *layouts)
    if keeps_no_fetch(interpreter, files):
        return ()
    forced_static = _is_static(interpreter, path)
    if not forced_static and (_asks_for_query(interpreter, path) or any(_reads(interpreter, one) for one in files)):
        return ()
    if not forced_static and not _has_params_kept(interpreter, files, where):
        return ()
    said = [found for one in files if (found := seconds(interpreter, one)) is not None]
    if any(seconds == 0 for seconds in said):
        return ()
    kept = [guard for one in files for guard in segment_guards(interpreter, one, where, "page")]
    timed = [guard for guard in kept if guard.ttl]
    if timed or kept:
        return (min(timed, key=lambda guard: guard.ttl[0].ms) if timed else kept[0],)
    if said or major(version) not in STATIC_PAGES:
        return ()
    line = _line(interpreter, path, "default")
    return (_guard(path, line, "static page", "page", where, UNCERTAIN),)


def _reads(interpreter: Interpreter, path: str) -> bool:
    """Whether a function of the file reads the request with what Next.js exports for it."""
    for function in interpreter.program.modules[path].functions:
        for name in function.refs:
            meaning = interpreter.program.name(path, name) if name[:1] != "." else None
            if isinstance(meaning, Foreign) and is_of_next(meaning.package, meaning.path):
                return True
    return False


def _asks_for_query(interpreter: Interpreter, path: str) -> bool:
    """Whether a page is handed the query of its address: `searchParams`, or all of its properties by another name."""
    page = forced(interpreter.export(path, "default") or UNDEFINED)
    if not isinstance(page, Closure):
        return False
    function = interpreter.function(page.module, page.index)
    target = function.params[0].target if function.params else None
    if isinstance(target, PatObj):
        return any(entry.key in ("searchParams", "") for entry in target.entries)
    return target is not None and ".searchParams" in function.refs


def segment_guards(interpreter: Interpreter, path: str, where: str, name: str) -> tuple[Guard, ...]:
    """What the exports `revalidate` and `dynamic` of a page or handler say."""
    if setting(interpreter, path, "dynamic") == "force-dynamic":
        return ()
    exported = interpreter.export(path, "revalidate")
    if exported is None:
        line = _line(interpreter, path, "dynamic")
        return (_guard(path, line, "force-static", name, where),) if _is_static(interpreter, path) else ()
    value = forced(exported)
    if not isinstance(value, Const) or value.value is False or value.value == 0:
        return ()
    found = times(interpreter, value, SECOND)
    return (
        Guard("cache", "revalidate", path, _line(interpreter, path, "revalidate"), name, found.spans, *_key(where)),
    )


def handler_guards(
    interpreter: Interpreter, path: str, where: str, value: Value, methods: set[str], version: str, line: int
) -> tuple[Guard, ...]:
    """What stands before a GET handler of the app router."""
    said = segment_guards(interpreter, path, where, "GET")
    handler = forced(value)
    if (
        said
        and not _is_static(interpreter, path)
        and (not _has_params_kept(interpreter, (path,), where) or _asks_its_request(interpreter, handler))
    ):
        return ()
    if said or setting(interpreter, path, "dynamic"):
        return said
    if major(version) not in STATIC_BY_DEFAULT or methods != {"GET"}:
        return ()
    if interpreter.export(path, "revalidate") is not None or not isinstance(handler, Closure) or "[" in where:
        return ()
    function = interpreter.function(handler.module, handler.index)
    if function.params or _reads(interpreter, path):
        return ()
    return (_guard(path, line, "static handler", "GET", where, UNCERTAIN),)


def _is_static(interpreter: Interpreter, path: str) -> bool:
    """Whether a file says that its answers are kept whatever is asked of the request."""
    return setting(interpreter, path, "dynamic") in ("force-static", "error")


def _has_params_kept(interpreter: Interpreter, files: Sequence[str], where: str) -> bool:
    """Whether answers are kept for each of the parameters in a path, where it has some."""
    return "[" not in where or any(interpreter.export(one, "generateStaticParams") is not None for one in files)


def _asks_its_request(interpreter: Interpreter, handler: Value) -> bool:
    """Whether a handler asks something of its request: each is answered anew, then."""
    if not isinstance(handler, Closure):
        return False
    function = interpreter.function(handler.module, handler.index)
    target = function.params[0].target if function.params else None
    if isinstance(target, PatObj):
        return bool(target.entries)
    if not isinstance(target, Name):
        return False
    module = interpreter.program.modules[handler.module]
    if any(node.id == target.id for node in module.nodes_of(handler.index, Name)):
        return True
    return any(target.id in module.functions[number].refs for number in module.inside(handler.index))


def _guard(path: str, line: int, mechanism: str, name: str, where: str, why: str = "kept until it is built") -> Guard:
    scope, store, key = _key(where)
    return Guard("cache", mechanism, path, line, name, scope=scope, store=store, key=key, why=why)


def _key(where: str) -> tuple[str, str, str]:
    return ("per-key" if "[" in where else "shared", "process", "path")


def _line(interpreter: Interpreter, path: str, name: str) -> int:
    binding = interpreter.program.modules[path].bindings.get(name)
    return binding.line if binding is not None else 1


def props_guards(interpreter: Interpreter, path: str, where: str) -> tuple[Guard, ...]:
    """What `getStaticProps` of a page says: its answer is kept, for `revalidate` seconds or until the next build."""
    exported = interpreter.export(path, "getStaticProps")
    value = forced(exported) if exported is not None else None
    if not isinstance(value, Closure):
        return ()
    function = interpreter.function(value.module, value.index)
    found = _revalidate(function)
    if found is None:
        return (_guard(path, function.line, "getStaticProps", function.name, where),)
    scope, store, key = _key(where)
    said = times(interpreter, interpreter.lazy(found.value, value.scope), SECOND)
    why = "" if said.spans else said.why
    line = found.line or function.line
    return (Guard("cache", "getStaticProps revalidate", path, line, function.name, said.spans, scope, store, key, why),)


def _revalidate(function: Function) -> Prop | None:
    """The property `revalidate` of what is returned, best of an answer that has props."""
    found: list[tuple[bool, Prop]] = []
    for node in walk(function.body):
        if isinstance(node, Ret) and isinstance(node.value, Obj):
            props = [prop for prop in node.value.props if isinstance(prop, Prop)]
            has_props = any(prop.key == "props" for prop in props)
            found.extend((has_props, prop) for prop in props if prop.key == "revalidate")
    return max(found, key=lambda one: one[0])[1] if found else None
