"""Rules and findings made by hand: every field, and names that formats have to escape."""

from __future__ import annotations

from callaudit.report.findings.outcome import Outcome
from callaudit.rules.model import Docs, Finding, Rule, Step

ROUTE = "apps/web/src/app/api/orders/route.ts"
HOOK = "apps/web/src/app/(trade)/fights/[id]/useOrders.ts"


def rule(name: str, number: str, severity: str, title: str) -> Rule:
    docs = Docs(f"{title}, in one run.", "Each attempt costs credits.", "```ts\nawait once();\n```", "In a script.")
    return Rule(name, number, title, severity, "high", "", "", "SELECT 1", docs, "", 1)  # type: ignore[arg-type]


RULES = (
    rule("sequential-retry", "CA201", "error", "A retry in the request path"),
    rule("poll-too-fast", "CA402", "warning", "A poll that the quota does not allow"),
    rule("unmetered-calls", "CA503", "note", "Calls without metrics"),
    rule("over-budget", "CA601", "error", "A budget that is not kept"),
)

RETRY = Finding(
    "sequential-retry",
    "CA201",
    "error",
    "high",
    "POST /api/orders asks GET /api/v1/trades/history up to 3 times, 3.0 s in all",
    ROUTE,
    412,
    5,
    fix="take the fill from the account_trades channel",
    fingerprint="11aa",
    moved="22bb",
    symbol="recordTrade",
    source="  for (let attempt = 0; attempt < MAX_RETRIES; attempt++) {",
    path=(
        Step("POST /api/orders", ROUTE, 96),
        Step("recordTrade", ROUTE, 400),
        Step("GET api.pacifica.fi/api/v1/trades/history", "apps/web/src/lib/server/pacifica.ts", 41),
    ),
    related=(Step("the wait before each attempt", ROUTE, 420),),
)
POLL = Finding(
    "poll-too-fast",
    "CA402",
    "warning",
    "medium",
    "useOrders asks GET /api/v1/orders every 3 s: 240 credits a minute of the 100 that each visitor has, with"
    " everything else that the page asks for on top",
    HOOK,
    17,
    5,
    fix="poll every 30 s and take changes from the account_orders channel",
    fingerprint="33cc",
    moved="44dd",
    source="    refetchInterval: 3000,",
    also=2,
)
METERED = Finding(
    "unmetered-calls", "CA503", "note", "high", "12 calls to Pacifica are counted nowhere", ROUTE, 9, fingerprint="88"
)
SILENCED = Finding(
    "poll-too-fast",
    "CA402",
    "warning",
    "high",
    "useFights polls",
    HOOK,
    31,
    fingerprint="55ee",
    suppressed=True,
    reason="it is the demo",
)
KNOWN = Finding(
    "unmetered-calls",
    "CA503",
    "note",
    "high",
    "3 calls are counted nowhere",
    ROUTE,
    77,
    fingerprint="66ff",
    baselined=True,
)
HOSTILE = Finding(
    "poll-too-fast",
    "CA402",
    "warning",
    "low",
    "100%: a,b\r\n::error::<b>|`x`\x1b[2J]]>&\x00",
    "src/a,b:c [id] %41/\udcff\x1b.ts",
    3,
    source="\x1b[2J | `",
    fingerprint="77",
    path=(Step("</a>|\x1b", "a b.ts", 1), Step("@all", "a.ts", 0)),
)

FULL = Outcome(
    (POLL, SILENCED, METERED, KNOWN, RETRY),
    RULES,
    incomplete=("poll-too-fast: only the first 1000 rows; there are more",),
    inactive=("over-budget: needs a scenario; callaudit load fills its tables",),
    partly=3,
    unknown=2,
    prefix="packages/",
    gone=1,
)
CLEAN = Outcome((), RULES)
ODD = Outcome((HOSTILE,), RULES)
