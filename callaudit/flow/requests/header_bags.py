"""Statements that put headers into an object which is there already, and what else `Object.assign` puts into one.

`headers.set(name, value)` and `headers.append(name, value)` of the fetch standard (https://fetch.spec.whatwg.org/#headers-class),
on a variable or on the `headers` of a request; `Object.assign(headers, more)` on a variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.requests.headers import SETTERS
from callaudit.flow.requests.request_objects import is_request
from callaudit.flow.requests.written_parameters import take_back
from callaudit.flow.values.choices import decided
from callaudit.flow.values.computed import computed_name
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.platform import platform_value
from callaudit.flow.values.values import UNDEFINED, Client, Const, ForeignValue, OneOf, Record
from callaudit.syntax.ir import Call, Member, Name, Op, Spread

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr


def put_into(frame: Frame, expr: Expr) -> None:
    """Take a statement that changes an object in a variable of a function."""
    if type(expr) is Op:
        _under_tests(frame, expr)
    if type(expr) is not Call or not expr.args:
        return
    if type(expr.callee) is not Member:
        take_back(frame, expr)
        return
    scope, name = frame.scope, expr.callee.prop
    if name == "assign":
        if type(expr.callee.obj) is Name and expr.callee.obj.id == "Object" and type(expr.args[0]) is Name:
            _assign(frame, expr, expr.args[0], scope)
    elif name in SETTERS and len(expr.args) > 1:
        _set(frame, expr, expr.callee.obj, scope)
    else:
        take_back(frame, expr)


def _under_tests(frame: Frame, expr: Op) -> None:
    """Take `key && headers.set(name, key)`."""
    if expr.op != "&&" or type(expr.items[-1]) is not Call:
        return
    answers = [decided(frame.interpreter, test, frame.scope) for test in expr.items[:-1]]
    if False in answers:
        return
    before = dict(frame.scope.vars)
    put_into(frame, expr.items[-1])
    if None in answers:
        after = frame.scope.vars
        after.update({name: join([before[name], value]) for name, value in after.items() if before[name] is not value})


def _assign(frame: Frame, expr: Call, target: Name, scope: Scope) -> None:
    owner = scope.find(target.id)
    if owner is None or owner.parent is None or any(type(arg) is Spread for arg in expr.args):
        return
    before = forced(owner.vars[target.id])
    if isinstance(before, OneOf) and all(isinstance(forced(item), Record) for item in before.values):
        ways = [forced(item) for item in before.values]
    elif isinstance(before, Record):
        ways = [before]
    else:
        return
    more = [forced(frame.interpreter.evaluate(arg, scope)) for arg in expr.args[1:]]
    found = [platform_value(frame.interpreter, ("Object", "assign"), [way, *more]) for way in ways]
    known = [value for value in found if value is not None]
    if known:
        owner.vars[target.id] = join(known if owner is frame.scope else [before, *known])


def _set(frame: Frame, expr: Call, holder: Expr, scope: Scope) -> None:
    inside = type(holder) is Member and holder.prop == "headers"
    variable = holder.obj if type(holder) is Member and inside else holder
    if type(variable) is not Name:
        return
    owner = scope.find(variable.id)
    if owner is None or owner.parent is None:
        return
    interpreter = frame.interpreter
    before = forced(owner.vars[variable.id])
    entry = _entry(interpreter, expr, scope)
    after = _of_request(before, entry) if inside else with_headers(before, entry)
    if after is not None:
        owner.vars[variable.id] = after if owner is frame.scope else join([before, after])


def _entry(interpreter: Interpreter, expr: Call, scope: Scope) -> Record:
    """What one call of `set` adds: a header, or one whose name is not known."""
    key = forced(interpreter.evaluate(expr.args[0], scope))
    if isinstance(key, Const):
        return Record({str(key.value): interpreter.lazy(expr.args[1], scope)})
    name = computed_name(key) if isinstance(key, ForeignValue) else ""
    return Record({name: UNDEFINED} if name else {}, open=True)


def with_headers(bag: Value, entry: Record) -> Value | None:
    """A `Headers` object with more in it; `None` for anything else."""
    if isinstance(bag, OneOf):
        ways = [with_headers(forced(item), entry) or item for item in bag.values]
        return join(ways) if any(one is not item for one, item in zip(ways, bag.values, strict=True)) else None
    if isinstance(bag, ForeignValue) and bag.path[-1:] == ("Headers",) and bag.args is not None:
        return ForeignValue(bag.package, bag.path, (*bag.args, entry))
    return None


def _of_request(request: Value, entry: Record) -> Value | None:
    """A `Request` whose headers have more in them; `None` for anything else."""
    if isinstance(request, OneOf):
        ways = [_of_request(forced(item), entry) or item for item in request.values]
        return join(ways) if any(one is not item for one, item in zip(ways, request.values, strict=True)) else None
    if not isinstance(request, Client) or not is_request(request):
        return None
    options = forced(request.args[1]) if len(request.args) > 1 else UNDEFINED
    fields = options.fields if isinstance(options, Record) else {}
    given = fields.get("headers")
    headers = ForeignValue("", ("Headers",), (entry,) if given is None else (given, entry))
    changed = Record({**fields, "headers": headers}, open=isinstance(options, Record) and options.open)
    return Client(request.library, request.kind, (request.args[0], changed), request.place)
