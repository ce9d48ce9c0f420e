"""Words that stand in the database for what has no value: no column is ever NULL."""

from typing import Final

from callaudit.flow.effects.records import LOCK, ONCE

__all__ = ["ALWAYS", "LOCK", "NONE", "ONCE", "SEVERAL", "UNBOUNDED", "UNKNOWN"]

UNKNOWN: Final = "unknown"
NONE: Final = "none"
SEVERAL: Final = "several"
UNBOUNDED: Final = "unbounded"
ALWAYS: Final = "always"
