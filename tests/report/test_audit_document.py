"""The audit document: complete, with evidence for what it says, kept notes, and nothing that markup would act on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from callaudit.cli.configuration import configured
from callaudit.cli.documenting import material_of
from callaudit.report.audit_document import model
from callaudit.report.audit_document.build import audit_document
from callaudit.report.audit_document.excerpts import excerpt
from callaudit.report.audit_document.notes import notes_in
from callaudit.report.audit_markdown import audit_markdown
from callaudit.report.audit_text import audit_text
from callaudit.report.table import Screen
from callaudit.verify.ground import ground_of
from callaudit.verify.verify import verify
from tests.cli.conftest import FIXTURES
from tests.report.audit_sample import material
from tests.report.sample import INVENTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from callaudit.providers.match import Catalogue
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import AuditDocument, Section

    Golden = Callable[[str, str], None]

SECTIONS = (
    "summary", "inventory", "projections", "current", "bottlenecks", "recommendations", "overview", "order",
    "readiness", "files", "actions", "risks", "coverage",
)  # fmt: skip


@pytest.fixture(scope="module")
def fightclub() -> Material:
    path = str(FIXTURES / "fightclub")
    return material_of(path, configured(path, None), quiet=True)[0]


def every(document: AuditDocument) -> Iterator[Section]:
    waiting = list(document.sections)
    while waiting:
        section = waiting.pop(0)
        yield section
        waiting[:0] = section.sections


def records(value: Any, kind: type) -> Iterator[Any]:
    """All records of a kind in a document, however deep."""
    if isinstance(value, kind):
        yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from records(getattr(value, name), kind)
    elif isinstance(value, tuple):
        for one in value:
            yield from records(one, kind)


def test_markdown(catalogue: Catalogue, golden: Golden) -> None:
    golden("audit.md", audit_markdown(audit_document(material(catalogue))))


def test_text(catalogue: Catalogue, golden: Golden) -> None:
    golden("audit.txt", audit_text(audit_document(material(catalogue)), Screen(100)))


def test_every_part_of_an_audit_is_there(fightclub: Material) -> None:
    document = audit_document(fightclub)
    assert tuple(section.id for section in document.sections) == SECTIONS
    ids = [section.id for section in every(document)]
    assert len(ids) == len(set(ids))


def test_places_are_lines_of_files_that_exist(fightclub: Material) -> None:
    document = audit_document(fightclub)
    places = {(one.file, one.line) for one in records(document, model.Place)}
    assert len(places) > 50
    assert not [
        (file, line)
        for file, line in places
        if not 0 <= line <= len(fightclub.lines(file)) or not fightclub.lines(file)
    ]


def test_links_lead_to_sections_of_the_document(fightclub: Material) -> None:
    document = audit_document(fightclub)
    assert {one.section for one in records(document, model.SectionLink)} <= {one.id for one in every(document)}


def test_what_is_computed_has_its_formula(fightclub: Material) -> None:
    document = audit_document(fightclub)
    used = [one for one in records(document, model.Grid) if one.key.startswith("quotas-")]
    assert len(used) == 3
    for grid in used:
        for row in grid.rows:
            assert any(
                isinstance(evidence, model.Formula)
                for cell in row
                for one in records(cell, model.Number)
                for evidence in one.evidence
            )
            assert any(
                isinstance(evidence, model.Source) and evidence.url
                for cell in row
                for one in records(cell, model.Number)
                for evidence in one.evidence
            )


def test_commands_below_claims_are_commands(fightclub: Material) -> None:
    found = {
        one.command.split()[1] for one in records(audit_document(fightclub), model.Reproduce) if " " in one.command
    }
    assert found <= {"inventory", "trace", "query", "check", "load", "report"}


def test_the_document_agrees_with_the_code_that_it_is_written_from(fightclub: Material) -> None:
    root = FIXTURES / "fightclub"
    ground = ground_of(root, fightclub.inventory, fightclub.catalogue)
    found = verify("AUDIT.md", audit_markdown(audit_document(fightclub)), ground)
    assert [claim for claim in found.claims if claim.verdict == "contradicted"] == []
    assert found.count("confirmed") > 200
    assert found.omissions == ()


def test_it_is_the_code_that_is_described(tmp_path: Path) -> None:
    """The optimized fixture has caches, queues and metrics: what is missing in the plain one is not missing there."""
    import shutil

    for name in ("fightclub", "fightclub-optimized"):
        shutil.copytree(FIXTURES / name, tmp_path / "app", dirs_exist_ok=True)
    path = str(tmp_path / "app")
    after = audit_markdown(audit_document(material_of(path, configured(path, None), quiet=True)[0]))
    assert "no cache on a server stands before an upstream call" not in after
    assert "### 3.2 What limits or watches calls" in after


def test_text_fits_and_has_no_blanks_at_ends(fightclub: Material) -> None:
    lines = audit_text(audit_document(fightclub), Screen(100)).split("\n")
    assert max(map(len, lines)) <= 100
    assert not [line for line in lines if line != line.rstrip()]


def test_notes_survive(catalogue: Catalogue) -> None:
    document = audit_document(material(catalogue))
    written = audit_markdown(document)
    edited = written.replace(
        "<!-- notes:risks -->\n", "<!-- notes:risks -->\nAsked the provider on Monday.\n\n- twice\n"
    )
    edited = edited.replace("\n", "\r\n")
    again = audit_markdown(document, notes_in(edited))
    assert "<!-- notes:risks -->\nAsked the provider on Monday.\n\n- twice\n<!-- /notes -->" in again
    assert audit_markdown(document, notes_in(again)) == again
    assert again.replace("Asked the provider on Monday.\n\n- twice\n", "") == written


def test_notes_of_a_section_that_is_gone_stand_at_the_end(catalogue: Catalogue) -> None:
    document = audit_document(material(catalogue))
    again = audit_markdown(document, {"former": "Still true.\n"})
    assert "## Notes of sections that are gone" in again
    assert notes_in(again) == {"former": "Still true.\n"}


def test_code_is_masked_and_cut(catalogue: Catalogue) -> None:
    lines = ("a", 'const apiKey = "sk_live_4242424242424242424242";', "b" * 300)
    shown = excerpt(msgspec.structs.replace(material(catalogue), lines=lambda _: lines), "x.ts", 2)
    assert shown is not None
    assert "4242" not in "".join(shown.lines)
    assert max(map(len, shown.lines)) < 170
    assert excerpt(msgspec.structs.replace(material(catalogue), lines=lambda _: ()), "x.ts", 2) is None


def test_names_out_of_the_code_are_no_markup(catalogue: Catalogue) -> None:
    hostile = "`</sub><script>alert(1)</script>|**x** \x1b[31m\u202e"
    entries = tuple(msgspec.structs.replace(one, name=hostile, file="src/[a](b)`.ts") for one in INVENTORY.entries)
    triggers = tuple(msgspec.structs.replace(one, entry=hostile, function=hostile) for one in INVENTORY.triggers)
    found = material(catalogue, msgspec.structs.replace(INVENTORY, entries=entries, triggers=triggers))
    text = audit_markdown(audit_document(found))
    assert "\x1b" not in text
    assert "\u202e" not in text
    outside = re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)|^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    assert not re.search(r"(?<!\\)<script", outside)
    assert "\x1b" not in audit_text(audit_document(found), Screen(100))


def test_an_empty_inventory_has_a_document(catalogue: Catalogue) -> None:
    empty = msgspec.structs.replace(
        INVENTORY, routes=(), calls=(), connections=(), entries=(), triggers=(), retries=(), guards=(), unknowns=()
    )
    text = audit_markdown(audit_document(material(catalogue, empty)))
    assert "no scenario comes to a call" in text
