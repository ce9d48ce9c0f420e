from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from callaudit.providers.match import Catalogue

Expected = list[tuple[str, int, "int | None"]] | None

INFO = ("GET /api/v1/info", 0, 1)  # ccxt loads the markets on an instance's first call


def calls(catalogue: Catalogue, package: str, member: str) -> Expected:
    found = catalogue.sdk_call(package, tuple(member.split(".")))
    return None if found is None else [(call.endpoint.id, call.min, call.max) for call in found]


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("getPositions", [("GET /api/v1/positions", 1, 1), ("GET /api/v1/info/prices", 0, 1)]),
        ("PacificaClient.getPositions", [("GET /api/v1/positions", 1, 1), ("GET /api/v1/info/prices", 0, 1)]),
        ("placeProtection", [("POST /api/v1/orders/stop/create", 1, None)]),
        ("moveStop", [("POST /api/v1/orders/stop/create", 1, 1), ("POST /api/v1/orders/stop/cancel", 1, 1)]),
        ("client.native.perp.getById", [("GET /api/v1/orders/history_by_id", 1, 1)]),
        ("getFundingHistory", [("GET /api/v1/funding_rate/history", 1, 1)]),
        ("client.native.spot.getPositions", None),
        ("getById", None),
        ("getpositions", None),
        ("noSuchMethod", None),
    ],
)
def test_methods_of_one_provider(catalogue: Catalogue, member: str, expected: Expected) -> None:
    assert calls(catalogue, "@blackcube/pacifica-sdk", member) == expected


def test_one_name_means_another_endpoint_in_another_library(catalogue: Catalogue) -> None:
    assert calls(catalogue, "pacifica.js", "getFundingHistory") == [("GET /api/v1/funding/history", 1, 1)]
    assert calls(catalogue, "pacifica.js", "getPositions") == [("GET /api/v1/positions", 1, 1)]
    assert calls(catalogue, "some-other-sdk", "getPositions") is None


@pytest.mark.parametrize(
    ("package", "member", "expected"),
    [
        ("ccxt", "pacifica.fetchTickers", [("GET /api/v1/info/prices", 1, 1), INFO]),
        ("ccxt", "default.pacifica.fetchTickers", [("GET /api/v1/info/prices", 1, 1), INFO]),
        ("ccxt", "pacifica.loadMarkets", [("GET /api/v1/info", 0, 1)]),
        ("ccxt", "pacifica.publicGetInfoPrices", [("GET /api/v1/info/prices", 1, 1), INFO]),
        ("ccxt", "pacifica.privatePostOrdersStopCancel", [("POST /api/v1/orders/stop/cancel", 1, 1), INFO]),
        (
            "ccxt",
            "pacifica.public_get_account_balance_history",
            [("GET /api/v1/account/balance/history", 1, 1), INFO],
        ),
        ("ccxt", "pacifica.fetch_ohlcv", [("GET /api/v1/kline", 1, 1), INFO]),
        ("ccxt.pro", "pacifica.fetch_ohlcv", [("GET /api/v1/kline", 1, 1), INFO]),
        ("ccxt/js/ccxt.js", "pacifica.fetchOHLCV", [("GET /api/v1/kline", 1, 1), INFO]),
        ("ccxt", "pro.pacifica.watchTickers", [INFO]),
        ("ccxt", "pacifica", []),
        ("ccxt", "binance.fetchTickers", None),
        ("ccxt", "fetchTickers", None),
        ("ccxt", "pacifica.noSuchMethod", None),
        ("ccxt", "pacifica.publicPostInfoPrices", None),
    ],
)
def test_methods_of_a_library_for_many(catalogue: Catalogue, package: str, member: str, expected: Expected) -> None:
    assert calls(catalogue, package, member) == expected


def test_ccxt_names_every_endpoint_that_its_table_has(catalogue: Catalogue) -> None:
    cited = [e for e in catalogue.profiles["pacifica"].endpoints if "ccxt" in e.sources.split()]
    assert len(cited) == 84
    assert calls(catalogue, "ccxt", "pacifica.publicGetSpotAssetsBridgeParametersSymbol") is not None


def test_constructors_that_call(catalogue: Catalogue) -> None:
    expected = [("POST /info spotMeta", 1, 1), ("POST /info meta", 1, 1)]
    assert calls(catalogue, "hyperliquid.info", "Info") == expected
    assert calls(catalogue, "hyperliquid.info", "Info.user_state") == [("POST /info clearinghouseState", 1, 1)]


def test_calls_name_their_provider_and_condition(catalogue: Catalogue) -> None:
    found = catalogue.sdk_call("ccxt", ("pacifica", "createOrder"))
    assert found is not None
    assert {call.provider for call in found} == {"pacifica"}
    assert found[0].when == "limit order"


def test_an_empty_member_is_unknown(catalogue: Catalogue) -> None:
    assert catalogue.sdk_call("pacifica.js", ()) is None
    assert catalogue.sdk_call("", ("x",)) is None
