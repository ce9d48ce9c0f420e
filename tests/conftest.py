"""No test reads or writes the cache of the developer who runs it."""

from __future__ import annotations

import pytest

from callaudit.cache.place import VARIABLE


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
