"""What advice is tried with."""

from __future__ import annotations

import pytest

from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(builtin_profiles())
