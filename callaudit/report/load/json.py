"""The load estimate as one JSON document: the contract that other programs read (`callaudit/load/1`)."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import msgspec

from callaudit.report.json_report import json_document

if TYPE_CHECKING:
    from callaudit.load.compare import LoadChange
    from callaudit.load.results import Load


def load_json(load: Load) -> str:
    """Return the estimate; what has no bound is left out."""
    return json_document(_finite(msgspec.to_builtins(load)))


def change_json(change: LoadChange) -> str:
    """Return what two revisions ask differently."""
    return json_document(_finite(msgspec.to_builtins(change)))


def _finite(value: Any) -> Any:
    """Leave out what is not known (null) and what has no end, which JSON cannot say."""
    if isinstance(value, dict):
        found = {name: _finite(item) for name, item in value.items()}
        return {name: item for name, item in found.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if value == inf else value
