"""cockatiel 2 and 3: policies, alone or wrapped around each other, that run a function.

https://github.com/connor4312/cockatiel#readme; in version 2 `Policy.handleAll().retry()` makes them, which is not
followed.
"""

from callaudit.libraries.model import Give, Invoke, Library, Make, Model, Quiet

_RUN = Invoke(returns="result", policies=True)
_POLICY: dict[str, Model] = {
    "execute": _RUN,
    **dict.fromkeys(("onRetry", "onSuccess", "onFailure", "onGiveUp", "onTimeout", "onBreak", "onReset"), Quiet()),
}
_KINDS = {
    "retry": "retry",
    "timeout": "timeout",
    "bulkhead": "bulkhead",
    "circuitBreaker": "breaker",
    "wrap": "wrapped",
    "fallback": "other",
}

LIBRARY = Library(
    name="cockatiel",
    packages=("cockatiel",),
    exports={**{name: Make(kind) for name, kind in _KINDS.items()}, "noop": Give()},
    clients=dict.fromkeys(_KINDS.values(), _POLICY),
)
