"""Decorators of the program that set timers, whatever they are called."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited

POLL = "async poll() { await fetch('https://a.test/x'); }"
TIMERS = {
    "with a descriptor": f"function Every(ms) {{ return (target, name, descriptor) => {{ const run = descriptor.value; setInterval(() => run.call(target), ms); return descriptor; }}; }} class Prices {{ @Every(5000) {POLL} }}",
    "called as one of a library": f"function Interval(seconds) {{ return (target, name, descriptor) => {{ setInterval(() => descriptor.value.apply(target), seconds * 1000); }}; }} export class Prices {{ @Interval(5) {POLL} }}",
    "by its name": f"const Every = (ms: number) => (target: any, name: string) => {{ setInterval(() => target[name](), ms); }}; class Prices {{ @Every(5000) {POLL} }}",
    "by its name, without types": f"const Every = (ms) => (target, name) => {{ setInterval(() => target[name](), ms); }}; class Prices {{ @Every(5000) {POLL} }}",
    "of the standard": f"function every(ms) {{ return (method, context) => {{ context.addInitializer(function () {{ setInterval(() => method.call(this), ms); }}); }}; }} class Prices {{ @every(5000) {POLL} }} new Prices();",
    "bare": f"function minutely(target, name, descriptor) {{ setInterval(() => descriptor.value(), 5000); }} class Prices {{ @minutely {POLL} }}",
}


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_that_a_decorator_sets(name: str) -> None:
    (trigger,) = audited({"main.ts": TIMERS[name]}).triggers
    assert [one.ms for one in trigger.intervals] == [5000]
    assert {one.path for one in trigger.endpoints} == {"/x"}


@pytest.mark.parametrize(
    "source",
    [
        f"function Every(ms) {{ return (target, name, descriptor) => descriptor; }} class Prices {{ @Every(5000) {POLL} }}",
        f"function Interval(ms) {{ return (target, name, descriptor) => {{ setInterval(() => console.log(name), ms); }}; }} class Prices {{ @Interval(5000) {POLL} }}",
    ],
)
def test_one_that_sets_none(source: str) -> None:
    assert [one for one in audited({"main.ts": source}).triggers if one.endpoints] == []


def test_one_of_a_library_is_its_own() -> None:
    source = f"import {{ Interval }} from '@nestjs/schedule'; export class Prices {{ @Interval(5000) {POLL} }}"
    (trigger,) = audited({"main.ts": source}).triggers
    assert (trigger.mechanism, [one.ms for one in trigger.intervals]) == ("@Interval", [5000])
