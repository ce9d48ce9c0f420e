"""Where caches with exchangeable stores keep their values, and in which unit they are told how long.

The tables of what their libraries do are in `libraries/cache_stores.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import ENDLESS, Span
from callaudit.flow.timers.durations import duration
from callaudit.flow.timers.spans import Times, times, whole
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import ClassValue, Closure, Const, ForeignValue, Instance, Record, Seq, Unknown
from callaudit.libraries.cache_stores import (
    DISTRIBUTING,
    IN_PROCESS,
    MEMORY,
    MILLISECONDS_FROM,
    OF_NEST,
    SHARED,
    STORES,
)
from callaudit.libraries.storage import SECOND
from callaudit.project.versions import major
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Lit, Name, Obj

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

DISTRIBUTED, PROCESS, UNKNOWN = "distributed", "process", "unknown"
_TABLES = ("Map", "WeakMap")
DEPTH = 5
NO_VERSION = "cache-manager counts seconds before version 5 and milliseconds since: its version is not known"


def unit_in(interpreter: Interpreter, file: str, made: Call | None = None, *, option: bool = False) -> float | None:
    """The unit of cache-manager's times where `file` is, seconds before version 5; `None` where that is not known.

    What `made` a cache tells its version where no package says it. As an `option` of a call version 5 knows no time:
    the stores do that were written for those before it.
    """
    project = interpreter.program.project
    package = next((one.package for one in project.files if one.path == file), "")
    version = major(project.dependency(package, "cache-manager") or "")
    nest = major(project.dependency(package, "@nestjs/cache-manager") or "")
    known = int(version) if version else OF_NEST.get(int(nest)) if nest else None
    if known is None and made is not None:
        known = _version_by(made)
    if known is None:
        return None
    return SECOND if known < MILLISECONDS_FROM or (option and known == MILLISECONDS_FROM) else 1


def _version_by(made: Call) -> int | None:
    """The first version of cache-manager that makes a cache like this; `None` where several do."""
    first = made.args[0] if made.args else None
    name = called_name(made.callee)
    if name == "caching" and isinstance(first, (Lit, Obj)):
        return MILLISECONDS_FROM if isinstance(first, Lit) else MILLISECONDS_FROM - 1
    return MILLISECONDS_FROM + 1 if name == "createCache" else None


def times_kept(interpreter: Interpreter, value: Value, unit: float | None) -> Times:
    """How long a store is told to keep something: a number of units, or words (`1h`)."""
    known = forced(value)
    text = known.value if isinstance(known, Const) else None
    ms = duration(text) if isinstance(text, str) and not text.isdigit() else None
    if ms is not None:
        return Times((Span(whole(ms)),), "", off=False)
    found = times(interpreter, value, unit or 1)
    return found if unit is not None or not found.spans else Times((), NO_VERSION, off=found.off)


def injected_times(interpreter: Interpreter, unit: float | None) -> Times:
    """How long the cache keeps things that a container hands out; not known where several differ."""
    said = [one.fields["ttl"] for one in interpreter.injection.stores() if "ttl" in one.fields]
    found = [times_kept(interpreter, one, unit) for one in said]
    if len({one.spans for one in found}) > 1:
        return Times((), "several caches are made, with different times", off=False)
    return found[0] if found else Times((), "", off=False)


def injected_why(found: Times) -> str:
    """Why the time is not known of answers that such a cache keeps."""
    return "" if found.spans else found.why or ENDLESS


def injected_place(interpreter: Interpreter) -> str:
    """Where the caches keep their values that a container hands out."""
    places = {place_of(interpreter, [one]) for one in interpreter.injection.stores()}
    return places.pop() if len(places) == 1 else UNKNOWN if places else PROCESS


def place_of(interpreter: Interpreter, given: Iterable[Value]) -> str:
    """Where a cache keeps its values that is made with `given`: in the process where nothing names a store."""
    places = {_place(interpreter, value, "", DEPTH) for value in given}
    return next((place for place in (DISTRIBUTED, UNKNOWN) if place in places), PROCESS)


def _place(interpreter: Interpreter, value: Value, option: str, depth: int) -> str:
    written = value.expr if isinstance(value, Lazy) else None
    if type(written) is Call and type(written.callee) is Name and written.callee.id in _TABLES:
        return PROCESS
    value = forced(value)
    if not depth:
        return UNKNOWN if option in STORES else PROCESS
    inside: list[str] = []
    if isinstance(value, Const):
        return _named(value.value, option)
    if isinstance(value, ForeignValue):
        known = _of_package(value.package)
        if known:
            return known
        inside = [_place(interpreter, arg, option, depth - 1) for arg in value.args or ()]
        if option in STORES and value.package not in IN_PROCESS:
            inside.append(UNKNOWN)
    elif isinstance(value, Record):
        inside = [_place(interpreter, item, name, depth - 1) for name, item in value.fields.items()]
    elif isinstance(value, Seq):
        inside = [_place(interpreter, item, option, depth - 1) for item in value.items]
        inside += [UNKNOWN] if value.open and option in STORES else []
    elif isinstance(value, Closure) and option in STORES:
        return _place(interpreter, interpreter.apply(value, []), option, depth - 1)
    elif isinstance(value, (Instance, ClassValue)) and option in STORES:
        return _of_class(interpreter, value if isinstance(value, ClassValue) else value.cls)
    elif isinstance(value, Unknown) and option in STORES:
        return UNKNOWN
    return next((place for place in (DISTRIBUTED, UNKNOWN) if place in inside), PROCESS)


def _named(word: object, option: str) -> str:
    """Where a text says: the URL of a store, or its name where a store is asked for; other texts name other things."""
    if not isinstance(word, str) or ("://" not in word and option not in STORES):
        return PROCESS
    known = word == MEMORY or "://" in word
    return DISTRIBUTED if word.startswith(SHARED) else PROCESS if known else UNKNOWN


def _of_class(interpreter: Interpreter, cls: ClassValue) -> str:
    """Where a class of the program keeps values: where the one does that it extends."""
    base = interpreter.class_facts(cls).base
    if type(base) is not Name:
        return UNKNOWN
    known = forced(interpreter.evaluate(base, interpreter.module_scope(cls.module)))
    return (_of_package(known.package) if isinstance(known, ForeignValue) else "") or UNKNOWN


def _of_package(name: str) -> str:
    """Where a package keeps values that is a store's, or is called like one; empty for others."""
    if name in DISTRIBUTING or name.startswith("@upstash/"):
        return DISTRIBUTED
    return UNKNOWN if any(word in name.lower() for word in SHARED) else ""
