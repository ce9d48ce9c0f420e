"""`value.name` and `value[key]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow.components.class_states import STATE, set_later
from callaudit.flow.lists.most import most_items
from callaudit.flow.objects.mutation import property_of
from callaudit.flow.objects.proxied import member_behind
from callaudit.flow.requests.request_objects import is_request, of_request
from callaudit.flow.requests.requested import Incoming
from callaudit.flow.text.query_words import address, is_told, of_address, parameters
from callaudit.flow.text.url_ends import end_of_address
from callaudit.flow.text.url_objects import url_member
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.page_settings import is_setting
from callaudit.flow.values.tested_runs import OF_BUNDLER
from callaudit.flow.values.type_members import member_type, property_type
from callaudit.flow.values.values import (  # fmt: skip
    UNDEFINED,
    Answer,
    Cell,
    ClassValue,
    Client,
    Closure,
    Const,
    Consumer,
    Context,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Proxied,
    Record,
    Seq,
    Undefined,
    Unknown,
    Url,
    Value,
    is_nothing,
)
from callaudit.flow.values.written_defaults import written_default
from callaudit.libraries.model import Part, Told
from callaudit.libraries.tables.web import GLOBAL_OBJECTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter

ENVIRONMENTS = frozenset({("process", "env"), ("import.meta", "env"), ("Bun", "env"), ("Deno", "env")})
LONGEST_PATH = 12
MAP_METHODS = frozenset(
    {
        "get",
        "set",
        "has",
        "delete",
        "clear",
        "size",
        "forEach",
        "keys",
        "values",
        "entries",
        "toString",
        "hasOwnProperty",
    }
)


def member(interpreter: Interpreter, value: Value, name: str) -> Value:
    """What `value.name` may be; a method of something unknown is unknown but keeps its receiver."""
    value = forced(value)
    look = _LOOKS.get(type(value))
    found = look(interpreter, value, name) if look is not None else None
    return found if found is not None else Unknown(name, "a member that is not followed", receiver=value)


def _of_instance(interpreter: Interpreter, value: Instance, name: str) -> Value:
    found = interpreter.classes.member(value, name)
    if found is None:
        client = interpreter.classes.as_client(value)
        if client is not None:
            return member(interpreter, client, name)
    if name == STATE and found is not None:
        return set_later(interpreter, value, found)
    return found if found is not None else Unknown(name, "no such member is declared", receiver=value)


def _of_either(interpreter: Interpreter, value: OneOf, name: str) -> Value:
    present = [item for item in value.values if not is_nothing(item)]
    return join(member(interpreter, item, name) for item in present) if present else UNDEFINED


def _of_module(interpreter: Interpreter, value: ModuleValue, name: str) -> Value:
    exported = interpreter.export(value.module, name)
    if exported is not None:
        return exported
    whole = interpreter.export(value.module, "=")
    if whole is not None and not isinstance(forced(whole), ModuleValue):
        known = forced(whole)
        if name == "default" and not (isinstance(known, Record) and name in known.fields):
            return whole  # what `import()` and `import x from` take of CommonJS
        return member(interpreter, whole, name)
    return Unknown(name, f"{value.module} exports no {name}", receiver=value)


def _of_client(interpreter: Interpreter, value: Client, name: str) -> Value | None:
    if is_request(value) and name in ("url", "method", "headers", "body", "signal"):
        found = forced(of_request(interpreter, value, name, member))
        return found if name != "method" or not isinstance(found, Undefined) else Const("GET")
    part = value.library.clients.get(value.kind, {}).get(name)
    if isinstance(part, Part):
        return Client(value.library, part.kind, value.args, value.place and (value.place, part.kind))
    if isinstance(part, Told):
        return forced(value.args[part.index]) if part.index < len(value.args) else UNDEFINED
    if name in value.library.same:
        return value
    decorated = interpreter.noted.decorations.get((value.library.name, name))
    return forced(decorated) if decorated is not None else None


def _of_context(_interpreter: Interpreter, value: Context, name: str) -> Value | None:
    return value if name == "Provider" else Consumer(value) if name == "Consumer" else None


def _of_sequence(_interpreter: Interpreter, value: Seq, name: str) -> Value | None:
    if name != "length":
        return None
    if not (value.open or value.chosen):
        return Const(len(value.items))
    most = most_items(value)
    return Unknown(name, "data decides", receiver=value, most=most) if most is not None else None


def known(interpreter: Interpreter, value: Value) -> Value:
    """`value`, or what its declared type says that it is."""
    value = forced(value)
    if isinstance(value, Unknown) and value.type is not None:
        of_type = interpreter.types.of_type(*value.type)
        if of_type is not None and not isinstance(of_type, Unknown):
            return of_type
    return value


def _of_record(interpreter: Interpreter, value: Record, name: str) -> Value:
    found = value.fields.get(name)
    if found is None:
        if value.rest is not None and name not in MAP_METHODS:
            return join([value.rest, UNDEFINED])
        if not value.open and name not in ("toString", "hasOwnProperty", "valueOf"):
            return UNDEFINED
        return Unknown(name, "not a property that the analysis sees", receiver=value)
    found = forced(found)
    if isinstance(found, Closure) and interpreter.function(found.module, found.index).accessor:
        return interpreter.run(found, [], value, effects=False).value
    if isinstance(found, Closure) and found.this is None and not interpreter.function(found.module, found.index).arrow:
        return Closure(found.module, found.index, found.scope, value)
    return found


def _of_incoming(interpreter: Interpreter, value: Incoming, name: str) -> Value:
    """A request as the frameworks hand it over: `request.body`, Hono's and Koa's `context.req`."""
    if name == "body":
        return value.body
    if name in ("req", "request"):
        return value
    if is_told(value.said):
        if name == "query":
            return parameters(value.said, is_map=False)
        if name in ("url", "originalUrl"):
            return address(value.said)
        if name == "nextUrl":
            return Url(address(value.said))
    return _of_unknown(interpreter, value, name)


def _of_url(_interpreter: Interpreter, value: Url, name: str) -> Value | None:
    return of_address(value) if name == "searchParams" else url_member(value, name)


def _of_unknown(interpreter: Interpreter, value: Unknown, name: str) -> Value:
    if name == "length" and value.most is not None:
        return Unknown(name, value.why or f"{value.name} is not known", receiver=value, most=value.most)
    if value.type is not None:
        of_type = known(interpreter, value)
        if of_type is not value:
            return member(interpreter, of_type, name)
        declared = member_type(interpreter, value.type[0], value.type[1], name)
        if declared is None and (of_any := property_type(value.type[1])):
            declared = value.type[0], of_any
        if declared is not None:
            return Unknown(name, value.why, type=declared, receiver=value)
    end = end_of_address(value, name)
    return end if end is not None else Unknown(name, value.why or f"{value.name} is not known", receiver=value)


def _of_foreign(interpreter: Interpreter, value: ForeignValue, name: str) -> Value:
    if value.args is not None:
        return Unknown(name, f"a result of {value.package or 'the platform'}", receiver=value)
    if value.package == "" and value.path in ENVIRONMENTS:
        mode = name == "MODE" and value.path[0] == "import.meta"
        return environment(interpreter, name, OF_BUNDLER) if mode else environment(interpreter, name)
    of_global = value.package == "" and len(value.path) == 1 and value.path[0] in GLOBAL_OBJECTS
    if value.package == "" and is_setting((name,) if of_global else (*value.path, name)):
        return environment(interpreter, name)
    if of_global:
        return ForeignValue("", (name,))
    if len(value.path) >= LONGEST_PATH:
        return Unknown(name, "a long path of members")
    return ForeignValue(value.package, (*value.path, name))


def environment(interpreter: Interpreter, name: str, why: str = "an environment variable") -> Unknown:
    """The environment variable `name`, with the default that an example file gives, or the code elsewhere."""
    default = interpreter.env_defaults.get(name) or written_default(interpreter, name)
    return Unknown(name, why, env=name, default=default)


def _of_class(interpreter: Interpreter, value: ClassValue, name: str) -> Value:
    for cls in interpreter.classes.lineage(value):
        function = interpreter.classes.method(cls, name, static=True)
        if function is not None:
            closure = Closure(cls.module, function, cls.scope, value)
            if interpreter.function(cls.module, function).accessor:
                return interpreter.run(closure, [], effects=False).value
            return interpreter.classes.decorated(closure)
        for field in interpreter.class_facts(cls).fields:
            found = interpreter.classes.static(cls, field) if field.static and field.name == name else None
            if found is not None:
                return found
        found = interpreter.classes.undeclared(cls, name)
        if found is not None:
            return found
    if name == "prototype":  # an object with the methods of the class: `Base.prototype.load.call(this)`
        return interpreter.instance(("prototype", value.module, value.index), value, ())
    return Unknown(name, "a static member that is set elsewhere", receiver=value)


_LOOKS: dict[type[Value], Callable[[Interpreter, Any, str], Value | None]] = {
    Record: _of_record,
    Cell: _of_record,
    Instance: _of_instance,
    Unknown: _of_unknown,
    Answer: _of_unknown,
    Incoming: _of_incoming,
    OneOf: _of_either,
    ModuleValue: _of_module,
    ForeignValue: _of_foreign,
    ClassValue: _of_class,
    Proxied: lambda interpreter, value, name: member_behind(interpreter, value, name, member),
    Url: _of_url,
    Client: _of_client,
    Seq: _of_sequence,
    Closure: property_of,
    Context: _of_context,
    Undefined: lambda _interpreter, _value, _name: UNDEFINED,
}
