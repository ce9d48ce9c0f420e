"""Query hooks that send by themselves, through the client of the app: what they ask is a document, not a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.apps import app_of
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import USER, Choice, Repeated
from callaudit.flow.effects.records import Retry, Trigger
from callaudit.flow.machine.callbacks import CALLED_LATER
from callaudit.flow.queries.queries import QUERY as ASKED_AGAIN
from callaudit.flow.queries.queries import repeat
from callaudit.flow.queries.query_answers import key_of
from callaudit.flow.queries.query_defaults import layers, mentions
from callaudit.flow.queries.query_keys import parts_of_key
from callaudit.flow.queries.query_marks import Asked
from callaudit.flow.queries.query_settings import Settings, options_among
from callaudit.flow.requests.requests import send
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Client, Const, Record, Value
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Library, Query

RETRY_LINK = "RetryLink"
ATTEMPTS = 5
FIRST_DELAY = 300
MOST_DELAYS = 10


def run_sent(
    frame: Frame,
    here: Application,
    library: Library,
    model: Query,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Run a hook that posts its document to the URI of `client`, or of the client that the app makes."""
    interpreter = frame.interpreter
    if model.sends is None:
        return costs.NONE
    request = model.sends
    made = client or client_of(interpreter, model, here.scope.module)

    def run(inside: list[Effect]) -> Cost:
        given = made.args if made is not None else ()
        return send(frame, here.expr, here.scope, library, request, [], given, inside, made)

    key = key_of(interpreter, model, args)
    parts = parts_of_key(key)
    own = options_among([args[place.index] for place in model.options if place.index < len(args)])
    found = layers(interpreter, model.defaults, model.of, here.scope.module, parts) if model.defaults else []
    asked = Asked(model, Settings(interpreter, here, own, found), key, parts)
    retries = tuple(_retries(interpreter, here.scope.module, library))
    if model.how == "mutation":
        inside: list[Effect] = []
        spent = costs.acted(run(inside))
        function = interpreter.qualified(here.scope.module, here.scope.function)
        trigger = Trigger("event", model.mechanism, here.scope.module, here.expr.line, function)
        whole = Repeated(USER, here.expr.line, 1, 1, tuple(inside), trigger=trigger, retries=retries)
        tree.append(Choice(here.expr.line, ((CALLED_LATER, (whole,)),)))
        return spent

    def tried_again(inside: list[Effect]) -> Cost:
        body: list[Effect] = []
        spent = run(body)
        if retries:
            body = [Repeated(ASKED_AGAIN, here.expr.line, 1, 1, tuple(body), retries=retries)]
        inside.extend(body)
        return spent

    return repeat(frame, here, library, model, asked, tried_again, tree)


def client_of(interpreter: Interpreter, model: Query, module: str) -> Client | None:
    """The client that the app of `module` makes; one of another app where it makes none."""
    made = interpreter.found_once(("clients", model.clients), lambda: list(_clients(interpreter, model.clients)))
    app = app_of(interpreter, module)
    own = [one for one in made if one.app == app] or made
    return own[0].client if own else None


class Made:
    """A client, and the app that makes it."""

    def __init__(self, client: Client, app: str) -> None:
        """Hold both."""
        self.client = client
        self.app = app


def _clients(interpreter: Interpreter, names: tuple[str, ...]) -> Iterator[Made]:
    for name in names:
        for path, node, scope in mentions(interpreter, name):
            if isinstance(node, Call) and isinstance(node.callee, Name):
                value = forced(interpreter.evaluate(node, scope))
                if isinstance(value, Client) and value.kind == "client":
                    yield Made(value, app_of(interpreter, path))


def _retries(interpreter: Interpreter, module: str, library: Library) -> Iterator[Retry]:
    """The links of the app that send again what fails."""
    known = interpreter.found_once((RETRY_LINK, library.name), lambda: list(_retry_links(interpreter, library)))
    app = app_of(interpreter, module)
    own = [one for one in known if app_of(interpreter, one.file) == app]
    yield from own or known


def _retry_links(interpreter: Interpreter, library: Library) -> Iterator[Retry]:
    for path, node, scope in mentions(interpreter, RETRY_LINK):
        if not isinstance(node, Call) or not isinstance(node.callee, Name):
            continue
        value = forced(interpreter.evaluate(node, scope))
        if not isinstance(value, Client) or value.library is not library or node.callee.id != RETRY_LINK:
            continue
        options = value.args[0] if value.args else None
        told = _inside(options, "attempts", "max")
        first = _inside(options, "delay", "initial")
        number = number_of(told) if told is not None else ATTEMPTS
        start = number_of(first) if first is not None else FIRST_DELAY
        count = min(int(number) - 1, MOST_DELAYS) if number is not None else 0
        line = told.line if isinstance(told, Lazy) and told.line else node.line
        yield Retry(
            RETRY_LINK,
            path,
            line,
            interpreter.qualified(path, scope.function),
            int(number) if number is not None else None,
            tuple(start * 2**n for n in range(count)) if start is not None else (),
            "exponential",
            jitter=_chance(_inside(options, "delay", "jitter")),
            why="" if number is not None else "the number of attempts is not known",
        )


def _inside(value: Value | None, *names: str) -> Value | None:
    for name in names:
        known = forced(value) if value is not None else None
        value = known.fields.get(name) if isinstance(known, Record) else None
    return value


def _chance(value: Value | None) -> bool:
    known = forced(value) if value is not None else None
    return not (isinstance(known, Const) and known.value is False)
