"""Handlers that answer several methods or paths, asked which of them they know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.requests.requested import RequestWord, answered
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Record, Unknown, Value
from callaudit.frameworks.model import METHODS, Entry, Start, route, unknown_args
from callaudit.frameworks.other_methods import answers_others

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter


def routes_by_method(
    interpreter: Interpreter,
    framework: str,
    value: Value,
    where: str,
    place: tuple[str, int],
    app: str,
    name: str = "method",
) -> Iterable[Entry]:
    """A route at `where` for each method that a handler asks `request.method` for, and one for others that it answers.

    `name` is what the request calls its method.
    """
    handler = forced(value)
    methods = _methods(interpreter, handler, name)
    others = bool(methods) and isinstance(handler, Closure) and _answers_others(interpreter, handler, name)
    for method in [*methods, "ANY"] if others or not methods else methods:
        known: Value = Const(method) if method != "ANY" or others else Unknown("method", given=True)
        request = Record({name: known}, open=True)
        args = unknown_args(interpreter, handler, (request,)) if isinstance(handler, Closure) else (request,)
        yield route(framework, method, where, *place, app, (Start(value, args),))


def _answers_others(interpreter: Interpreter, handler: Closure, name: str) -> bool:
    return answers_others(interpreter.function(handler.module, handler.index), name)


def _methods(interpreter: Interpreter, handler: Value, name: str) -> list[str]:
    word = RequestWord("method")
    if isinstance(handler, Closure):
        request = Record({name: word}, open=True)
        interpreter.run(handler, unknown_args(interpreter, handler, (request,)))
    found = answered(interpreter, word)
    return [method for method in METHODS if method in found and method not in ("OPTIONS", "HEAD")]


def routes_by_path(
    interpreter: Interpreter,
    framework: str,
    handler: Closure,
    place: tuple[str, int],
    app: str,
    this: Value | None = None,
) -> Iterable[Entry]:
    """A route for each path that a handler compares `request.url` with; methods where the same test asks for one."""
    path, method = RequestWord("path"), RequestWord("method")
    interpreter.exploring = True
    interpreter.run(handler, unknown_args(interpreter, handler, (_request(path, method),)), this)
    interpreter.exploring = False
    methods = answered(interpreter, method)
    for where, line in answered(interpreter, path).items():
        if not where.startswith("/"):
            continue
        beside = [verb for verb, at in methods.items() if at == line and verb in METHODS]
        for verb in beside or ["ANY"]:
            known: Value = Const(verb) if beside else Unknown("method", given=True)
            args = unknown_args(interpreter, handler, (_request(Const(where), known),))
            yield route(framework, verb, where, *place, app, (Start(handler, args, this),))


def _request(path: Value, method: Value) -> Record:
    return Record({"url": path, "method": method}, open=True)
