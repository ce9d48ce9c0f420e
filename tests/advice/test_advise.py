"""What is decided from findings and load: what comes first, what is a risk, what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from callaudit.advice.advise import advise
from callaudit.advice.ranking import ranked
from callaudit.advice.verdict import state
from callaudit.inventory.model import Guard
from callaudit.inventory.words import LOCK
from callaudit.load.ranges import Range, exactly
from callaudit.rules.model import Finding
from tests.report.audit_sample import material
from tests.report.sample import INVENTORY

if TYPE_CHECKING:
    from callaudit.advice.known import Known
    from callaudit.load.results import BucketLoad
    from callaudit.providers.match import Catalogue

GUARD = Guard(
    id="g",
    kind="dedup",
    mechanism="Map",
    scope="per-key",
    store="process",
    file="src/lock.ts",
    line=4,
    function="lock",
    endpoints=("GET api.pacifica.fi/api/v1/info/prices",),
)


def limited(known: Known) -> BucketLoad:
    """The quota with a limit that is asked for most."""
    return max(known.smallest.buckets, key=lambda one: one.share)


def test_bottlenecks_stand_in_the_order_of_their_shares(catalogue: Catalogue) -> None:
    known = material(catalogue)
    found = [one for one in advise(known).heavy if one.scenario == known.smallest]
    assert len(found) > 1
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)


def test_a_place_is_one_bottleneck_however_many_parts_it_has(catalogue: Catalogue) -> None:
    places = [(one.parts[0].file, one.parts[0].line) for one in advise(material(catalogue)).heavy]
    assert len(places) == len(set(places))


def test_what_uses_up_a_quota_comes_before_what_is_only_severe(catalogue: Catalogue) -> None:
    known = material(catalogue)
    bucket = limited(known)
    scenario = replace(known.scenarios[-1], gives_way=(bucket.id,))
    asking = scenario.buckets[0].contributors[0]
    severe = Finding("severe", "CA501", "error", "high", "", "src/other.ts", 1)
    heavy = Finding("heavy", "CA401", "warning", "high", "", asking.file, asking.line)
    note = Finding("small", "CA402", "note", "high", "", asking.file, asking.line)
    assert [some[0].rule for some in ranked((severe, note, heavy), scenario)] == ["heavy", "severe", "small"]
    assert [some[0].rule for some in ranked((note, heavy, severe), None)] == ["severe", "heavy", "small"]


@pytest.mark.parametrize(
    ("used", "capacity", "said"),
    [
        (exactly(101), 100, "over"),
        (exactly(85), 100, "tight"),
        (Range(10, 20, 150), 100, "worst"),
        (exactly(20), 100, "fits"),
        (exactly(20), None, "unknown"),
    ],
)
def test_how_a_quota_bears_its_load(catalogue: Catalogue, used: Range, capacity: float | None, said: str) -> None:
    bucket = replace(limited(material(catalogue)), credits_per_window=used, capacity=capacity)
    assert state(bucket) == said


def test_without_a_known_limit_nothing_fits_and_nothing_is_over(catalogue: Catalogue) -> None:
    known = material(catalogue)
    scenarios = tuple(
        replace(one, buckets=tuple(replace(each, capacity=None) for each in one.buckets))
        for one in known.load.scenarios
    )
    found = advise(replace(known, load=replace(known.load, scenarios=scenarios)))
    assert (found.verdict.asked, found.verdict.known, found.verdict.over) == (True, False, None)
    assert found.heavy == ()


@pytest.mark.parametrize(("kind", "mechanism", "said"), [("dedup", "Map", "dedup"), ("limiter", LOCK, "lock")])
def test_a_lock_shares_no_answer(catalogue: Catalogue, kind: str, mechanism: str, said: str) -> None:
    guards = (replace(GUARD, kind=kind, mechanism=mechanism, concurrency=1),)
    found = advise(material(catalogue, replace(INVENTORY, guards=guards)))
    assert [one.kind for one in found.strengths if one.kind in ("dedup", "lock")] == [said]
    assert ("dedup" in found.lacking) == (said == "lock")


def test_what_sources_say_is_said_once_and_by_size(catalogue: Catalogue) -> None:
    risks = [one for one in advise(material(catalogue)).risks if one.kind == "conflict"]
    assert risks[0].values == ("100", "125", "300")


def test_hosts_without_a_profile_are_to_be_looked_up(catalogue: Catalogue) -> None:
    hosts = [one.what for one in advise(material(catalogue)).questions if one.kind == "host"]
    assert hosts == list(material(catalogue).strangers)
    assert hosts
