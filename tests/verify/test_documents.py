"""Documents about the fixture in different words: a comment behind a line says what it claims, and how that fares.

`<!-- ✓ interval, ✗ call -->`: the line has a confirmed and a contradicted claim of these kinds. A line whose comment
names nothing contradicted, or that has none, has no contradicted claim.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.verify.ground import Ground, ground_of
from callaudit.verify.verify import verify
from tests.cli.conftest import FIXTURES

if TYPE_CHECKING:
    from callaudit.verify.model import Verification

DOCUMENTS = sorted(Path(__file__).with_name("documents").glob("*.md"))
MARKS = {"✓": "confirmed", "✗": "contradicted", "?": "unchecked"}
EXPECTED = re.compile(r"([✓✗?]) ([a-z]+)")


@cache
def ground() -> Ground:
    root = FIXTURES / "fightclub"
    return ground_of(root, audit(root).inventory, Catalogue(builtin_profiles()))


def verified(text: str) -> Verification:
    return verify("document.md", text, ground())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_claims_fare_as_their_comments_say(document: Path) -> None:
    text = document.read_text("utf-8")
    found: dict[int, set[tuple[str, str]]] = {}
    for claim in verified(text).claims:
        found.setdefault(claim.line, set()).add((claim.verdict, claim.kind))
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        expected = {(MARKS[mark], kind) for mark, kind in EXPECTED.findall(line.partition("<!--")[2])}
        actual = found.get(number, set())
        surplus = {claim for claim in actual - expected if claim[0] == "contradicted"}
        if not expected <= actual or surplus:
            wrong.append((number, line, actual))
    assert not wrong


def test_what_was_written_by_hand_from_the_code_is_not_contradicted() -> None:
    truth = FIXTURES / "fightclub" / "EXPECTED.md"
    found = verified(truth.read_text("utf-8"))
    assert [claim for claim in found.claims if claim.verdict == "contradicted"] == []
    assert found.count("confirmed") > 100


@pytest.mark.parametrize(
    "said",
    [
        "Releases come out every week or so.",
        "A new framework is made every day, within 50 ms.",
        "Cards use `rounded-lg`, links use `text-primary`.",
        "## Cron jobs\n\n| Option | Meaning |\n| --- | --- |\n| `useClass` | a class |\n",
        "Files are called `*.entity.db.ts`, `.spec.ts` or `<name>.module.ts`.",
    ],
)
def test_what_is_no_claim_about_code_is_left_out(said: str) -> None:
    assert verified(said).claims == ()


@pytest.mark.parametrize("said", ["", "# Hello\n\nA readme.\n", "Copy `package.json` and run it.\n"])
def test_a_document_that_says_nothing_of_calls_leaves_none_out(said: str) -> None:
    assert verified(said).omissions == ()


def test_an_audit_leaves_out_what_it_does_not_name() -> None:
    assert verified("`POST /api/orders` places an order.\n").omissions
