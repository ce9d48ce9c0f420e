"""What uses of procedures (tRPC) do: they request the route that a procedure is, or run it in their own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import PROCEDURE, Choice, Request, Requested, Site, Target
from callaudit.flow.effects.request_numbers import Own
from callaudit.flow.machine.callbacks import call
from callaudit.flow.queries.queries import run_query
from callaudit.flow.requests.procedure_urls import url_of
from callaudit.flow.requests.procedure_uses import Use, hook_model, options_of
from callaudit.flow.requests.procedures import (
    Procedure,
    handed,
    is_router,
    made_context,
    procedures,
    router_of,
)
from callaudit.flow.requests.requests import send
from callaudit.flow.text.url_joining import join_base
from callaudit.flow.text.urls import targets
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, Closure, Const, Record, Unknown, Value
from callaudit.libraries.model import Arg
from callaudit.libraries.model import Request as Sending
from callaudit.libraries.procedures import ASKED, FETCHED, GIVEN_FIRST, HOOKS, IN_PROCESS, LISTS, SENT
from callaudit.libraries.tables import query as tanstack
from callaudit.libraries.tables.trpc import LIBRARY

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter

_SENDING = Sending(urls=(Arg(0),), methods=(Arg(1),), bases=(Arg(2),))


def run_use(frame: Frame, here: Application, use: Use, args: list[Value], tree: list[Effect]) -> Cost:
    """Add what a use of a procedure does to `tree`."""
    kind, name = use.client.kind, ".".join(use.names)
    given = args[0] if args else UNDEFINED
    if kind == ASKED:
        asked = use.client.args
        client, what, written = forced(asked[0]), forced(asked[1]), asked[2]
        if isinstance(client, Client) and isinstance(what, Const):
            return _ask(frame, here, client, str(what.value), written, "", tree)
        return costs.NONE
    if kind == "hooks" and use.how in LISTS:
        return _several(frame, here, use, given, tree)
    if kind == "hooks" and use.how in HOOKS:
        options = options_of(use, args, use.how in GIVEN_FIRST)
        return run_query(frame, here, tanstack.LIBRARY, hook_model(HOOKS[use.how]), [options], tree)
    if kind == "caller" and use.how in FETCHED and not _has(frame.interpreter, use.client, f"{name}.{use.how}"):
        return _ask(frame, here, use.client, name, given, "", tree)
    if kind == "caller":
        return _ask(frame, here, use.client, f"{name}.{use.how}" if name else use.how, given, "", tree)
    if kind in ("client", "utils", "helpers", "hooks"):
        return _ask(frame, here, use.client, name, given, SENT.get(use.how, ""), tree)
    return costs.NONE


def _several(frame: Frame, here: Application, use: Use, given: Value, tree: list[Effect]) -> Cost:
    """`api.useQueries((t) => [t.orders.list(input, options), …])`."""
    choose = forced(given)
    if not isinstance(choose, Closure):
        return costs.NONE
    listed = frame.interpreter.apply(
        choose, [Client(LIBRARY, "queries", use.client.args, ("queries", use.client.place))]
    )
    return run_query(frame, here, tanstack.LIBRARY, hook_model(use.how), [Record({"queries": listed})], tree)


def fetch_asked(frame: Frame, here: Application, name: str, args: list[Value], tree: list[Effect]) -> Cost | None:
    """Ask now, unless it is kept: `queryClient.fetchQuery(trpc.orders.list.queryOptions(input))`; else `None`."""
    options = forced(args[0]) if args and "Query" in name else UNDEFINED
    asked = (
        forced(options.fields["queryFn"]) if isinstance(options, Record) and "queryFn" in options.fields else UNDEFINED
    )
    if not isinstance(asked, Client) or asked.kind != ASKED or asked.library is not LIBRARY:
        return None
    inside: list[Effect] = []
    spent = run_use(frame, here, Use(asked, (), ""), [], inside)
    if inside:
        tree.append(Choice(here.expr.line, (("its answer is not kept", tuple(inside)),)))
    return costs.maybe(spent)


# --- asking -------------------------------------------------------------------------------------


def _has(interpreter: Interpreter, client: Client, name: str) -> bool:
    router = router_of(interpreter, client)
    return router is not None and name in procedures(interpreter, router)


def _ask(
    frame: Frame, here: Application, client: Client, name: str, given: Value, kind: str, tree: list[Effect]
) -> Cost:
    """Ask for a procedure: run it here, or request the route that it is."""
    interpreter = frame.interpreter
    router = router_of(interpreter, client)
    procedure = procedures(interpreter, router).get(name) if router is not None else None
    if client.kind == "caller" or (client.kind in IN_PROCESS and _is_made_of_router(client)):
        return _run(frame, here, client, procedure, name, given, tree)
    if procedure is None:
        return _ask_unknown(frame, here, client, name, kind, router is not None, tree)
    url = join_base(url_of(interpreter, client, here.scope.module), Const(name))
    paths = [one.path for one in targets(url, Const(procedure.method), "") if one.path] or [f"/{{trpc}}/{name}"]
    function = interpreter.qualified(here.scope.module, here.scope.function)
    site = Site(here.scope.module, here.expr.line, here.expr.column, function, LIBRARY.name)
    target = Target(procedure.method, paths[0], "", paths[0], discriminator=((PROCEDURE, procedure.place),))
    number = interpreter.request(site, target, ())
    tree.append(Request((Requested(site, target),)))
    return costs.one(Own(number))


def _ask_unknown(
    frame: Frame, here: Application, client: Client, name: str, kind: str, typed: bool, tree: list[Effect]
) -> Cost:
    """Ask for a procedure that no router of the program is known to hold: where it goes is all that its URL says."""
    interpreter = frame.interpreter
    url = url_of(interpreter, client, here.scope.module)
    method = {"query": "GET", "mutation": "POST", "subscription": "GET"}.get(kind, "")
    spent = send(frame, here.expr, here.scope, LIBRARY, _SENDING, [Const(name), Const(method or "GET"), url], (), tree)
    why = "its router has no such procedure" if typed else "the router of its client is not known"
    if typed or all(not one.host for one in targets(url, None, "GET")):
        interpreter.gap(here.scope.module, here.expr.line, f"procedure {name}", why)
    return spent


def _is_made_of_router(client: Client) -> bool:
    return any(isinstance(known := forced(arg), Record) and "router" in known.fields for arg in client.args)


def _run(
    frame: Frame,
    here: Application,
    client: Client,
    procedure: Procedure | None,
    name: str,
    given: Value,
    tree: list[Effect],
) -> Cost:
    """Run a procedure in the process of its caller: its middlewares, then itself."""
    interpreter = frame.interpreter
    if procedure is None:
        why = "the procedure that it runs is not found in the routers of the program"
        interpreter.gap(here.scope.module, here.expr.line, f"procedure {name}", why)
        return costs.NONE
    context, spent = _context(frame, here, client, tree)
    args = [handed(interpreter, procedure, context, given)]
    for function in (*procedure.before, forced(procedure.resolver)):
        if isinstance(function, Closure):
            step = call(frame, function, args, here.scope, here.expr.line, tree, awaited=here.awaited, at_once=True)
            spent = costs.add(spent, step)
    return spent


def _context(frame: Frame, here: Application, client: Client, tree: list[Effect]) -> tuple[Value, Cost]:
    """The context that a caller was made with; a function that makes it runs for each use."""
    for arg in client.args:
        value = forced(arg)
        if isinstance(value, Client) and value.kind == "caller":
            return _context(frame, here, value, tree)
        if isinstance(value, Record) and ("ctx" in value.fields or "router" in value.fields):
            value = forced(value.fields.get("ctx", UNDEFINED))
        if isinstance(value, (Record, Closure)) and not is_router(value):
            ran = costs.NONE
            if isinstance(value, Closure):
                ran = call(frame, value, [], here.scope, here.expr.line, tree, awaited=here.awaited, at_once=True)
            return made_context(frame.interpreter, value), ran
    return Unknown("ctx"), costs.NONE
