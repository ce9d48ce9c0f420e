"""A small inventory made by hand: two apps, a page that asks through a route, and one of everything else."""
# ruff: noqa: E501 - a record on one line

from __future__ import annotations

from callaudit.inventory.model import (
    Annotation,
    Call,
    CallUrl,
    Connection,
    Endpoint,
    Entry,
    Files,
    Guard,
    Interval,
    Inventory,
    Notice,
    Place,
    Reach,
    Retry,
    Route,
    Step,
    Trigger,
    Unknown,
)

HOST = "api.pacifica.fi"
KEYED = (("header", "pf-api-key"),)


def reach(called: str, /, *, at: tuple[str, int], least: int = 1, most: int | None = 1, **more: object) -> Reach:
    method, _, path = called.partition(" ")
    fields: dict[str, object] = {"provider": "pacifica", "host": HOST, "endpoint": called, **more}
    return Reach(method=method, path=path, min=least, max=most, conditional=not least, site=Place(*at), **fields)  # type: ignore[arg-type]


def entry(kind: str, name: str, file: str, line: int, *reaches: Reach, **more: object) -> Entry:
    most = [item.max for item in reaches]
    fields: dict[str, object] = {"origin": "server", "app": "apps/web", **more}
    return Entry(
        kind=kind,
        name=name,
        file=file,
        line=line,
        reaches=reaches,
        calls_min=sum(item.min for item in reaches),
        calls_max=None if None in most else sum(item or 0 for item in most),
        **fields,  # type: ignore[arg-type]
    )


CLIENT = ("src/client.ts", 9)
ORDERS = (
    reach("POST /api/v1/orders/create", at=CLIENT, least=0, via=(Step("place", "src/place.ts", 3, 12),)),
    reach("POST /api/v1/orders/create_market", at=CLIENT, least=0),
    reach("GET /api/v1/trades/history", at=("src/orders.ts", 21), least=1, most=3),
)

INVENTORY = Inventory(
    schema="callaudit/inventory/1",
    version="0.1.0",
    root=".",
    files=Files(12, 1, 2),
    routes=(
        Route("next-app", "GET", "/api/positions", "src/positions.ts", 4, "apps/web"),
        Route("next-app", "POST", "/api/orders", "src/orders.ts", 7, "apps/web"),
        Route("nest", "POST", "/api/orders", "api/orders.ts", 8, "apps/api"),
        Route("next-app", "GET", "/api/health", "src/health.ts", 1, "apps/web"),
    ),
    calls=(
        Call("src/client.ts", 9, 3, "request", "web", options=KEYED, env=("API_URL",), urls=(
            CallUrl("GET", HOST, "/api/v1/positions", "pacifica", "GET /api/v1/positions"),
            CallUrl("POST", HOST, "/api/v1/orders/create", "pacifica", "POST /api/v1/orders/create"),
        )),
        Call("src/hook.ts", 5, 9, "usePositions", "axios", "GET", "/api/positions", "same-origin", "/api/positions",
             internal_route="GET /api/positions", internal_route_file="src/positions.ts"),
        Call("src/old.ts", 2, 1, "old", "web", "GET", "https://old.test/a", "old.test", "/a", dead=True),
        Call("src/orders.ts", 21, 5, "findTrade", "web", "GET", f"https://{HOST}/api/v1/trades/history", HOST,
             "/api/v1/trades/history", "pacifica", "GET /api/v1/trades/history"),
        Call("src/strange.ts", 3, 1, "strange", "web", "GET", unknown="the URL comes from the database"),
    ),
    connections=(Connection("src/socket.ts", 6, "open", "web", "websocket", "wss://ws.pacifica.fi/ws"),),
    entries=(
        entry("route", "GET /api/positions", "src/positions.ts", 4, reach("GET /api/v1/positions", at=CLIENT, guards=("cache:src/cache.ts:3:5000",))),
        entry("route", "POST /api/orders", "src/orders.ts", 7, *ORDERS, framework="next-app"),
        entry("route", "POST /api/orders", "api/orders.ts", 8, reach("POST /api/v1/orders/create", at=CLIENT), app="apps/api"),
        entry("route", "GET /api/health", "src/health.ts", 1),
        entry("page", "/trade", "src/page.tsx", 2,
              reach("GET /api/v1/positions", at=CLIENT, through=("GET /api/positions",), through_files=("src/positions.ts",)),
              reach("GET /api/v1/kline", at=("src/chart.ts", 8), least=0, most=None),
              origin="browser",
              loads=(reach("GET /api/v1/kline", at=("src/chart.ts", 8), least=0, most=None),)),
        entry("job", "cron '* * * * *' sync", "src/jobs.ts", 1,
              reach("GET /v2/rates", at=("src/rates.ts", 4), provider="", endpoint="", host="rates.test"),
              origin="worker"),
        entry("hook", "usePositions", "src/hook.ts", 4, origin="browser", mounted_on=("/trade",)),
        entry("script", "seed.ts", "seed.ts", 1, reach("GET /api/v1/position", at=("seed.ts", 4), endpoint="")),
    ),
    triggers=(
        Trigger("poll", "refetchInterval", "src/hook.ts", 8, "usePositions", "usePositions", "browser", True, True,
                (Interval(30_000, "connected"), Interval(15_000, "!connected")), period="interval+run", stale_ms=10_000,
                enabled="!!account", background=False, key='["positions", account]', mounted_on=("/trade",),
                endpoints=(Endpoint("GET", HOST, "/api/v1/positions"),)),
        Trigger("cron", "cron", "src/jobs.ts", 1, "cron '* * * * *' sync", "(module)", "worker", True, True,
                (Interval(60_000),), period="interval", endpoints=(Endpoint("GET", "rates.test", "/v2/rates"),)),
        Trigger("timer", "setInterval", "src/clock.ts", 3, "tick", "tick", "worker", False, True,
                why="every: a parameter"),
    ),
    retries=(
        Retry("loop", "src/orders.ts", 20, "findTrade", "linear", jitter=False, sequential=True, in_request_path=True,
              max_attempts=3, delays_ms=(500, 1000), delay_position="between",
              endpoints=(f"GET {HOST}/api/v1/trades/history",), until_there=True),
        Retry("recursion", "src/again.ts", 4, "again", "unknown", jitter=True, sequential=True, in_request_path=False,
              why="nothing bounds it"),
    ),
    guards=(
        Guard("cache:src/cache.ts:3:5000", "cache", "Map", "src/cache.ts", 3, "cached", 5_000, "per-key", "process",
              "account", endpoints=(f"GET {HOST}/api/v1/positions",)),
        Guard("timeout:src/client.ts:8", "timeout", "AbortSignal.timeout", "src/client.ts", 8, "request", 10_000),
    ),
    unknowns=(Unknown("src/dyn.ts", 5, "import", "the module's name is made when it runs"),),
    notices=(Notice("src/bad.ts", 14, "syntax not understood", "what surrounds it was analyzed"),),
    annotations=(Annotation("src/clock.ts", 2, "interval", "15 s", used=True),),
)  # fmt: skip
"""Everything that a report has to show."""

HOSTILE = "\x1b[31m`|<b>@all #1 =1+1\u202etxt\udcff"
"""A name that does harm in a terminal, in Markdown, in a spreadsheet, and in an encoder."""
