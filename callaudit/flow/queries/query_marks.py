"""What the effects of a query are marked with: the trigger that asks again, the guard that keeps the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.states import with_state
from callaudit.flow.effects.effects import Guarded
from callaudit.flow.effects.records import ENDLESS, Guard, Span, Trigger
from callaudit.flow.lists.flattening import is_infinite
from callaudit.flow.queries.query_keys import key_words, scope_of, told_parts
from callaudit.flow.queries.query_retries import default_words
from callaudit.flow.text.strings import show
from callaudit.flow.timers.spans import Times, times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.queries.query_settings import Setting, Settings
    from callaudit.libraries.model import Query, QueryOptions

BROWSER = "browser"


class Asked:
    """A query: its model, options and key. `optional` holds where it may have no key, and so is not asked."""

    def __init__(self, model: Query, settings: Settings, key: Value | None, parts: tuple[str, ...] | None) -> None:
        """Hold what is known of it."""
        self.model = model
        self.settings = settings
        self.key = key
        self.parts = parts
        self.optional = False
        self.notes: tuple[tuple[str, str], ...] = ()

    def switched(self) -> bool | None:
        """Whether it is switched on; `None` where that depends."""
        names = self.model.names
        on, off = self.settings.find(names.enabled), self.settings.find(names.disabled)
        answer = off.truth() if off is not None else False
        if on is None or answer is True:
            return None if answer is None else not answer
        return None if answer is None and on.truth() else on.truth()

    def certain(self) -> bool:
        """Whether it surely asks when it is mounted."""
        return not self.optional and self.switched() is True

    def condition(self) -> str:
        """When it asks, in words; empty for always."""
        names = self.model.names
        on, off = self.settings.find(names.enabled), self.settings.find(names.disabled)
        switched_off = off is not None and off.truth() is not False
        if on is not None and not (switched_off and on.truth()):
            return "" if on.truth() else on.text()
        if off is not None and switched_off:
            return f"!({off.text()})"
        if not self.optional:
            return ""
        return "there is a key" if self.model.handed == "key" else "it is not skipped"


def trigger_of(interpreter: Interpreter, here: Application, asked: Asked) -> Trigger:
    """What asks again: an interval, or the focus of the window, or only the mount."""
    names, settings = asked.model.names, asked.settings
    interval = settings.find(names.interval)
    found = (
        times(interpreter, with_state(interpreter, interval.value)) if interval is not None else Times((), "", off=True)
    )
    why = found.why if not found.spans else ""
    focus = settings.find(names.focus)
    kind, mechanism, place = "load", asked.model.mechanism, None
    if asked.switched() is False:
        kind = "event"  # it asks only when somebody calls `refetch`
    elif found.spans or why:
        kind, mechanism, place = "poll", names.interval, interval
    elif (focus.truth() is not False) if focus is not None else names.on_focus:
        kind, mechanism, place = "focus", names.focus, focus
    own = place if place is not None and place.own else None
    return Trigger(
        kind,
        mechanism,
        own.file if own is not None else here.scope.module,
        own.line if own is not None else here.expr.line,
        own.function if own is not None else settings.function,
        found.spans if kind == "poll" else (),
        why if kind == "poll" else "",
        after=kind == "poll",
        stale=stale_of(interpreter, settings, names)[0],
        enabled=asked.condition(),
        background=_background(settings, names) if kind == "poll" else None,
        key=key_words(asked.key, asked.parts),
        settings=_words(asked, place if kind == "poll" else None),
        parts=asked.parts or told_parts(asked.key),
    )


def _background(settings: Settings, names: QueryOptions) -> bool | None:
    """Whether it goes on in a hidden tab; `None` where that depends."""
    background, foreground = settings.find(names.background), settings.find(names.foreground)
    if background is not None:
        return background.truth()
    if foreground is not None:
        answer = foreground.truth()
        return None if answer is None else not answer
    return names.in_background


def stale_of(
    interpreter: Interpreter, settings: Settings, names: QueryOptions
) -> tuple[tuple[Span, ...], str, Setting | None]:
    """How long an answer is fresh, why that is not known, and where it is said."""
    setting = settings.find(names.stale)
    if setting is None:
        return (), "", None
    if _is_endless(setting.value):
        return (), ENDLESS, setting
    found = times(interpreter, setting.value, names.stale_unit)
    return found.spans, "" if found.spans else found.why, setting


def _is_endless(value: Value) -> bool:
    known = forced(value)
    return known.value == "static" if isinstance(known, Const) else is_infinite(known)


def guarded(interpreter: Interpreter, here: Application, asked: Asked, inside: Sequence[Effect]) -> tuple[Effect, ...]:
    """What is asked, behind what answers for it: a fresh answer, or one that is on its way."""
    names, settings = asked.model.names, asked.settings
    if names.keyed and asked.key is None:
        return tuple(inside)
    spans, why, setting = stale_of(interpreter, settings, names)
    scope, key = scope_of(asked.key, asked.parts), key_words(asked.key, asked.parts)
    if setting is not None and (spans or why):
        own = setting.own
        guard = Guard(
            "cache", names.stale, setting.file, setting.line, setting.function, spans,
            scope if own else "per-key", BROWSER, key if own else "every key", why,
        )  # fmt: skip
    else:
        window = settings.find(names.window)
        found = times(interpreter, window.value).spans if window is not None else ()
        if not found and window is None and names.window_ms:
            found = (Span(names.window_ms),)
        own = window is not None and window.own
        guard = Guard(
            "dedup",
            names.window or "query key",
            window.file if window is not None and own else here.scope.module,
            window.line if window is not None and own else here.expr.line,
            settings.function,
            found,
            scope,
            BROWSER,
            key,
        )
    return (Guarded(guard, tuple(inside)),)


def _words(asked: Asked, used: Setting | None) -> tuple[tuple[str, str], ...]:
    """What a reader wants to know of the other options: given ones as written, others as they are by default."""
    names, settings = asked.model.names, asked.settings
    found: list[tuple[str, str]] = []
    if used is not None and not used.own:
        found.append((f"{names.interval or 'interval'} is set", f"for all queries, {used.file}:{used.line}"))
    asks = ((names.focus, show(names.on_focus)), *names.others)
    for name, default in asks:
        if name:
            found.append((name, _given(settings.find(name)) or f"{default} by default"))
    if names.window:
        found.append((names.window, _given(settings.find(names.window)) or f"{show(names.window_ms)} by default"))
    if names.retry or names.retries:
        found.append((names.retry or "retry", _given(settings.find(names.retry)) or default_words(names)))
    if asked.model.how == "pages":
        limit = settings.find("maxPages")
        pages = "every loaded page again, one after the other"
        found.append(("pages", pages + (f", {limit.text()} at most" if limit is not None else "")))
    if asked.model.how == "first-page":
        every = settings.find("revalidateAll")
        on = every is not None and every.truth() is True
        found.append(("pages", "every loaded page again" if on else "the first page again"))
    return (*found, *asked.notes)


def _given(setting: Setting | None) -> str:
    if setting is None:
        return ""
    text = "a function" if isinstance(forced(setting.value), Closure) else setting.text()
    return text if setting.own else f"{text} (for all queries)"
