from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callaudit.providers.load import builtin_profiles, load_profile
from callaudit.providers.match import Catalogue
from callaudit.providers.mistakes import ProfileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.providers.model import Profile

PROFILES = Path(__file__).parents[2] / "callaudit" / "providers" / "profiles"

SMALL = """\
profile_version: 1
provider: {id: acme, name: Acme, retrieved: "2026-01-31"}
sources:
  docs: {url: "https://docs.acme.test/limits"}
hosts:
  - {id: main, env: production, kind: rest, url: "https://api.acme.test", path_prefix: /v2}
  - {id: any, env: production, kind: rest, url: "https://*.eu.acme.test"}
contexts:
  - {id: keyed, when: {header: X-Acme-Key}}
  - {id: anonymous}
buckets:
  - id: ip
    unit: requests
    key_by: [ip]
    contexts: [anonymous]
    capacity: {value: 10}
    window: {seconds: 1, kind: fixed}
costs:
  one: {charges: {ip: 1}, basis: stated, sources: docs}
endpoints:
  - group: things
    access: public
    effect: read
    scope: shared
    cost: one
    endpoints:
      GET /v2/things: {sources: docs}
      GET /v2/things/mine: {sources: docs}
      GET /v2/things/{id}: {sources: docs/things}
      GET /v2/things/{id}/parts/{part}: {sources: docs}
"""
"""The smallest profile that has one of each."""


@pytest.fixture(scope="session")
def pacifica() -> Profile:
    return next(profile for profile in builtin_profiles() if profile.provider.id == "pacifica")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(builtin_profiles())


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def write_profile(text: str | bytes) -> Path:
        path = tmp_path / "acme.yaml"
        path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return path

    return write_profile


@pytest.fixture
def mistakes_of(write: Callable[[str | bytes], Path]) -> Callable[[str | bytes], list[str]]:
    """Give the mistakes of a profile as `line: message`."""

    def mistakes(text: str | bytes) -> list[str]:
        with pytest.raises(ProfileError) as caught:
            load_profile(write(text))
        return [f"{mistake.line}: {mistake.message}" for mistake in caught.value.mistakes]

    return mistakes
