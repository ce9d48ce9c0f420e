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
from callaudit.report.table import Screen
from callaudit.report.verification import verification_text
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


def routes(count: int) -> str:
    found = [one.name for one in ground().inventory.entries if one.kind == "route" and one.reaches and not one.dead]
    return "The app `apps/web`.\n\n" + "".join(f"- `{name}`\n" for name in found[:count])


LISTS = {
    "several routes": lambda: routes(4),
    "all of it": lambda: "This is a complete list of API calls.\n\n`POST /api/orders` places an order.\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_an_audit_leaves_out_what_it_does_not_name(name: str) -> None:
    found = verified(LISTS[name]())
    assert found.lists
    assert found.omissions


@pytest.mark.parametrize(
    "said", ["`POST /api/orders` places an order.\n", "Try `POST /api/orders`, then `POST /api/fights`.\n"]
)
def test_a_document_that_names_a_route_or_two_sets_out_to_list_nothing(said: str) -> None:
    found = verified(said)
    assert found.claims
    assert (found.lists, found.omissions) == (False, ())
    shown = " ".join(verification_text(found, (), Screen(60)).split())
    assert "it names too few of the calls to be a list of them" in shown


def test_only_the_kinds_that_are_listed_are_measured() -> None:
    left_out = [one.what for one in verified(routes(4)).omissions if not one.what.startswith("the app ")]
    assert left_out
    assert all(" → " in what for what in left_out)
