"""The load model as the page's scripts read it: names once, nothing that has its default value."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Any

import msgspec

from callaudit.load.processes import serves_users
from callaudit.load.ranges import NOTHING, ONE
from callaudit.report.escape import html_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.load.model import Batch, Bucket, Charge, Condition, Model, Stream
    from callaudit.load.ranges import Range
    from callaudit.load.scenario import Scenario

_SHARES = ("share_concurrent", "share_connected", "websocket_uptime", "focus_share", "tabs", "returns_per_hour")
_TIMES = ("dwell_s", "latency_s", "retry_miss", "failure", "unknown_condition")
_COUNTS = ("name", "users", "server_instances", "worker_instances", "server_ips", "keys_set")


def embedded(model: Model, scenarios: tuple[Scenario, ...], place: Callable[[str, int], str]) -> str:
    """Return model and scenarios as JSON that may stand in a script element; `place` gives the anchor of a line."""
    data = {
        "buckets": [_bucket(bucket) for bucket in model.buckets],
        "pages": model.pages,
        "has_users": serves_users(model),
        "runs": {run.name: run.max for run in model.runs if run.max is not None},
        "streams": [_stream(stream, model, place) for stream in model.streams],
        "scenarios": [_scenario(scenario) for scenario in scenarios],
    }
    text = msgspec.json.encode(_visible(msgspec.to_builtins(data))).decode()
    for character, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028")):
        text = text.replace(character, written)
    return text


def _visible(value: Any) -> Any:
    """The same with every text as the page shows it."""
    if isinstance(value, str):
        return html_text(value)
    if isinstance(value, dict):
        return {_visible(key): _visible(one) for key, one in value.items()}
    return [_visible(one) for one in value] if isinstance(value, (list, tuple)) else value


def _bucket(bucket: Bucket) -> dict[str, Any]:
    names = ("id", "provider", "unit", "per", "capacity", "window_s", "concurrent", "tiers")
    found = {name: getattr(bucket, name) for name in names}
    return {**found, "title": bucket.title or bucket.id}


def _stream(stream: Stream, model: Model, place: Callable[[str, int], str]) -> dict[str, Any]:
    numbers = {bucket.id: number for number, bucket in enumerate(model.buckets)}
    found = {
        name: getattr(stream, name)
        for name in ("id", "kind", "entry", "endpoint", "host", "holder", "origin", "scope", "effect")
    }
    spot = stream.site if stream.action else stream  # an action has many calls: the line is that of the call
    found["at"] = place(spot.file, spot.line)
    found["charges"] = _charges(stream.charges, numbers)
    optional = {
        "pages": [model.pages.index(page) for page in stream.pages if page in model.pages],
        "calls": None if stream.calls == ONE else _range(stream.calls),
        "fresh": None if stream.fresh_s == NOTHING else _range(stream.fresh_s),
        "alternatives": [[one.seconds, _condition(one.when)] for one in stream.alternatives],
        "without_key": _charges(stream.without_key, numbers),
        "when": _condition(stream.when),
        "after_run": stream.after_run,
        "background": stream.background,
        "action": stream.action,
        "retry": stream.retry_attempts if stream.retry_attempts != 1 else None,
        "failure": stream.failure_attempts if stream.failure_attempts != 1 else None,
        "failure_delays_s": stream.failure_delays_s,
        "restarts": [[one.action, _range(one.chance)] for one in stream.restarts],
        "pushed": bool(stream.channel),
        "with_key": _charges(stream.with_key, numbers) if stream.key_header else None,
        "batch": _batch(stream.batch, numbers) if stream.batch is not None else None,
        "caches": list(stream.caches),
        "queues": list(stream.queues),
    }
    return {**found, **{name: value for name, value in optional.items() if value}}


def _batch(batch: Batch, numbers: dict[str, int]) -> dict[str, Any]:
    prices = {"charges": _charges(batch.charges, numbers), "without_key": _charges(batch.without_key, numbers)}
    return {"most": batch.most, **prices}


def _charges(charges: tuple[Charge, ...], numbers: dict[str, int]) -> list[Any]:
    return [[numbers[charge.bucket], _range(charge.cost)] for charge in charges]


def _range(value: Range) -> list[float | None]:
    """Lowest, expected and highest; JSON has no number without end."""
    return [None if isinf(point) else point for point in (value.low, value.expected, value.high)]


def _condition(condition: Condition | None) -> list[Any] | None:
    if condition is None:
        return None
    if condition.term is not None:
        return ["term", condition.term.kind, condition.term.text]
    return [condition.op, *(_condition(part) for part in condition.parts)]


def _scenario(scenario: Scenario) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(scenario, name) for name in _COUNTS}
    found |= {name: _range(getattr(scenario, name)) for name in (*_SHARES, *_TIMES)}
    found["pages"] = [{"page": one.page, "share": one.share, "dwell_s": one.dwell_s} for one in scenario.pages]
    found["actions"] = [
        {"entry": one.entry, "per_second": _range(one.per_second), "per_user": one.per_user} for one in scenario.actions
    ]
    found["conditions"] = {text: _range(share) for text, share in scenario.conditions}
    found["tiers"] = dict(scenario.tiers)
    return found
