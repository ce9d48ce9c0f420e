"""Bounds of one analysis: what goes beyond is left out, and said to be."""

from __future__ import annotations

MOST_CALLS = 400_000
"""Calls of functions that are run; real code of 60,000 lines needs 20,000."""
MOST_DEPTH = 48
"""Calls inside calls."""
MOST_NESTING = 1_500
"""Expressions inside expressions, over all calls that are open."""
MOST_NESTING_OF_A_CALL = 1_400
"""Beyond this no call is begun, so that what is open can be ended."""
