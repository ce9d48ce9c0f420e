"""Paths of an app that another server answers, or another path of its own: `rewrites` of Next.js.

https://nextjs.org/docs/app/api-reference/config/next-config-js/rewrites: routes of the app itself come first, unless a
rewrite is among `beforeFiles`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.text.strings import parts_of
from callaudit.flow.text.url_joining import is_absolute
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, OneOf, Record, Seq, Unknown, Value
from callaudit.frameworks.model import FORWARD, Entry, join_paths
from callaudit.frameworks.next_files import config_of, next_apps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

_GROUP = re.compile(r"(?::(\w+))?\(\.\*\)|:(\w+)\+")
"""`:path(.*)`, `(.*)` and `:path+`: all that follows."""


class Rewrites:
    """What next.config lets other servers, or other paths, answer."""

    name = "next-rewrites"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A forward for each rewrite."""
        for app in next_apps(interpreter):
            options = config_of(interpreter, app.root)
            function = (
                forced(options.fields["rewrites"])
                if isinstance(options, Record) and "rewrites" in options.fields
                else None
            )
            if not isinstance(function, Closure):
                continue
            line = interpreter.function(function.module, function.index).line
            for rewrite in _rewrites(forced(interpreter.run(function, [], effects=False).value)):
                source, target = (forced(rewrite.fields.get(name, Unknown(name))) for name in ("source", "destination"))
                if not isinstance(source, Const) or not isinstance(source.value, str):
                    continue
                base = "" if "basePath" in rewrite.fields else app.base_path  # it can only be false
                destination = target if _is_elsewhere(target) else _inside(target, base)
                if destination is not None:
                    path = join_paths(base, source.value)
                    yield forward(self.name, path, destination, (function.module, line), app.root)


def forward(framework: str, path: str, target: Value, place: tuple[str, int], app: str) -> Entry:
    """What answers requests below `path` with what another server says at `target`."""
    where = _GROUP.sub(lambda found: f":{found[1] or found[2] or 1}*", path)
    return Entry(FORWARD, f"rewrite {path}", *place, "server", app, (), framework, "ANY", where, forward=target)


def _rewrites(value: Value) -> Iterator[Record]:
    """The rewrites of a list, or of the lists `beforeFiles`, `afterFiles` and `fallback`."""
    if isinstance(value, OneOf):
        for one in value.values:
            yield from _rewrites(forced(one))
    elif isinstance(value, Record):
        for field in value.fields.values():
            yield from _rewrites(forced(field))
    elif isinstance(value, Seq):
        for item in value.items:
            known = forced(item)
            if isinstance(known, Record):
                yield known


def _is_elsewhere(target: Value) -> bool:
    """Whether a destination is another server: an absolute URL, or below a variable."""
    options = target.values if isinstance(target, OneOf) else (target,)
    first = [next(iter(parts_of(one)), "") for one in options]
    return any(is_absolute(one) for one in options) or any(isinstance(part, Unknown) and part.env for part in first)


def _inside(target: Value, base: str) -> Value | None:
    """A destination that is a path of the app itself, below the path of the whole app."""
    known = isinstance(target, Const) and isinstance(target.value, str) and target.value.startswith("/")
    return Const(join_paths(base, str(target.value))) if isinstance(target, Const) and known else None


FRAMEWORK = Rewrites()
