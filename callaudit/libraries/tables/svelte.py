"""Svelte 3 to 5: https://svelte.dev/docs/svelte/lifecycle-hooks; runes: /docs/svelte/what-are-runes."""

from callaudit.libraries.model import Give, Invoke, Library

_RESULT = Invoke(returns="result")

LIBRARIES = (
    Library(
        name="svelte",
        packages=("svelte",),
        exports={
            "onMount": Invoke(),
            **dict.fromkeys(("onDestroy", "beforeUpdate", "afterUpdate"), Invoke(how="event")),
            "tick": Invoke(()),
        },
    ),
    Library(
        name="svelte",
        packages=("",),
        exports={
            "$effect": Invoke(),
            "$effect.pre": Invoke(),
            "$effect.root": Invoke(),
            "$state": Give(),
            "$state.raw": Give(),
            "$derived": Give(),
            "$derived.by": _RESULT,
        },
    ),
)
