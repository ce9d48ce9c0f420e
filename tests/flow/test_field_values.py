"""What fields begin with is done when an object is made: timers, workers, requests."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

SETUP = "const one = () => fetch('https://a.test/one');\n"
TIMERS = {
    "field": "class P { private timer = setInterval(() => this.load(), 5000); private load() { return one(); } } new P();",
    "private field in an object": "class P { #timers = { load: setInterval(() => one(), 5000) }; } export const p = new P();",
    "field of a base class": "class B { timer = setInterval(() => this.load(), 5000); load() {} } class P extends B { load() { return one(); } } new P();",
    "constructor of a base class": "class B { constructor(private every: number) { setInterval(() => this.load(), this.every); } load() { return one(); } } class P extends B {} new P(5000);",
    "function in a field": "class P { load = () => one(); constructor() { setInterval(this.load, 5000); } } new P();",
    "static field": "class P { static timer = setInterval(() => P.load(), 5000); static load() { return one(); } } console.log(P);",
    "worker": "import { Queue, Worker } from 'bullmq'; class P { private queue = new Queue('q'); private worker = new Worker('q', (job) => this.work(job)); private work(job: unknown) { return one(); } start() { return this.queue.add('x', {}, { repeat: { every: 5000 } }); } } new P().start();",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(TIMERS))
def test_a_timer_in_a_field_runs(name: str) -> None:
    (trigger,) = audited({"main.ts": SETUP + TIMERS[name]}).triggers
    assert [one.ms for one in trigger.intervals] == [5000]
    assert {end.path for end in trigger.endpoints} == {"/one"}


def test_fields_come_before_the_constructor_each_once() -> None:
    source = (
        "class B { first = one(); } class P extends B { second = one(); constructor() { super(); one(); } } new P();"
    )
    assert run(SETUP + source) == {"GET a.test/one": (3, 3)}


@pytest.mark.parametrize(
    "source",
    [
        "class P { timer = setInterval(() => one(), 5000); }",
        "class P { load = () => one(); } new P();",
        "class P { static load = () => one(); timer = setInterval(() => console.log('tick'), 5000); } new P();",
    ],
)
def test_what_is_not_made_or_not_called_does_nothing(source: str) -> None:
    assert audited({"main.ts": SETUP + source}).triggers == ()
    assert run(SETUP + source) == {}
