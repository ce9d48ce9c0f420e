"""Models of load made of small projects, of a fixture, or of streams written by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.audit import audit
from callaudit.load.estimate import Estimate
from callaudit.load.model import Alternative, Bucket, Charge, Model, Place, Stream
from callaudit.load.ranges import ONE, Range, exactly
from callaudit.load.resolve import resolved
from callaudit.load.scenario import Action, Scenario, Visit
from callaudit.load.streams import model_of
from callaudit.load.totals import Totals
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from tests.projects import audited

if TYPE_CHECKING:
    from tests.projects import Files

ROOT = Path(__file__).parents[2]
FIGHTCLUB = ROOT / "fixtures" / "fightclub"
KEY = "pacifica.api_key"
SERVER = "pacifica.ip.server"
VISITOR = "pacifica.ip.visitor"


def project(files: Files) -> Model:
    """The model of the project that `files` are."""
    return model_of(audited(files), Catalogue(builtin_profiles()))


@cache
def fightclub() -> Model:
    """The model of the fixture."""
    return model_of(audit(FIGHTCLUB).inventory, Catalogue(builtin_profiles()))


def stream(number: int = 0, **fields: Any) -> Stream:
    """A poll of 15 s by each user on /a that costs one credit of a shared bucket, but for `fields`."""
    given: dict[str, Any] = {
        "kind": "poll",
        "entry": f"use{number}",
        "function": f"use{number}",
        "file": "a.ts",
        "line": number + 1,
        "mechanism": "refetchInterval",
        "holder": "user",
        "pages": ("/a",),
        "origin": "server",
        "provider": "p",
        "endpoint": f"GET /{number}",
        "method": "GET",
        "host": "api.test",
        "path": f"/{number}",
        "site": Place("a.ts", number + 1),
        "charges": (Charge("shared", ONE),),
        "effect": "read",
        "scope": "account",
        "alternatives": (Alternative(15.0),),
    }
    return Stream(id=number, **{**given, **fields})


def model(*streams: Stream, **buckets: float | None) -> Model:
    """A model of streams whose bucket `shared` has 100 units a minute, or what is given for each."""
    capacities = {"shared": 100.0, **buckets}
    found = tuple(
        Bucket(
            id=name,
            provider="p",
            unit="credits",
            per="visitor" if name == "visitor" else "all",
            capacity=capacity,
            window_s=60.0,
            tiers=(("big", 1000.0), ("huge", 10_000.0)) if name == "shared" else (),
        )
        for name, capacity in capacities.items()
    )
    pages = tuple(sorted({page for one in streams for page in one.pages}))
    return Model(streams, found, pages)


def scenario(users: int = 100, **fields: Any) -> Scenario:
    """A scenario in which everybody is there, connected and on /a, and nothing is uncertain, but for `fields`."""
    given: dict[str, Any] = {
        "share_connected": ONE,
        "websocket_uptime": exactly(0),
        "retry_miss": exactly(0),
        "pages": (Visit("/a", 1.0),),
    }
    return Scenario(name="test", users=users, **{**given, **fields})


def estimated(of: Model, what: Scenario) -> Estimate:
    """The estimate of a scenario."""
    totals = Totals(of)
    return Estimate(totals, resolved(what, totals))


def rates(of: Model, what: Scenario) -> dict[tuple[str, str, str], Range]:
    """Requests per second by kind, entry and endpoint."""
    here = estimated(of, what)
    found: dict[tuple[str, str, str], Range] = {}
    for one in of.streams:
        key = (one.kind, one.entry, one.endpoint)
        found[key] = found.get(key, exactly(0)) + here.totals.rate(one, here.everybody)
    return found


def certain(what: Scenario, **fields: Any) -> Scenario:
    """A scenario with other values."""
    return replace(what, **fields)


def acting(entry: str, per_minute: float) -> tuple[Action, ...]:
    """One action so often by all users."""
    return (Action(entry, exactly(per_minute / 60)),)
