"""Material for an audit document made by hand: the sample inventory, one scenario, two findings, a file to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.answer import load
from callaudit.load.plan import plan
from callaudit.load.proposals import proposals
from callaudit.load.ranges import exactly
from callaudit.load.resolve import resolved
from callaudit.load.scenario import Scenario
from callaudit.load.streams import model_of
from callaudit.load.what_if import what_if
from callaudit.report.audit_document.material import Material
from callaudit.rules.model import Checked, Docs, Finding, Rule
from tests.report.sample import INVENTORY

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue

LINES = tuple(f"const line{number} = {number};" for number in range(1, 60))
RULE = Rule(
    id="no-timeout",
    number="CA501",
    title="No timeout",
    severity="error",
    confidence="high",
    message="",
    fix="end it",
    query="",
    docs=Docs(
        what="",
        why="A provider that hangs, hangs `fetch`.",
        fix="Use a signal:\n\n```ts\nfetch(url, { signal });\n```\n",
        ignore="",
    ),
    path="no-timeout.yaml",
    line=1,
)
FINDINGS = (
    Finding("no-timeout", "CA501", "error", "high", "GET /api/v1/x may wait for ever", "src/client.ts", 9),
    Finding("no-timeout", "CA501", "error", "high", "known already", "src/client.ts", 12, baselined=True),
)


def material(catalogue: Catalogue, inventory: Inventory = INVENTORY) -> Material:
    """Everything that a document is written from."""
    model = model_of(inventory, catalogue)
    scenarios = [
        resolved(Scenario(name=name, users=users, websocket_uptime=exactly(0)), model)
        for name, users in (("now", 100), ("later", 1000))
    ]
    found = load(model, scenarios)
    savings = tuple(saving for one in scenarios for saving in what_if(model, one))
    from msgspec.structs import replace

    return Material(
        inventory=inventory,
        catalogue=catalogue,
        name="sample",
        lines=lambda file: LINES if file.startswith("src/") else (),
        model=model,
        load=replace(found, what_if=savings, plan=plan(model, scenarios[-1], 1000)),
        checked=Checked(FINDINGS),
        rules=(RULE,),
        changes=proposals(model),
        packages={"ioredis": "package.json"},
    )
