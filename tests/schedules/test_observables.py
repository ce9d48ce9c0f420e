"""Observables of RxJS: values that come at an interval, and what is asked for again after an error or an end."""
# ruff: noqa: E501 - a chain a line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases

SETUP = """
    import { Component, Injectable } from '@angular/core';
    import { HttpClient } from '@angular/common/http';
    import {
      combineLatest, concat, delay, delayWhen, expand, filter, first, interval, map, merge, mergeMap, of, pipe, repeat,
      repeatWhen, retry, retryWhen, scan, startWith, switchMap, take, tap, throwError, timer,
    } from 'rxjs';
    import { concatMap, exhaustMap } from 'rxjs/operators';
    const tries = (count: number) => (source) => source.pipe(retry({ count, delay: 50 }));
    const slowly = pipe(delay(1), retry(1));
    @Injectable({ providedIn: 'root' })
    export class Data {
      constructor(private http: HttpClient) {}
      one() { return this.http.get('https://a.test/one'); }
    }
    @Component({ selector: 'a', template: '' })
    export class A {
      ticks$ = interval(60 * 1000);
      constructor(private data: Data) {}
      ngOnInit() {
        CODE
      }
    }
"""

Polls = list[tuple[str, tuple[float, ...], str]]
O = "GET a.test/one"  # noqa: E741 - reads like the request


def _source(code: str) -> dict[str, str]:
    return {"a.ts": SETUP.replace("CODE", code.replace("this.one()", "this.data.one()"))}


def polls(code: str) -> Polls:
    triggers = audited(_source(code)).triggers
    return [(one.mechanism, tuple(span.ms for span in one.intervals), one.period) for one in triggers]


POLLS: dict[str, tuple[str, Polls]] = {
    "interval, subscribed": ("interval(5000).subscribe(() => this.one());", [("interval", (5000,), "interval")]),
    "an observer": (
        "interval(5000).subscribe({ next: () => this.one() });",
        [("interval", (5000,), "interval")],
    ),
    "interval, piped first": (
        "interval(30 * 1000).pipe(map((n) => n)).subscribe(() => { this.one(); });",
        [("interval", (30_000,), "interval")],
    ),
    "switchMap": ("interval(700).pipe(switchMap(() => this.one())).subscribe();", [("interval", (700,), "interval")]),
    "concatMap, from rxjs/operators": (
        "timer(0, 800).pipe(concatMap(() => this.one())).subscribe();",
        [("timer", (800,), "interval")],
    ),
    "exhaustMap": ("timer(10, 900).pipe(exhaustMap(() => this.one())).subscribe();", [("timer", (900,), "interval")]),
    "mergeMap after startWith": (
        "interval(900).pipe(startWith(0), mergeMap(() => this.one())).subscribe();",
        [("interval", (900,), "interval")],
    ),
    "kept in a field": (
        "this.ticks$.pipe(switchMap(() => this.one())).subscribe();",
        [("interval", (60_000,), "interval")],
    ),
    "kept in a variable": (
        "const ticks$ = timer(0, 400).pipe(map((n) => n)); ticks$.subscribe(() => this.one());",
        [("timer", (400,), "interval")],
    ),
    "merged": (
        "merge(of(0), interval(300)).pipe(switchMap(() => this.one())).subscribe();",
        [("interval", (300,), "interval")],
    ),
    "combined in a list": (
        "combineLatest([of(0), interval(300)]).pipe(switchMap(() => this.one())).subscribe();",
        [("interval", (300,), "interval")],
    ),
    "begun by another value": (
        "of(1).pipe(switchMap(() => timer(0, 600)), switchMap(() => this.one())).subscribe();",
        [("timer", (600,), "interval")],
    ),
    "begun by another value, subscribed": (
        "of(1).pipe(switchMap(() => timer(0, 600))).subscribe(() => this.one());",
        [("timer", (600,), "interval")],
    ),
    "until an answer is good": (
        "interval(500).pipe(switchMap(() => this.one()), filter((answer) => !!answer), take(1)).subscribe();",
        [("interval", (500,), "interval")],
    ),
    "first good answer": (
        "interval(500).pipe(switchMap(() => this.one()), first((answer) => !!answer)).subscribe();",
        [("interval", (500,), "interval")],
    ),
    "repeat": ("this.one().pipe(repeat({ delay: 2000 })).subscribe();", [("repeat", (2000,), "interval+run")]),
    "repeat, by a timer": (
        "this.one().pipe(repeat({ delay: () => timer(2500) })).subscribe();",
        [("repeat", (2500,), "interval+run")],
    ),
    "repeatWhen": (
        "this.one().pipe(repeatWhen((ends) => ends.pipe(delay(1500)))).subscribe();",
        [("repeatWhen", (1500,), "interval+run")],
    ),
    "expand": (
        "this.one().pipe(expand(() => timer(4000).pipe(switchMap(() => this.one())))).subscribe();",
        [("expand", (4000,), "interval+run")],
    ),
    "an interval that is not known": ("interval(this.every).subscribe(() => this.one());", [("interval", (), "")]),
    # ---
    "timer without a period": ("timer(5000).subscribe(() => this.one());", []),
    "timer without a period, piped": ("timer(5000).pipe(switchMap(() => this.one())).subscribe();", []),
    "only the first value": ("interval(500).pipe(first(), switchMap(() => this.one())).subscribe();", []),
    "five values": ("interval(500).pipe(take(5), switchMap(() => this.one())).subscribe();", []),
    "five values, taken later": ("interval(500).pipe(switchMap(() => this.one()), take(5)).subscribe();", []),
    "repeat, three times": ("this.one().pipe(repeat(3)).subscribe();", []),
    "repeat, but one answer is enough": ("this.one().pipe(take(1), repeat({ count: 1 })).subscribe();", []),
    "nothing asked for": ("interval(500).subscribe(() => console.log(1)); this.one().subscribe();", []),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(POLLS))
