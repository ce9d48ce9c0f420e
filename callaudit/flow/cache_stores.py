"""Where caches with exchangeable stores keep their values, and in which unit they are told how long.

The tables of what their libraries do are in `libraries/cache_stores.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.records import ENDLESS
from callaudit.flow.spans import Times, times
from callaudit.flow.values import ClassValue, Closure, Const, ForeignValue, Instance, Lazy, Record, Seq, Unknown, forced
from callaudit.libraries.cache_stores import IN_PROCESS, MEMORY, MILLISECONDS_FROM, SHARED, STORES
from callaudit.libraries.storage import SECOND
from callaudit.project.versions import major
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.values import Value

DISTRIBUTED, PROCESS, UNKNOWN = "distributed", "process", "unknown"
_TABLES = ("Map", "WeakMap")
DEPTH = 5


def unit_in(interpreter: Interpreter, file: str) -> float:
    """The unit of cache-manager's times where `file` is: seconds before version 5."""
    project = interpreter.program.project
    package = next((one.package for one in project.files if one.path == file), "")
    version = major(project.dependency(package, "cache-manager") or "")
    return SECOND if version and int(version) < MILLISECONDS_FROM else 1


def injected_times(interpreter: Interpreter, unit: float) -> Times:
    """How long the cache keeps things that a container hands out; not known where several differ."""
    said = [one.fields["ttl"] for one in interpreter.injection.stores() if "ttl" in one.fields]
    found = [times(interpreter, one, unit) for one in said]
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
        if any(word in value.package.lower() for word in SHARED):
            return DISTRIBUTED
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
    shared = isinstance(known, ForeignValue) and any(word in known.package.lower() for word in SHARED)
    return DISTRIBUTED if shared else UNKNOWN
