"""What a framework tells: the routes that the code serves, and what starts code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from callaudit.flow.effects.effects import Requested  # noqa: TC001 - msgspec reads the annotations
from callaudit.flow.effects.records import Guard, Trigger  # noqa: TC001 - the same
from callaudit.flow.machine.static import PARAMETER
from callaudit.flow.values.values import Closure, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Fetches(Struct, frozen=True):
    """What a server keeps of `fetch` by default.

    `certain` holds where nothing outside of the start's function decides. From line `until` of that function on
    nothing is kept any more, from `perhaps_until` on perhaps (0: there is no such line); with `at_once` that is also so
    for what happens in that line.
    """

    certain: bool
    until: int = 0
    perhaps_until: int = 0
    at_once: bool = False


class Start(Struct, frozen=True, eq=False):
    """One thing that runs: a function, its arguments (None where nothing is known of them) and its receiver.

    Of an object it is what its fields begin with.
    `origin` says where it runs, if that is not said by its entry. `maybe` holds for what a run can go without;
    `guards` are what may answer before it runs, `fetches` what is kept of the answers to its requests.
    """

    value: Value
    args: tuple[Value, ...] | None = None
    this: Value | None = None
    origin: str = ""
    maybe: bool = False
    guards: tuple[Guard, ...] = ()
    fetches: Fetches | None = None


class Entry(Struct, frozen=True, eq=False):
    """Something that starts code.

    `kind` is `route`, `action`, `page`, `script`, ...; `app` is the folder of the package that it belongs to.
    A route has a framework, a method and a path, and is named `METHOD path`. What listens for messages has the
    method `EMIT`, the event as its path, and the namespace that it listens in; the namespace of a procedure is what
    tells it from all others.
    """

    kind: str
    name: str
    file: str
    line: int
    origin: str
    app: str
    starts: tuple[Start, ...]
    framework: str = ""
    method: str = ""
    path: str = ""
    namespace: str = ""
    triggers: tuple[Trigger, ...] = ()
    """What repeats it from outside of the code that it runs: the schedules of a job."""
    asks: tuple[Requested, ...] = ()
    """Requests that a platform sends for it, to routes of the repository."""
    runs: tuple[str, ...] = ()
    """Modules that are started as processes."""
    forward: Value | None = None
    """Of a `FORWARD`: the URL that a server asks instead, with parts of its path as they are named there."""


FORWARD = "forward"
"""The kind of what answers requests to `path` with what another server says: it runs no code and is listed nowhere."""
HANDLER = "handler"
"""The kind of what runs when an emitter of the same process emits an event: it is listed nowhere by itself."""
SINGLE_PAGE = "single-page"
"""The framework of pages that a router in the browser shows."""
DOCUMENT = "document"
"""The framework of pages that are nothing but a script in a document."""
IN_A_SERVER = "next-start"
"""The framework of scripts that a server runs in its own process when it starts."""
FILES_OF_JOBS = "bree"
"""The framework of jobs that are files: no scripts that somebody starts by hand."""


def is_process(entry: Entry) -> bool:
    """Whether an entry is a process of its own, a worker beside the servers."""
    return entry.kind == "script" and entry.framework != IN_A_SERVER


class Framework(Protocol):
    """One framework: a module of this package has one of these as `FRAMEWORK`.

    One whose entries are told by the names and exports of files alone says so by `by_files = True`: they may run
    while the others are still looked for.
    """

    name: str

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """Every entry of this framework in the program."""
        ...


def is_by_files(framework: Framework) -> bool:
    """Whether a framework finds its entries without running code."""
    return getattr(framework, "by_files", False)


def route(framework: str, method: str, path: str, file: str, line: int, app: str, starts: tuple[Start, ...]) -> Entry:
    """The entry of a route."""
    return Entry("route", f"{method} {path}", file, line, "server", app, starts, framework, method, path)


def join_paths(*parts: str) -> str:
    """Paths one below the other, with single slashes and none at the end."""
    joined = "/".join(part.strip("/") for part in parts if part.strip("/"))
    return "/" + joined


def unknown_args(interpreter: Interpreter, closure: Closure, first: tuple[Value, ...] = ()) -> tuple[Value, ...]:
    """Arguments of which only the names and types are known, after those in `first`."""
    function = interpreter.function(closure.module, closure.index)
    args = list(first)
    for param in function.params[len(first) :]:
        type_ = (closure.module, param.type) if param.type else None
        name = getattr(param.target, "id", "param")
        args.append(Unknown(name, PARAMETER, type=type_, given=not param.optional))
    return tuple(args)
