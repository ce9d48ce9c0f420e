from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.providers.load import builtin_profiles, load_profile
from callaudit.providers.match import Catalogue

from .conftest import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from callaudit.providers.model import Endpoint

HOST = "api.pacifica.fi"


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("api.pacifica.fi", "pacifica"),
        ("API.Pacifica.FI", "pacifica"),
        ("api.pacifica.fi:443", "pacifica"),
        ("api.pacifica.fi.", "pacifica"),
        ("test-ws.pacifica.fi", "pacifica"),
        ("api.hyperliquid.xyz", "hyperliquid"),
        ("pacifica.fi", None),
        ("evil-api.pacifica.fi", None),
        ("api.pacifica.fi.example.com", None),
        ("{host}", None),
        ("", None),
    ],
)
def test_provider_of_a_host(catalogue: Catalogue, host: str, provider: str | None) -> None:
    found = catalogue.provider_of(host)
    assert (found.provider.id if found else None) == provider


def test_globs_take_subdomains_only(write: Callable[[str], Path]) -> None:
    catalogue = Catalogue([load_profile(write(SMALL))])
    for host, entry in [("a.eu.acme.test", "any"), ("a.b.eu.acme.test", "any"), ("api.acme.test", "main")]:
        found = catalogue.host_of(host)
        assert found is not None
        assert found.id == entry
    assert catalogue.host_of("eu.acme.test") is None
    assert catalogue.host_of("acme.test") is None


@pytest.mark.parametrize(
    ("method", "path", "endpoint"),
    [
        ("GET", "/api/v1/positions", "GET /api/v1/positions"),
        ("get", "/api/v1/positions", "GET /api/v1/positions"),
        ("GET", "/api/v1/positions/", "GET /api/v1/positions"),
        ("GET", "//api//v1/positions", "GET /api/v1/positions"),
        ("GET", "/api/v1/positions?account={account}", "GET /api/v1/positions"),
        ("GET", "/api/v1/positions#top", "GET /api/v1/positions"),
        ("GET", "/api/v1/order_strategies/history", "GET /api/v1/order_strategies/history"),
        ("GET", "/api/v1/order_strategies/{id}", "GET /api/v1/order_strategies/{strategy_id}"),
        ("GET", "/api/v1/order_strategies/{a ? b/c : d}", "GET /api/v1/order_strategies/{strategy_id}"),
        ("GET", "/api/v1/order_strategies/s-{n}", "GET /api/v1/order_strategies/{strategy_id}"),
        (
            "GET",
            "/api/v1/order_strategies/17/timeline",
            "GET /api/v1/order_strategies/{strategy_id}/timeline",
        ),
        ("GET", "/api/v1/{path}", None),
        ("GET", "/api/v1/orders/{id}", None),
        ("GET", "/api/{version}/positions", None),
        ("GET", "/api/v1/positions{query}", None),
        ("GET", "/api/v1/Positions", None),
        ("GET", "/positions", None),
        ("GET", "/api/v1/positions/history", None),
        ("POST", "/api/v1/positions", None),
        ("{method}", "/api/v1/positions", None),
        ("GET", "", None),
    ],
)
def test_endpoint_of_a_request(catalogue: Catalogue, method: str, path: str, endpoint: str | None) -> None:
    found = catalogue.endpoint(HOST, method, path)
    assert (found.id if found else None) == endpoint


def test_a_known_path_of_another_host_is_not_taken(catalogue: Catalogue) -> None:
    assert catalogue.endpoint("api.example.com", "GET", "/api/v1/positions") is None


def test_words_win_over_parameters(write: Callable[[str], Path]) -> None:
    catalogue = Catalogue([load_profile(write(SMALL))])
    found = {
        path: endpoint.id if (endpoint := catalogue.endpoint("api.acme.test", "GET", path)) else None
        for path in ("/v2/things/mine", "/v2/things/7", "/v2/things/{x}", "/v2/things/{x}/parts/{y}")
    }
    assert found == {
        "/v2/things/mine": "GET /v2/things/mine",
        "/v2/things/7": "GET /v2/things/{id}",
        "/v2/things/{x}": "GET /v2/things/{id}",
        "/v2/things/{x}/parts/{y}": "GET /v2/things/{id}/parts/{part}",
    }
    assert catalogue.endpoint("api.acme.test", "GET", "/v2/things/{x}/{y}/1") is None


