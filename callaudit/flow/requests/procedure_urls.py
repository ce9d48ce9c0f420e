"""The URL below which a client asks for procedures (tRPC): that of its links, or of the links that its app makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.apps import app_of
from callaudit.flow.machine.arguments import argument, option_of_link
from callaudit.flow.queries.query_defaults import mentions
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, Closure, ForeignValue, Record, Undefined, Unknown, Value
from callaudit.libraries.model import Arg
from callaudit.libraries.procedures import HTTP_LINKS
from callaudit.libraries.tables.trpc import LIBRARY
from callaudit.syntax.ir import Call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter

_URL = Arg(0, "url")
_NOT_TOLD = Unknown("url", "no link says where it asks")


def url_of(interpreter: Interpreter, client: Client, module: str) -> Value:
    """The URL that the links of `client` name, or those that the app of `module` makes."""
    for arg in client.args:
        value = _links(interpreter, arg)
        if not isinstance(value, Undefined):
            found = option_of_link(Client(LIBRARY, "link", (value,)), "url")
            if not isinstance(found, Undefined):
                return found
    made = interpreter.found_once("links of procedures", lambda: list(_made(interpreter)))
    app = app_of(interpreter, module)
    own = [url for at, url in made if at == app] or [url for _, url in made]
    return own[0] if own else _NOT_TOLD


def _links(interpreter: Interpreter, arg: Value) -> Value:
    """The links among the options of a client, which a function may give."""
    options = forced(arg)
    config = forced(options.fields.get("config", UNDEFINED)) if isinstance(options, Record) else UNDEFINED
    if isinstance(config, Closure):
        options = forced(interpreter.run(config, [], effects=False).value)
    return options.fields.get("links", UNDEFINED) if isinstance(options, Record) else UNDEFINED


def _made(interpreter: Interpreter) -> Iterator[tuple[str, Value]]:
    """The URL of each link that the program makes, with the app that makes it."""
    for name in HTTP_LINKS:
        for path, node, scope in mentions(interpreter, name):
            if not isinstance(node, Call):
                continue
            target = forced(interpreter.evaluate(node.callee, scope))
            if isinstance(target, ForeignValue) and target.package in LIBRARY.packages and target.path[-1:] == (name,):
                args = [interpreter.evaluate(arg, scope) for arg in node.args]
                yield app_of(interpreter, path), argument(interpreter, args, _URL)
