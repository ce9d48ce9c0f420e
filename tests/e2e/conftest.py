"""The copy of the fixture, built once; without Node and Chromium all of this is skipped, and the reason is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.load.streams import model_of
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from tests.e2e import site
from tests.e2e.shortened import write_copy
from tests.e2e.standin import StandIn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from callaudit.inventory.model import Inventory
    from callaudit.load.model import Model


@pytest.fixture(scope="session")
def machine() -> None:
    """Node, its packages and Chromium are there, or the test is skipped."""
    if reason := site.missing():
        pytest.skip(f"no page was opened in a browser: {reason}")


@pytest.fixture(scope="session")
def shortened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_copy(tmp_path_factory.mktemp("e2e") / "fightclub")


@pytest.fixture(scope="session")
def inventory(shortened: Path) -> Inventory:
    return audit(shortened).inventory


@pytest.fixture(scope="session")
def model(inventory: Inventory) -> Model:
    return model_of(inventory, Catalogue(builtin_profiles()))


@pytest.fixture(scope="session")
def sockets() -> Iterator[StandIn]:
    upstream = StandIn()
    yield upstream
    upstream.close()


@pytest.fixture(scope="session")
def built(machine: None, shortened: Path, inventory: Inventory, sockets: StandIn) -> Path:  # noqa: ARG001
    """The copy, built; it has been audited before, as it is in a repository."""
    site.build(shortened, sockets.port)
    return shortened