def test_a_poll(name: str) -> None:
    code, wanted = POLLS[name]
    assert polls(code) == wanted


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("interval(500).pipe(take(5), switchMap(() => this.one())).subscribe();", (5, 5)),
        ("interval(500).pipe(switchMap(() => this.one()), take(5)).subscribe();", (5, 5)),
        ("interval(500).pipe(take(4)).subscribe(() => this.one());", (4, 4)),
        ("interval(500).pipe(first(), switchMap(() => this.one())).subscribe();", (1, 1)),
        ("this.one().pipe(repeat(3)).subscribe();", (3, 3)),
        ("timer(5000).subscribe(() => this.one());", (0, 1)),
        ("interval(500).pipe(switchMap(() => this.one())).subscribe();", (1, 1)),
    ],
)
def test_how_many_values_come(code: str, bounds: tuple[int, int]) -> None:
    assert called(audited(_source(code)), "component", "A") == {O: bounds}


def test_a_poll_stands_where_its_values_come_from() -> None:
    (trigger,) = audited(
        _source("interval(5000)\n          .pipe(map((n) => n))\n          .subscribe(() => this.one());")
    ).triggers
    assert (trigger.file, trigger.line) == ("a.ts", 20)


RETRIES: dict[str, tuple[str, tuple[int | None, tuple[float, ...], str]]] = {
    "a number": ("retry(3)", (4, (), "none")),
    "a count": ("retry({ count: 2 })", (3, (), "none")),
    "a delay": ("retry({ count: 2, delay: 2000 })", (3, (2000, 2000), "fixed")),
    "a delay that grows": ("retry({ count: 3, delay: (error, n) => timer(n * 1000) })", (4, (1000, 2000, 3000), "linear")),
    "a delay that doubles": ("retry({ count: 3, delay: (error, n) => timer(100 * 2 ** n) })", (4, (200, 400, 800), "exponential")),
    "only some errors": ("retry({ count: 2, delay: (error) => error === 'x' ? timer(300) : throwError(() => error) })", (3, (300, 300), "fixed")),
    "without an end": ("retry({ delay: 1000 })", (None, (1000, 1000, 1000), "fixed")),
    "a constant": ("retry(this.times)", (None, (), "unknown")),
    "retryWhen": ("retryWhen((errors) => errors.pipe(delay(700)))", (None, (700, 700, 700), "fixed")),
    "retryWhen, some times": ("retryWhen((errors) => errors.pipe(delay(700), take(2)))", (3, (700, 700), "fixed")),
    "retryWhen, then an error": ("retryWhen((errors) => concat(errors.pipe(delay(700), take(2)), throwError(() => 1)))", (3, (700, 700), "fixed")),
    "retryWhen, by a timer": ("retryWhen((errors) => errors.pipe(delayWhen(() => timer(10_000))))", (None, (10_000, 10_000, 10_000), "fixed")),
    "retryWhen, counted": ("retryWhen((errors) => errors.pipe(mergeMap((e, i) => i < 2 ? timer(100 * (i + 1)) : throwError(() => e))))", (3, (100, 200), "linear")),
    "an operator of one's own": ("tries(2)", (3, (50, 50), "fixed")),
    "operators in one": ("slowly", (2, (), "none")),
    "after other operators": ("map((x) => x), retry(1)", (2, (), "none")),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(RETRIES))
