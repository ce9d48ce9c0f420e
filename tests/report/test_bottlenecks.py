"""Bottlenecks of the audit document: what is said of several endpoints of one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.report.audit_document.bottlenecks import bottlenecks
from callaudit.report.audit_document.model import Code, Paragraph, Words
from tests.report.audit_sample import advised, material

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.providers.match import Catalogue
    from callaudit.report.audit_document.material import Material


def paragraphs(found: Material) -> Iterator[str]:
    for section in bottlenecks(found).sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield "".join(part.text for part in block.text if isinstance(part, Code | Words))


def test_what_users_can_share_is_said_of_that_endpoint_alone(catalogue: Catalogue) -> None:
    before = material(catalogue)
    scenario = before.load.scenarios[0]
    bucket = next(one for one in scenario.buckets if one.capacity and one.contributors)
    first = bucket.contributors[0]
    stream = before.stream(first.stream)
    assert stream is not None
    assert stream.scope == "account"
    shared = replace(stream, id=9999, scope="shared")
    other = replace(first, endpoint="GET /api/v1/prices", stream=9999)
    both = replace(bucket, contributors=(first, other))
    scenario = replace(scenario, buckets=(both,))
    after = replace(
        before,
        model=replace(before.model, streams=(*before.model.streams, shared)),
        load=replace(before.load, scenarios=(scenario,)),
    )
    said = list(paragraphs(advised(after)))
    mine = next(line for line in said if "same for everybody" in line)
    assert mine.startswith("GET /api/v1/prices: ")
    assert any(line.startswith(f"{first.endpoint}: ") and "differs for each account" in line for line in said)
