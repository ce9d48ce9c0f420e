from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from callaudit.providers.source import read_yaml

from .conftest import PROFILES

if TYPE_CHECKING:
    from callaudit.providers.limits import Cost
    from callaudit.providers.model import Profile

# Written from the sources by another program than the profile, and compared field by field.
with (Path(__file__).parent / "pacifica-endpoints.tsv").open(encoding="utf-8") as file:
    EXPECTED = list(csv.DictReader(file, delimiter="\t"))


def number(text: str) -> float | None:
    return None if text == "-" else float(text)


def bounds(cost: Cost | None) -> tuple[float | None, ...]:
    assert cost is not None
    return cost.min, cost.max, cost.value


def test_has_the_104_endpoints_and_no_other(pacifica: Profile) -> None:
    assert len(EXPECTED) == 104
    assert {e.id for e in pacifica.endpoints} == {f"{row['method']} {row['path']}" for row in EXPECTED}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['method']} {row['path']}")
def test_endpoint_is_what_its_sources_say(pacifica: Profile, row: dict[str, str]) -> None:
    endpoint = next(e for e in pacifica.endpoints if e.id == f"{row['method']} {row['path']}")
    for field in ("method", "path", "group", "access", "effect", "scope"):
        assert getattr(endpoint, field) == row[field]
    for bucket, column in (("ip", "ip"), ("api_key", "key")):
        expected = tuple(number(row[f"{column}_{name}"]) for name in ("min", "max", "value"))
        assert bounds(pacifica.cost(endpoint, bucket)) == expected
    assert (endpoint.ttl_s or (None, None)) == (number(row["ttl_min_s"]), number(row["ttl_max_s"]))
    assert endpoint.sources


def test_buckets_hold_the_documented_quotas(pacifica: Profile) -> None:
    ip, key = pacifica.buckets
    assert (ip.capacity.value, ip.window.seconds, ip.window.kind) == (100, 60, "rolling")
    assert (key.capacity.value, key.window.seconds, key.window.kind) == (300, 60, "rolling")
    assert key.tiers is not None
    assert key.tiers.values == {
        "tier1": 300,
        "tier2": 600,
        "tier3": 1200,
        "tier4": 2400,
        "tier5": 6000,
        "vip1": 12000,
        "vip2": 24000,
        "vip3": 30000,
    }
    assert ip.capacity.sources
    assert key.tiers.sources


def test_the_key_header_decides_who_pays(pacifica: Profile) -> None:
    keyed = pacifica.context(headers=frozenset({"pf-api-key", "Accept"}))
    assert [bucket.id for bucket in pacifica.buckets_of(keyed.id)] == ["api_key"]
    bare = pacifica.context(headers=frozenset({"Accept"}))
    assert [bucket.id for bucket in pacifica.buckets_of(bare.id)] == ["ip"]


def test_reads_sent_as_post_are_reads(pacifica: Profile) -> None:
    posts = {e.path for e in pacifica.endpoints if e.method == "POST" and e.effect == "read"}
    assert "/api/v1/account/subaccount/list" in posts
    assert len(posts) == 4


def test_channels_actions_and_batches_lead_from_endpoints(pacifica: Profile) -> None:
    by_id = {e.id: e for e in pacifica.endpoints}
    assert by_id["GET /api/v1/positions"].channels == ("account_positions", "account_trades")
    assert by_id["GET /api/v1/book"].channels == ("book", "bbo")
    assert by_id["POST /api/v1/orders/create"].ws_action == "create_order"
    assert by_id["POST /api/v1/orders/batch"].batch_max == 10
    batch = next(b for b in pacifica.batching if b.use == "POST /api/v1/orders/batch")
    assert "POST /api/v1/orders/create_market" in batch.calls
    assert batch.max == 10


def test_writes_that_make_a_read_old(pacifica: Profile) -> None:
    by_id = {e.id: e for e in pacifica.endpoints}
    changing = {e.id for e in pacifica.invalidating(by_id["GET /api/v1/positions"])}
    assert {
        "POST /api/v1/orders/create",
        "POST /api/v1/orders/cancel_all",
        "POST /api/v1/orders/batch",
    } <= changing
    assert "GET /api/v1/orders" not in changing
    assert "POST /api/v1/account/leverage" not in changing
    assert pacifica.invalidating(by_id["GET /api/v1/book"]) == ()


def test_citations_have_addresses(pacifica: Profile) -> None:
    endpoint = next(e for e in pacifica.endpoints if e.id == "GET /api/v1/positions")
    addresses = pacifica.addresses(endpoint.sources)
    assert addresses[0] == "https://docs.pacifica.fi/api-documentation/api/rest-api/account/get-positions"
    assert all(address.startswith("https://") for address in addresses)
    assert pacifica.addresses("measured") == ("measured",)


@pytest.mark.parametrize("path", sorted(PROFILES.glob("*.yaml")), ids=lambda path: path.stem)
def test_yaml_reads_alike_for_any_loader_and_stays_small(path: Path) -> None:
    text = path.read_bytes()
    node, mistakes = read_yaml(text)
    plain = node.plain()
    assert mistakes == []
    assert plain == yaml.load(text, Loader=yaml.CSafeLoader)
    # CSafeLoader takes 5 to 9 microseconds a value: this bound keeps it under 25 ms, and unlike a time it
    # does not depend on the machine.
    assert count(plain) < 2_900


def count(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(1 + count(item) for item in value.values())
    return 1 + (sum(map(count, value)) if isinstance(value, list) else 0)
