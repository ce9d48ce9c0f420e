"""What tables know a value by is no other value's, be the first one gone."""

from typing import TYPE_CHECKING

from callaudit.flow.values.identity import identity
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Cell, Client, Const, Proxied, Record, Seq, Value
from callaudit.libraries.model import Library

if TYPE_CHECKING:
    from collections.abc import Callable


def of_a_kind(kind: int) -> Value:
    """A value that only its identity tells from others of its kind."""
    library = Library("client", ("client",))
    makers: list[Callable[[], Value]] = [
        lambda: Cell({}, Const(1)),
        lambda: Client(library, "server", (), ()),
        lambda: Record({"a": Const(1)}),
    ]
    return makers[kind]()


def test_numbers_are_never_given_again() -> None:
    """Each value is dropped before the next is made, so that they lie at one place of the memory."""
    found = [identity(Seq((), open=False)) for _ in range(200)]
    assert len(set(found)) == len(found)
    assert 0 not in found


def test_a_value_keeps_its_number() -> None:
    value = Const("a")
    assert identity(value) == identity(value)
    assert identity(None) == 0


def test_keys_of_values_that_are_gone_are_those_of_no_others() -> None:
    for kind, depth in ((0, 3), (1, 3), (2, 0)):
        found = [key(of_a_kind(kind), depth) for _ in range(200)]
        assert len(set(found)) == len(found), kind


def test_what_is_equal_has_one_key() -> None:
    assert key(Record({"a": Const(1)})) == key(Record({"a": Const(1)}))
    target = Record({})
    assert key(Proxied(target, target)) == key(Proxied(target, Record({})))
