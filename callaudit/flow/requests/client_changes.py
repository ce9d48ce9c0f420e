"""What a program changes on a client after it was made: its defaults, and what stands before and behind its requests.

`client.defaults.baseURL = …`, `client.defaults.headers.common["X-Key"] = …` (https://axios-http.com/docs/config_defaults);
interceptors, of which one of requests is handed each before it leaves, and one of responses each answer and, as its
second function, each failure (https://axios-http.com/docs/interceptors); what other calls tell clients by the tables
of their libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.static import scope_inside
from callaudit.flow.requests.client_owners import asked, made_by, owner_of
from callaudit.flow.requests.headers import COMMON, PERHAPS, SENT, Options
from callaudit.flow.requests.request_interceptors import added_headers
from callaudit.flow.requests.told_headers import changed_headers
from callaudit.flow.retries.resends import resent_by
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client
from callaudit.libraries.model import Headers
from callaudit.libraries.registry import header_setters
from callaudit.syntax.chains import before, names_of
from callaudit.syntax.ir import Assign, Call, Member

if TYPE_CHECKING:
    from callaudit.flow.effects.records import Retry
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Library


class _Changes:
    """All changes in a program, by the client or library that they are made to."""

    def __init__(self) -> None:
        """Know of none yet."""
        self.sought = False
        self.bases: dict[object, list[Value]] = {}
        self.headers: dict[object, dict[tuple[str, str], None]] = {}
        self.resends: dict[object, Retry] = {}


def default_base(interpreter: Interpreter, library: Library, client: Client | None) -> Value | None:
    """The base URL that is assigned to the defaults of `client`, or of the library itself."""
    bases = _changes(interpreter).bases
    found = bases.get(asked(library, client), bases.get(library.name)) if bases else None
    return join(found) if found else None


def client_headers(interpreter: Interpreter, library: Library, client: Client | None) -> Options:
    """The headers that are set on `client`, or on the library itself where it is asked directly."""
    headers = _changes(interpreter).headers
    return tuple(headers.get(asked(library, client), ())) if headers else ()


def resent(interpreter: Interpreter, library: Library, client: Client | None) -> Retry | None:
    """What sends the failed requests of `client` again, or of the library itself where it is asked directly."""
    resends = _changes(interpreter).resends
    return resends.get(asked(library, client)) if resends else None


def _changes(interpreter: Interpreter) -> _Changes:
    changes = interpreter.found_once("changes of clients", _Changes)
    if not changes.sought:
        changes.sought = True  # at once: what is evaluated on the way may ask for them as well
        _seek(interpreter, changes)
    return changes


def _seek(interpreter: Interpreter, changes: _Changes) -> None:
    modules = interpreter.program.modules
    imported = {one.source for module in modules.values() for one in module.facts.imports}
    setters = frozenset(name for package, names in header_setters().items() if package in imported for name in names)
    mentioned = frozenset(f".{name}" for name in setters)
    for path in sorted(modules):
        for index, function in enumerate(modules[path].functions):
            refs = function.refs
            if (
                ".interceptors" not in refs
                and not (".defaults" in refs and (".headers" in refs or ".baseURL" in refs))
                and mentioned.isdisjoint(refs)
            ):
                continue
            scope = scope_inside(interpreter, path, index)
            for node in interpreter.nodes_of(path, index, Assign):
                _note_default(interpreter, node, scope, changes)
            for call in interpreter.nodes_of(path, index, Call):
                _note_interceptor(interpreter, call, scope, changes)
                _note_setter(interpreter, call, scope, setters, changes)


def _note_setter(
    interpreter: Interpreter, node: Call, scope: Scope, setters: frozenset[str], changes: _Changes
) -> None:
    """Note a call by which a client is told headers: `client.setHeader(…)`, `client.use({ onRequest })`."""
    if not isinstance(node.callee, Member) or node.callee.prop not in setters:
        return
    client = forced(interpreter.evaluate(node.callee.obj, scope))
    model = client.library.clients.get(client.kind, {}).get(node.callee.prop) if isinstance(client, Client) else None
    if isinstance(model, Headers) and isinstance(client, Client):
        told = changed_headers(interpreter, model, arguments(interpreter, node.args, scope))
        changes.headers.setdefault(made_by(client), {}).update(dict.fromkeys(told))


def _note_default(interpreter: Interpreter, node: Assign, scope: Scope, changes: _Changes) -> None:
    """Note `client.defaults.baseURL = …` and `client.defaults.headers.common["X-Key"] = …`."""
    names = names_of(node.target)
    holder = before(node.target, "defaults")
    if holder is None:
        return
    if names[-2:] == ["defaults", "baseURL"]:
        owner = owner_of(interpreter.evaluate(holder, scope))
        if owner is not None:
            changes.bases.setdefault(owner, []).append(interpreter.evaluate(node.value, scope))
    elif "headers" in names:
        header = names[names.index("headers") + 1 :]
        owner = owner_of(interpreter.evaluate(holder, scope)) if len(header) > 1 and header[-1] else None
        if owner is not None:
            option = (SENT if header[0] == COMMON else PERHAPS, header[-1].lower())
            changes.headers.setdefault(owner, {})[option] = None


def _note_interceptor(interpreter: Interpreter, node: Call, scope: Scope, changes: _Changes) -> None:
    """Note `client.interceptors.request.use(onRequest)` and `client.interceptors.response.use(onAnswer, onFailure)`."""
    if not isinstance(node.callee, Member) or node.callee.prop != "use" or not node.args:
        return
    names = names_of(node.callee.obj)
    holder = before(node.callee.obj, "interceptors")
    if holder is None or names[-2:-1] != ["interceptors"]:
        return
    owner = owner_of(interpreter.evaluate(holder, scope))
    if owner is None:
        return
    handlers = [forced(interpreter.evaluate(arg, scope)) for arg in node.args[:2]]
    if names[-1] == "request":
        changes.headers.setdefault(owner, {}).update(dict.fromkeys(added_headers(interpreter, handlers[0])))
    elif names[-1] == "response" and len(handlers) > 1:
        retry = resent_by(interpreter, handlers[1])
        if retry is not None:
            changes.resends[owner] = retry
