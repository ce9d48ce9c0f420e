"""Scenarios and budgets as the configuration writes them, on top of those that come built in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.config.load_settings import subject
from callaudit.config.mistakes import ConfigError, Mistake
from callaudit.load.budgets import Budget
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.conditions import terms
from callaudit.load.ranges import Range, exactly
from callaudit.load.scenario import Action, Scenario, Visit
from callaudit.providers.mistakes import did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.config.load import Config
    from callaudit.load.model import Model

_SPANS = (
    "share_concurrent", "share_connected", "websocket_uptime", "focus_share", "tabs", "returns_per_hour",
    "retry_miss", "failure", "unknown_condition",
)  # fmt: skip
_TIMES = {"dwell": "dwell_s", "latency": "latency_s"}
_LISTED = {
    "action": "; callaudit inventory lists routes",
    "page": "; callaudit inventory --view pages lists them",
    "condition": "; callaudit load --assumptions lists them",
}
_PLAIN = ("users", "server_instances", "worker_instances", "server_ips", "keys_set")


def scenarios(config: Config) -> tuple[Scenario, ...]:
    """Every scenario by name: the built-in ones, changed where the configuration names them, then its own.

    A scenario of the configuration that is not built in begins with the defaults of `Scenario`.
    """
    written: dict[str, Any] = config["scenario"]
    found = {scenario.name: scenario for scenario in builtin_scenarios()}
    for name, table in written.items():
        found[name] = _written(found.get(name, Scenario(name=name)), table, name, config)
    return tuple(_tiered(scenario, config) for scenario in found.values())


def default_names(config: Config) -> tuple[str, ...]:
    """The scenarios that are estimated where none is asked for: those of the configuration, else the built-in ones."""
    return tuple(config["scenario"]) or tuple(scenario.name for scenario in builtin_scenarios())


def budgets(config: Config) -> tuple[Budget, ...]:
    """Every budget, with its place."""
    return tuple(
        Budget(
            name=name,
            about=subject(name),
            scenario=table.get("scenario", ""),
            limits=tuple((limit, float(value)) for limit, value in table.items() if limit != "scenario"),
            file=config.file,
            lines=tuple((limit, _line(config.origin("budget", name, limit))) for limit in table),
        )
        for name, table in config["budget"].items()
    )


def check_names(config: Config, model: Model) -> None:
    """Raise `ConfigError` where the configuration names what the repository does not have."""
    mistakes = unknown_names(config, model)
    if mistakes:
        raise ConfigError(config.file, mistakes)


def unknown_names(config: Config, model: Model) -> list[Mistake]:
    """Return a mistake for each action, page or condition of the configuration that the repository does not have."""
    known: dict[str, Iterable[str]] = {
        "action": sorted({stream.action for stream in model.streams if stream.action}),
        "page": model.pages,
        "condition": _conditions(model),
    }
    named: list[tuple[str, str, tuple[str, ...]]] = [
        (kind, name, ("scenario", scenario, f"{kind}s", name))
        for scenario, table in config["scenario"].items()
        for kind in known
        for name in table.get(f"{kind}s", {})
    ]
    named += [(subject(name), name, ("budget", name)) for name in config["budget"]]
    return [
        config.mistake(f"no {kind} is called {quote(name)}{did_you_mean(name, known[kind]) or _LISTED[kind]}", *keys)
        for kind, name, keys in named
        if kind in known and name not in known[kind]
    ]


def _conditions(model: Model) -> list[str]:
    """Return what the code asks before it calls, as `conditions` of a scenario name it."""
    whens = [stream.when for stream in model.streams]
    whens += [one.when for stream in model.streams for one in stream.alternatives]
    return sorted({term.text for when in whens for term in terms(when)})


def _written(base: Scenario, table: dict[str, Any], name: str, config: Config) -> Scenario:
    fields: dict[str, Any] = {field: _range(table[field]) for field in _SPANS if field in table}
    fields |= {ours: _range(table[field], 1000) for field, ours in _TIMES.items() if field in table}
    fields |= {field: table[field] for field in _PLAIN if field in table}
    sources = dict(base.sources)
    for field in table:
        sources[_TIMES.get(field, field)] = config.origin("scenario", name, field)
    if "actions" in table:
        fields["actions"] = tuple(
            Action(entry, exactly(rate.per_second), each, config.origin("scenario", name, "actions", entry))
            for entry, (rate, each) in table["actions"].items()
        )
    if "pages" in table:
        fields["pages"] = tuple(
            Visit(page, one["share"], _seconds(one), config.origin("scenario", name, "pages", page))
            for page, one in table["pages"].items()
        )
    if "conditions" in table:
        fields["conditions"] = tuple((text, _range(share)) for text, share in table["conditions"].items())
        for text in table["conditions"]:
            sources[f"conditions.{text}"] = config.origin("scenario", name, "conditions", text)
    # An audit's figures hold for its own assumptions alone.
    return replace(base, **fields, sources=tuple(sources.items()), claims=())


def _tiered(scenario: Scenario, config: Config) -> Scenario:
    written = {provider: table["tier"] for provider, table in config["providers"].items() if "tier" in table}
    if not written:
        return scenario
    sources = dict(scenario.sources)
    for provider in written:
        sources[f"tier.{provider}"] = config.origin("providers", provider, "tier")
    return replace(scenario, tiers=tuple(written.items()), sources=tuple(sources.items()))


def _seconds(page: dict[str, Any]) -> float | None:
    return page["dwell"] / 1000 if "dwell" in page else None


def _range(triple: Any, unit: float = 1) -> Range:
    return Range(triple.low / unit, triple.expected / unit, triple.high / unit)


def _line(origin: str) -> int:
    number = origin.rpartition(":")[2]
    return int(number) if number.isdigit() else 1
