"""Words that stand in the database for what has no value: no column is ever NULL."""

from typing import Final

UNKNOWN: Final = "unknown"
NONE: Final = "none"
SEVERAL: Final = "several"
UNBOUNDED: Final = "unbounded"
ALWAYS: Final = "always"
