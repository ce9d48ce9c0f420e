"""The operators that compare, as code writes them."""

from __future__ import annotations

EQUAL = frozenset({"==", "==="})
UNEQUAL = frozenset({"!=", "!=="})
LESS = frozenset({"<", "<="})
MORE = frozenset({">", ">="})
COMPARISONS = LESS | MORE
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""Each operator with the one that says the same of its sides turned around."""
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""Each operator with the one that holds where it does not."""
