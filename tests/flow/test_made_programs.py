"""What a small program costs is bounded, whatever it holds: counted in steps, as a clock depends on the machine."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from callaudit.flow.machine.interpreter import Interpreter
from callaudit.flow.objects.construct import MADE_AGAIN
from tests.flow.made import programs
from tests.projects import audited, brief, cases, entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_STEPS = 60_000
"""Blocks that are taken and expressions that are asked for; programs of this length need a few hundred."""


class Steps:
    """Counts steps, and ends the run where there are too many."""

    def __init__(self) -> None:
        self.taken = 0

    def take(self) -> None:
        self.taken += 1
        assert self.taken < MOST_STEPS, "a program of a few lines takes too many steps"


STEPS = Steps()


@pytest.fixture(autouse=True, scope="module")
def _counted() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    for name in ("block", "evaluate", "lazy", "run"):
        patch.setattr(Interpreter, name, _counting(getattr(Interpreter, name)))
    yield
    patch.undo()


def _counting(work: Callable[..., object]) -> Callable[..., object]:
    def counted(*args: object, **named: object) -> object:
        STEPS.take()
        return work(*args, **named)

    return counted


def steps_of(source: str) -> int:
    STEPS.taken = 0
    audited({"main.ts": source})
    return STEPS.taken


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(programs())
def test_a_program_that_nobody_would_write_ends_soon(source: str) -> None:
    steps_of(source)


MADE = {
    "by a field": "class A { a = new A(); b = new A(); c = fetch('https://a.test/x'); }",
    "by fields of each other": "class A { a = [new B(), new B()]; c = fetch('https://a.test/x'); } class B { a = [new A(), new A()]; b = new A(); }",
    "by fields and a constructor": "class A { a = new A(this); c = fetch('https://a.test/x'); constructor(x?) { new A().load(x); } load() {} }",
    "by what is extended": "function mixin(Base) { return class extends Base { a = new B(fetch('https://a.test/x')); }; } class C {} class A extends mixin(C) {} class B extends mixin(A) {}",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(MADE))
def test_objects_that_begin_with_objects_of_their_class_are_followed_once(name: str) -> None:
    source = f"{MADE[name]} new A();"
    assert steps_of(source) < 3_000
    inventory = audited({"main.ts": source})
    assert "GET a.test/x" in brief(entry(inventory, "main.ts"))
    assert MADE_AGAIN in {gap.why for gap in inventory.unknowns}


APART = {
    "of another class": "class B { c = fetch('https://a.test/x'); } class A { a = new B(); b = new B(); } new A();",
    "one after the other": "class A { c = fetch('https://a.test/x'); } new A(); new A();",
}


@pytest.mark.parametrize("name", cases(APART))
def test_objects_that_do_not_are_all_followed(name: str) -> None:
    assert steps_of(APART[name]) < 1_000
    inventory = audited({"main.ts": APART[name]})
    assert brief(entry(inventory, "main.ts")) == {"GET a.test/x": (2, 2)}
    assert MADE_AGAIN not in {gap.why for gap in inventory.unknowns}


HOLDING = {
    "itself": "const f = g.bind(null, f); function g(x, y?) { return fetch('https://a.test/' + y); } f('x');",
    "one that holds it": "const f = g.bind(null, () => h); const h = g.bind(null, f, h); function g(x, y, z) { return fetch('https://a.test/' + z); } h('x');",
    "an object that holds it": "const api = { load: g.bind(null, api) }; function g(x, y) { return fetch('https://a.test/x'); } api.load('x');",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(HOLDING))
def test_a_function_that_is_bound_to_itself_is_told_from_others(name: str) -> None:
    assert steps_of(HOLDING[name]) < 1_000
    assert brief(entry(audited({"main.ts": HOLDING[name]}), "main.ts"))["GET a.test/x"][0] == 1


def test_functions_bound_to_different_values_stay_apart() -> None:
    source = "const f = g.bind(null, 'x'), h = g.bind(null, 'y'); function g(x) { return fetch('https://a.test/' + x); } f(); h();"
    assert brief(entry(audited({"main.ts": source}), "main.ts")) == {"GET a.test/x": (1, 1), "GET a.test/y": (1, 1)}
