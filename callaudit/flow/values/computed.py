"""Names of properties whose keys the analysis does not know: `{ [chain.id]: … }`.

Such a property is kept under a name that no code can ask for. What a library exports is one value wherever it is
read, so that it finds its own property again; any other unknown key may be each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.values import ForeignValue

if TYPE_CHECKING:
    from callaudit.flow.values.values import Value

MARK = "[computed]"


def computed_name(key: Value, number: int = -1) -> str:
    """The name of the property at `key`; `number` tells it from its neighbours where nothing is known of the key."""
    if isinstance(key, ForeignValue) and key.package and key.args is None:
        return f"{MARK} {key.package} {'.'.join(key.path)}"
    return f"{MARK} {number}" if number >= 0 else MARK


def is_computed(name: str) -> bool:
    """Whether `name` stands for a key that is not known."""
    return name.startswith(MARK)
