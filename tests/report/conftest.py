from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(builtin_profiles())


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compares with a file of `golden/`; CALLAUDIT_GOLDEN=write makes the files anew, to be reviewed."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("CALLAUDIT_GOLDEN") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