def test_a_retry(name: str) -> None:
    operators, wanted = RETRIES[name]
    (retry,) = audited(_source(f"this.one().pipe({operators}).subscribe();")).retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff) == wanted
    assert retry.endpoints == (O,)
    assert retry.why if wanted[0] is None else not retry.why


def test_a_retry_that_counts_in_a_way_of_its_own_says_so() -> None:
    code = "this.one().pipe(retryWhen((errors) => errors.pipe(scan((n) => { if (n > 2) throw n; return n + 1; }, 0), delay(50))));"
    (retry,) = audited(_source(code)).retries
    assert (retry.max_attempts, retry.why) == (None, "how often it tries is not known")


@pytest.mark.parametrize(
    ("operators", "why"),
    [
        (
            "catchError((e) => { if (e.status === 504) throw e; return of(null); }), retry({ delay: 1000 })",
            "only errors",
        ),
        ("retry({ delay: 1000 }), catchError(() => of(null))", "nothing bounds it"),
    ],
)
def test_a_retry_behind_a_handler_of_errors_hears_of_some(operators: str, why: str) -> None:
    (retry,) = audited(_source(f"this.one().pipe({operators}).subscribe();")).retries
    assert retry.why.startswith(why)


@pytest.mark.parametrize("operators", ["retry(0)", "map((x) => x)", "tap(() => retry(3))"])
def test_what_tries_once_is_no_retry(operators: str) -> None:
    assert audited(_source(f"this.one().pipe({operators}).subscribe();")).retries == ()


def test_a_retry_inside_a_poll_keeps_both() -> None:
    inventory = audited(_source("timer(0, 5000).pipe(switchMap(() => this.one().pipe(retry(2)))).subscribe();"))
    assert [(one.mechanism, one.intervals[0].ms) for one in inventory.triggers] == [("timer", 5000)]
    assert [(one.mechanism, one.max_attempts) for one in inventory.retries] == [("retry", 3)]


def test_pipe_of_something_else_is_left_alone() -> None:
    source = "import { retry } from './mine'; stream.pipe(retry(3)); fetch('https://a.test/one');"
    inventory = audited({"main.ts": source, "mine.ts": "export const retry = (n: number) => n;"})
    assert (inventory.triggers, inventory.retries) == ((), ())


MADE_ELSEWHERE: dict[str, tuple[str, list[str]]] = {
    "retry of a variable": ("const a$ = this.one(); a$.pipe(retry(3)).subscribe();", ["a$"]),
    "repeat of a variable": ("const a$ = this.one(); a$.pipe(repeat({ delay: 500 })).subscribe();", ["a$"]),
    "a variable in a poll": (
        "const a$ = this.one(); interval(500).pipe(switchMap(() => a$)).subscribe();",
        ["response"],
    ),
    # ---
    "retry where it is made": ("this.one().pipe(retry(3)).subscribe();", []),
    "a poll that asks": ("interval(500).pipe(switchMap(() => this.one())).subscribe();", []),
    "retry of what asks for nothing": ("const a$ = of(1); a$.pipe(retry(3)).subscribe(); this.one();", []),
}


@pytest.mark.parametrize("name", cases(MADE_ELSEWHERE))
def test_what_is_sent_again_but_made_elsewhere_is_said(name: str) -> None:
    code, wanted = MADE_ELSEWHERE[name]
    found = [one.why.partition(": ")[2] for one in audited(_source(code)).unknowns if one.what == "observable"]
    assert found == wanted
