"""Keys of values are kept with them, unless something on the way was still being computed."""

from __future__ import annotations

from callaudit.flow.values.lazy import Lazy
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Const, Record, Seq, Unknown


def _options(limit: int) -> Record:
    return Record({"limit": Const(limit), "headers": Record({"accept": Const("json")})})


def test_objects_of_the_same_fields_have_one_key() -> None:
    assert key(_options(5)) == key(_options(5))
    assert key(_options(5)) != key(_options(6))
    assert key(Seq((Const(1), _options(5)))) == key(Seq((Const(1), _options(5))))
    assert key(Seq((Const(1),))) != key(Seq((Const(1),), open=True))


def test_a_key_that_was_asked_for_before_is_the_same() -> None:
    options = _options(5)
    first = key(options)
    assert key(options) == first == key(_options(5))


def test_what_was_still_being_computed_is_asked_again() -> None:
    early: list[object] = []

    def compute() -> Const:
        early.append(key(record))
        return Const(7)

    record = Record({"limit": Lazy(compute)})
    late = key(record)
    assert late == key(Record({"limit": Const(7)}))
    assert early == [key(Record({"limit": Unknown("cycle")}))]
    assert early != [late]
