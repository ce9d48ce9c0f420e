"""Names of events: what a user does, and attributes of elements that are called as events are."""

from __future__ import annotations

OF_A_USER = frozenset(
    {
        "click", "dblclick", "keydown", "keyup", "keypress", "mousedown", "mouseup", "pointerdown", "pointerup",
        "touchstart", "touchend", "submit", "change", "input", "drop", "paste",
    }
)  # fmt: skip
"""Events of what a user does: https://w3c.github.io/uievents/. Others say what the page or its window does."""

_ACTIONS = frozenset({"action", "formAction"})
"""Attributes of a form and of its buttons whose functions a user's doing runs, as `onClick`."""
_OF_ELEMENTS = OF_A_USER | {
    *("select", "blur", "focus", "mouseenter", "mouseleave", "scroll", "dragstart", "dragend", "reset"),
}
_NATIVE = frozenset(f"on{name}" for name in _OF_ELEMENTS)
"""Events as the platform writes them, and Svelte 5: https://svelte.dev/docs/svelte/basic-markup#Events."""


def is_event(key: object) -> bool:
    """Whether an attribute is called as events are: a user's doing runs its value, even where it is only named."""
    return isinstance(key, str) and (key in _ACTIONS or key in _NATIVE or (key[:2] == "on" and key[2:3].isupper()))