@pytest.mark.parametrize(
    ("path", "discriminator", "endpoint"),
    [
        ("/info", {"type": "l2Book"}, "POST /info l2Book"),
        ("/info", {"type": "l2Book", "coin": "{coin}"}, "POST /info l2Book"),
        ("/exchange", {"action.type": "order"}, "POST /exchange order"),
        ("/info", {"type": "{type}"}, None),
        ("/info", {"type": "noSuchType"}, None),
        ("/info", {"coin": "BTC"}, None),
        ("/info", None, None),
    ],
)
def test_operations_of_one_url(
    catalogue: Catalogue, path: str, discriminator: dict[str, str] | None, endpoint: str | None
) -> None:
    found = catalogue.endpoint("api.hyperliquid.xyz", "POST", path, discriminator)
    assert (found.id if found else None) == endpoint


@pytest.mark.parametrize(
    ("method", "path", "endpoint"),
    [
        ("GET", "/api/v1/markets/prices", "GET /api/v1/info/prices"),
        ("POST", "/api/v1/account/update_leverage", "POST /api/v1/account/leverage"),
        ("GET", "/api/v1/orderbook", "GET /api/v1/book"),
        ("GET", "/api/v1/positions/history", "GET /api/v1/trades/history"),
        ("GET", "/positions", "GET /api/v1/positions"),
        ("GET", "/api/v1/positions{query}", "GET /api/v1/positions"),
        ("POST", "/api/v1/positions", "GET /api/v1/positions"),
        ("GET", "/api/v1/zzzz", None),
        ("GET", "/", None),
    ],
)
def test_nearest_endpoint(catalogue: Catalogue, method: str, path: str, endpoint: str | None) -> None:
    assert catalogue.nearest_endpoint(HOST, method, path) == endpoint
    assert catalogue.nearest_endpoint("example.com", method, path) is None


def test_paths_known_to_be_wrong(catalogue: Catalogue) -> None:
    found = catalogue.not_endpoint(HOST, "/api/v1/orders/{id}?x=1")
    assert found is not None
    assert found.why == "undocumented"
    assert catalogue.not_endpoint(HOST, "/api/v1/orders") is None
    assert catalogue.not_endpoint("example.com", "/api/v1/prices") is None


def test_the_earlier_profile_wins(write: Callable[[str], Path]) -> None:
    own = load_profile(write(SMALL.replace("https://api.acme.test", "https://api.pacifica.fi")))
    for profiles, provider in [
        ([own, *builtin_profiles()], "acme"),
        ([*builtin_profiles(), own], "pacifica"),
    ]:
        found = Catalogue(profiles).provider_of(HOST)
        assert found is not None
        assert found.provider.id == provider


SHARED = Catalogue(builtin_profiles())
TEXT = st.text(st.sampled_from("/{}?#.ab_-é\0 \n") | st.characters(), max_size=40)


@given(host=st.sampled_from([HOST, "api.hyperliquid.xyz"]) | TEXT, method=TEXT, path=TEXT)
def test_any_request_gets_an_answer(host: str, method: str, path: str) -> None:
    SHARED.endpoint(host, method, path)
    SHARED.not_endpoint(host, path)
    SHARED.nearest_endpoint(host, method, path)


@given(st.sampled_from(SHARED.profiles["pacifica"].endpoints), st.integers(0, 7))
def test_a_variable_is_never_taken_for_a_word(endpoint: Endpoint, position: int) -> None:
    parts = endpoint.path.split("/")[1:]
    position %= len(parts)
    known = not parts[position].startswith("{")
    parts[position] = "{x}"
    found = SHARED.endpoint(HOST, endpoint.method, "/" + "/".join(parts))
    assert found is None or found.path.split("/")[1 + position].startswith("{")
    assert known or found == endpoint
