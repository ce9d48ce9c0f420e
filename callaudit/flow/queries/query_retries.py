"""How often a query library asks again while a query fails, and how long it waits before each time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Retry
from callaudit.flow.retries.retry_waits import computed
from callaudit.flow.timers.spans import number_of, whole
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, OneOf, Unknown

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.queries.query_settings import Setting, Settings
    from callaudit.libraries.model import QueryOptions

MOST_ASKED = 32
"""Failures after which a function that decides is asked no more."""
MOST_DELAYS = 10
SAMPLES = 4


def retry_of(interpreter: Interpreter, settings: Settings, names: QueryOptions, mechanism: str) -> Retry | None:
    """The retry that options ask for; `None` where they ask for none, or say nothing."""
    setting = settings.find(names.retry)
    if setting is None:
        return None
    attempts, why = _attempts(interpreter, setting)
    if attempts is not None and attempts <= 1:
        return None
    delay = settings.find(names.delay)
    count = MOST_DELAYS if attempts is None else min(attempts - 1, MOST_DELAYS)
    delays, jitter, unclear = _delays(interpreter, delay, names, max(count, SAMPLES))
    return Retry(
        mechanism,
        setting.file,
        setting.line,
        setting.function,
        attempts,
        tuple(delays[:count]) if attempts is not None else tuple(delays[:SAMPLES]),
        "unknown" if unclear else backoff(delays),
        jitter,
        why=why or unclear,
        stop=setting.text() if isinstance(forced(setting.value), Closure) else "",
        also=(delay.line,) if delay is not None and delay.file == setting.file else (),
    )


def default_words(names: QueryOptions) -> str:
    """What a library does by itself, in words."""
    return "without end by default" if names.retries < 0 else f"{names.retries} by default"


def _attempts(interpreter: Interpreter, setting: Setting) -> tuple[int | None, str]:
    value = forced(setting.value)
    if isinstance(value, Closure):
        return _decided(interpreter, value)
    if isinstance(value, Const) and isinstance(value.value, bool):
        return (None, "") if value.value else (1, "")
    if isinstance(value, Const) and value.value is None:
        return 1, ""
    numbers = [number_of(item) for item in (value.values if isinstance(value, OneOf) else (value,))]
    known = [number for number in numbers if number is not None]
    if known:
        return int(max(known)) + 1, ""
    name = value.name if isinstance(value, Unknown) else "it"
    return None, f"{name} is not known"


def _decided(interpreter: Interpreter, function: Closure) -> tuple[int | None, str]:
    """The attempts that a function allows, asked with one failure after the other."""
    unclear = False
    for failures in range(MOST_ASKED):
        answer = truth(interpreter.apply(function, [Const(failures), Unknown("error", "what failed")]))
        if answer is False:
            return failures + 1, ""
        unclear = unclear or answer is None
    return None, "the function that decides depends on the error alone" if unclear else ""


def _delays(
    interpreter: Interpreter, setting: Setting | None, names: QueryOptions, count: int
) -> tuple[list[float], bool, str]:
    """The waits before the second attempt, the third, …; whether chance is among them; what is not known."""
    if setting is None:
        grown = [min(names.first_delay * 2**n, names.most_delay) for n in range(count)]
        return [whole(delay) for delay in grown], names.jitter, ""
    value = forced(setting.value)
    number = number_of(value)
    if number is not None and names.jitter:  # the library makes it grow
        return [whole(number * 2**n) for n in range(count)], True, ""
    if number is not None:
        return [whole(number)] * count, False, ""
    if isinstance(value, Closure):
        waits = computed(interpreter, value, count)
        return list(waits.delays), waits.jitter, waits.why
    return [], False, f"the delay {setting.text()} is not known"


def backoff(delays: list[float]) -> str:
    """What kind of growth the first waits show."""
    if not any(delays):
        return "none"
    first = delays[:3]
    if len(set(first)) == 1:
        return "fixed"
    steps = [later - before for before, later in pairwise(first)]
    return "linear" if len(steps) > 1 and len(set(steps)) == 1 else "exponential"
