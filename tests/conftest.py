"""No test reads or writes the cache of the developer who runs it, and none depends on chance."""

from __future__ import annotations

import pytest
from hypothesis import settings

from callaudit.cache.place import VARIABLE
from callaudit.flow.machine.mishaps import RAISE

# A run says the same of the same code each time; `--hypothesis-profile=search` looks for what nobody has seen yet.
settings.register_profile("settled", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("settled")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
    patch.setenv(RAISE, "1")  # a mistake of callaudit fails a test, wherever it happens
