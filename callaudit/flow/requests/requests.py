"""A request is sent: where, with which method, and what is known of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Effect, Requested, Site, Target
from callaudit.flow.effects.effects import Request as Sent
from callaudit.flow.effects.other_hosts import other_hosts
from callaudit.flow.effects.request_numbers import Own
from callaudit.flow.guards.client_shields import shielded
from callaudit.flow.guards.request_caches import is_kept
from callaudit.flow.guards.request_guards import Sending, guarded_request
from callaudit.flow.machine.arguments import argument
from callaudit.flow.requests.client_changes import client_headers, default_base
from callaudit.flow.requests.request_hooks import of_hooks, run_before
from callaudit.flow.requests.request_objects import alternatives
from callaudit.flow.requests.request_options import options_of, with_headers
from callaudit.flow.requests.requested import NOTHING_SAID, Said, known_body
from callaudit.flow.requests.service_workers import is_sent_on
from callaudit.flow.requests.set_later import set_later
from callaudit.flow.requests.target_choices import targets_apart
from callaudit.flow.requests.told_apart import told_apart
from callaudit.flow.retries.client_retries import Asked, tried_again
from callaudit.flow.text.query_words import in_common, known_query
from callaudit.flow.text.strings import concatenate, each
from callaudit.flow.text.url_joining import is_absolute, join_base
from callaudit.flow.text.urls import shape, targets
from callaudit.flow.values.chosen import conditions, given_by
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Const, Record, Undefined, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.requests.requested import Body
    from callaudit.flow.values.values import Client
    from callaudit.libraries.model import Arg, Library, Request
    from callaudit.syntax.ir import Call


def send(
    frame: Frame,
    expr: Call,
    scope: Scope,
    library: Library,
    model: Request,
    args: list[Value],
    made_with: Sequence[Value],
    tree: list[Effect],
    client: Client | None = None,
) -> Cost:
    """Add the request that `expr` sends to `tree`; its cost."""
    interpreter = frame.interpreter
    if library.name == "web" and is_sent_on(args):
        interpreter.noted.sent_on.add((scope.module, interpreter.qualified(scope.module, scope.function)))
        return costs.NONE

    def leads_to(given: list[Value]) -> list[Target]:
        ways = [_targets(interpreter, library, model, one, made_with, client) for one in alternatives(given)]
        return [target for way in ways for target in way]

    led = list(dict.fromkeys(leads_to(args)))
    found = told_apart(interpreter, targets_apart(led), model, args)
    when = conditions(scope, expr, args, leads_to) if len(found) > 1 and scope.chosen else {}
    function = interpreter.qualified(scope.module, scope.function)
    site = Site(scope.module, expr.line, expr.column, function, library.name)
    options = with_headers(
        options_of(interpreter, args, model, made_with), client_headers(interpreter, library, client)
    )
    options = with_headers(options, set_later(interpreter, expr, scope, model))
    for target in found:
        if target.unknown:
            interpreter.gap(site.file, site.line, "request", target.unknown)
    for why in other_hosts(led, found):
        interpreter.gap(site.file, site.line, "host", why)
    saying = _Saying(interpreter, library, model, args, made_with, led)
    said = [saying.of(target) if may_stay(target) else NOTHING_SAID for target in found]
    ways = list(zip(found, said, strict=True))
    numbers = [interpreter.request(site, target, options, words) for target, words in ways]
    sent = Sent(tuple(Requested(site, target, options, words, given_by(when, target)) for target, words in ways))
    given = argument(interpreter, args, model.options) if model.options is not None else UNDEFINED
    guarded = guarded_request(Sending(interpreter, expr, scope, library), given, made_with, sent)
    alone = zip(numbers, found, strict=True)
    spent = costs.either([costs.one(Own(number) if may_stay(target) else number) for number, target in alone])
    spent = costs.maybe(spent) if is_kept(guarded) else spent
    asked = Asked(expr, scope, library, model, args, made_with, client)
    guarded, spent = shielded(interpreter, library, client, {target.method for target in found}, guarded, spent)
    effect, spent = tried_again(frame, asked, frozenset(target.method for target in found), guarded, spent)
    if model.before:
        sources = of_hooks(model, made_with, given)
        effects, hooks = run_before(frame, model, sources, (scope, expr.line), effect)
        tree.extend(effects)
        return costs.add(hooks, spent)
    tree.append(effect)
    return spent


def _targets(
    interpreter: Interpreter,
    library: Library,
    model: Request,
    args: list[Value],
    made_with: Sequence[Value],
    client: Client | None,
) -> list[Target]:
    """Where a request goes, as far as its arguments say."""
    url = _first(interpreter, args, model.urls, made_with)
    if url is None:
        url = Unknown("url", "no URL is given")
    base = _first(interpreter, args, model.bases, made_with) if model.bases else None
    if base is None and model.bases:
        base = default_base(interpreter, library, client)
    if base is not None and model.base_is_host:
        base = each(base, lambda one: concatenate([Const("//"), one]) if not is_absolute(one) else one)
    if base is not None and not _wholly_unknown(url):
        url = join_base(base, url)
    elif isinstance(forced(url), Undefined):
        url = Unknown("url", "no URL is given")
    method: Value | None = Const(model.method) if model.method else _first(interpreter, args, model.methods, made_with)
    if type(method) is Unknown and method.receiver is not None and not method.env:
        method = None  # a property of something that is not known: no method was seen to be given
    return targets(url, method, model.default_method)


def may_stay(target: Target) -> bool:
    """Whether a request may be answered by the repository itself."""
    return not target.host or bool(target.env) or target.host.startswith(("{", "env:", "localhost", "127.0.0.1"))


class _Saying(NamedTuple):
    """The call of a client, which says more than a path."""

    interpreter: Interpreter
    library: Library
    model: Request
    args: list[Value]
    made_with: Sequence[Value]
    ways: Sequence[Target]
    """The targets of all ways, those included that differ in their query alone."""

    def of(self, target: Target) -> Said:
        """What a request to `target` says on every way."""
        given = [argument(self.interpreter, self.args, place, self.made_with) for place in self.model.query]
        place = (target.method, shape(target.path))
        urls = [one.url for one in self.ways if (one.method, shape(one.path)) == place]
        query, whole = in_common([known_query(url, given) for url in urls or [target.url]])
        return Said(self._body(), query, whole=whole and self.library.name == "web")

    def _body(self) -> Body:
        for place in self.model.body:
            found = known_body(argument(self.interpreter, self.args, place))
            if found:
                return found
        return ()


def _wholly_unknown(url: Value) -> bool:
    """A URL of which nothing is known may replace the base as well as follow it."""
    value = forced(url)
    return isinstance(value, Unknown) and not value.env


def _first(
    interpreter: Interpreter, args: list[Value], places: Sequence[Arg], made_with: Sequence[Value]
) -> Value | None:
    """The first of several places where something is given; alternatives are kept."""
    found: list[Value] = []
    for place in places:
        value = forced(argument(interpreter, args, place, made_with))
        if isinstance(value, Undefined) or (isinstance(value, Const) and value.value is None):
            continue
        if place.path and isinstance(value, Unknown) and value.why.startswith("not a property"):
            continue
        if place.path and isinstance(value, Record) and place is not places[-1]:
            continue
        if isinstance(value, Unknown) and place.path and len(places) > 1 and place is not places[-1] and not value.env:
            following = _first(interpreter, args, places[places.index(place) + 1 :], made_with)
            return following if following is not None else value
        found.append(value)
        break
    return join(found) if found else None
