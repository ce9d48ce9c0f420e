"""Material for an audit document made by hand: the sample inventory, one scenario, two findings, a file to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.advice.advise import advise
from callaudit.advice.known import Known
from callaudit.load.answer import load
from callaudit.load.proposals import proposals
from callaudit.load.ranges import exactly
from callaudit.load.scenario import Scenario
from callaudit.load.streams import model_of
from callaudit.report.audit_document.material import Material
from callaudit.rules.model import Checked, Docs, Finding, Rule
from tests.report.sample import INVENTORY, reach

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Reach
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


def charged(inventory: Inventory) -> Inventory:
    """The inventory with a quota that pays for each call, and what a poll of it asks for."""
    entries = tuple(
        replace(one, reaches=tuple(map(_paid, one.reaches)), loads=tuple(map(_paid, one.loads)))
        for one in inventory.entries
    )
    asked = (_paid(reach("GET /api/v1/positions", at=("src/client.ts", 9), through=("GET /api/positions",))),)
    triggers = tuple(replace(one, reaches=asked) if one.kind == "poll" else one for one in inventory.triggers)
    return replace(inventory, entries=entries, triggers=triggers)


def _paid(one: Reach) -> Reach:
    bucket = "pacifica.ip.server" if one.path.endswith("history") else "pacifica.api_key"
    return replace(one, origin="server", bucket=bucket) if one.provider else one


def material(catalogue: Catalogue, inventory: Inventory = INVENTORY) -> Material:
    """Everything that a document is written from."""
    inventory = charged(inventory)
    model = model_of(inventory, catalogue)
    scenarios = [
        Scenario(name=name, users=users, websocket_uptime=exactly(0)) for name, users in (("later", 1000), ("now", 100))
    ]
    known = Known(
        inventory=inventory,
        catalogue=catalogue,
        model=model,
        load=load(model, scenarios, with_changes=True, planned_users=1000),
        checked=Checked(FINDINGS),
        rules=(RULE,),
        changes=proposals(model),
        packages={"ioredis": "package.json"},
    )
    return advised(known)


def advised(known: Known) -> Material:
    """The material of what is known, with the advice that follows from it."""
    fields = {name: getattr(known, name) for name in Known.__struct_fields__}
    return Material(
        **fields, name="sample", lines=lambda file: LINES if file.startswith("src/") else (), advice=advise(known)
    )
