"""Defaults of environment variables, without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.project import EnvDefault
from callaudit.project.env_defaults import safe_value

if TYPE_CHECKING:
    from tests.project.conftest import Make


def test_only_example_files_are_read(make: Make) -> None:
    project = make({
        ".env": "A=http://real\n",
        ".env.local": "A=http://real\n",
        ".env.example": '# no\nA=http://a.example # why\n\nexport B = "/v1" \n#C=1\nD=\n'
        "E='x y'\r\nnot a line\n",
        "apps/api/.env.sample": "PORT=3000\r\n",
    })  # fmt: skip
    assert project.env_defaults == (
        EnvDefault("A", "http://a.example", ".env.example", 2),
        EnvDefault("B", "/v1", ".env.example", 4),
        EnvDefault("D", "", ".env.example", 6),
        EnvDefault("E", "", ".env.example", 7),
        EnvDefault("PORT", "3000", "apps/api/.env.sample", 1),
    )


@pytest.mark.parametrize(
    "value",
    [
        "https://api.example.com/v1", "wss://x.example/ws?a=1", "http://localhost:3000", "postgres://db:5432/x",
        "/api/v1", "./data", "localhost:6379", "api.example.com", "10.0.0.1:80", "3000", "0.5", "-1",
    ],
)  # fmt: skip
def test_addresses_paths_and_numbers_are_kept(value: str) -> None:
    assert safe_value("API", value) == value


@pytest.mark.parametrize(
    "value",
    [
        "", "your-key-here", "sk_live_abc", "true", "12345678901234567890", "a:b", "user:1234", "x" * 3000,
        "/k3Jd9fLq2Vb7Xz1Pm8Rt/4", "eyJhbGciOiJ9.eyJzdWIiOiIx.SflKxwRJSM", "http://a, http://b",
    ],
)  # fmt: skip
def test_other_values_are_not(value: str) -> None:
    assert safe_value("API", value) == ""


@pytest.mark.parametrize("name", ["API_KEY", "SECRET_PATH", "DB_PASSWORD", "ADMIN_PIN", "AUTH_HOST", "accessToken"])
def test_names_of_secrets_have_no_value(name: str) -> None:
    assert safe_value(name, "4711") == ""
    assert safe_value(name, "/a/b") == ""


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("https://user:pass@x.example/a", "https://***@x.example/a"),
        ("https://x.example/a?api_key=abc&b=1&token=", "https://x.example/a?api_key=***&b=1&token="),
        ("https://hooks.example/services/T0/Zk3Jd9fLq2Vb7Xz1Pm8Rt4", "https://hooks.example/services/T0/***"),
        ("https://x.example/a?s=Zk3Jd9fLq2Vb7Xz1Pm8Rt4", "https://x.example/a?s=***"),
        ("https://a@b:c@x.example/", "https://***@x.example/"),
        ("https://x.example/order-history-of-accounts", "https://x.example/order-history-of-accounts"),
    ],
)
def test_what_could_be_secret_in_an_address_is_masked(value: str, masked: str) -> None:
    assert safe_value("API_TOKEN_URL", value) == masked


def test_an_example_file_that_cannot_be_read_is_a_notice(make: Make) -> None:
    project = make({".env.example": b"A=\0"})
    assert [(notice.path, notice.what) for notice in project.notices] == [(".env.example", "binary")]
