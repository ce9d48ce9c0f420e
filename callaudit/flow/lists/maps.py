"""What a `Map` gives when it is walked through: its pairs, its values, its keys."""

from __future__ import annotations

from callaudit.flow.values.computed import is_computed
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import UNDEFINED, Const, OneOf, Record, Seq, Undefined, Unknown, Value


def pairs_of(value: Record) -> Seq:
    """`[key, value]` of each entry, for a map and for the properties of an object."""
    pairs = [Seq((key_of(name), _entry(value, item))) for name, item in value.fields.items()]
    if value.rest is not None:
        pairs.append(Seq((_computed(), value.rest)))
    return Seq(tuple(pairs), open=value.open, chosen=_may_lack(value))


def values_of(value: Record) -> Seq:
    """The value of each entry."""
    rest = (value.rest,) if value.rest is not None else ()
    items = (_entry(value, item) for item in value.fields.values())
    return Seq((*items, *rest), open=value.open, chosen=_may_lack(value))


def keys_of(value: Record) -> Seq:
    """The key of each entry."""
    rest = (_computed(),) if value.rest is not None else ()
    return Seq((*map(key_of, value.fields), *rest), open=value.open, chosen=_may_lack(value))


WALKS = {"values": values_of, "entries": pairs_of, "keys": keys_of}
"""The methods of a map that walk through it."""


def is_walk(receiver: Record, name: str) -> bool:
    """Whether `receiver.name()` walks through a map."""
    is_map = receiver.is_map or (receiver.rest is not None and name == "values")
    return is_map and name in WALKS and name not in receiver.fields


def walked(value: Value) -> Value:
    """What a loop over `value` sees: of a map its pairs."""
    return pairs_of(value) if isinstance(value, Record) and value.is_map else value


def key_of(name: str) -> Value:
    """The key of a field."""
    return _computed() if is_computed(name) else Const(name)


def _may_lack(value: Record) -> bool:
    """Whether an object may be without all of its fields: each is one that only some of several ways set."""
    return bool(value.fields) and all(
        type(item) is OneOf and any(type(one) is Undefined for one in item.values) for item in value.fields.values()
    )


def _entry(value: Record, item: Value) -> Value:
    """The value of an entry that is there: one that is put in later may not be, and is not walked to."""
    return Lazy(lambda: _present(item)) if value.open else item


def _present(item: Value) -> Value:
    known = forced(item)
    return join(one for one in known.values if one is not UNDEFINED) if isinstance(known, OneOf) else known


def _computed() -> Value:
    return Unknown("key", "a key that is computed", given=True)
