"""Small repositories, and what the rules find in them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from callaudit.audit import audit
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.rules.check import Plan, check
from callaudit.rules.shipped import shipped_rules

if TYPE_CHECKING:
    from callaudit.rules.model import Finding

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"
PACKAGE = '{"name": "app", "dependencies": {"express": "4.19.0"}}'

RETRY = """
import express from 'express';
const app = express();
async function find(account: string) {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const answer = await fetch(`https://api.pacifica.fi/api/v1/trades/history?account=${account}`);
    if (answer.ok) return answer.json();
    await new Promise((resolve) => setTimeout(resolve, attempt * 1000));
  }
}
app.post('/orders', async (request, response) => response.json(await find(request.body.account)));
app.listen(3000);
"""


def catalogue() -> Catalogue:
    return Catalogue(builtin_profiles())


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return root


def found(root: Path, *rules: str, **plan: Any) -> tuple[Finding, ...]:
    """The findings of some shipped rules (all, without names), suppressed ones included."""
    shipped = shipped_rules()
    active = frozenset(rules) or frozenset(rule.id for rule in shipped)
    result = check(
        audit(root), Plan(shipped, active, **plan), catalogue(), lambda file: (root / file).read_text("utf-8")
    )
    return result.checked.findings
