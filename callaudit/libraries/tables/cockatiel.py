"""cockatiel 2 and 3: policies, alone or wrapped around each other, that run a function.

https://github.com/connor4312/cockatiel#readme; in version 2 `Policy.handleAll().retry()` makes them, which is not
followed.
"""

from callaudit.libraries.model import Arg, Backoff, Give, Invoke, Library, Make, Model, Quiet

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

BACKOFFS = {
    "ConstantBackoff": Backoff(0, first_at=(Arg(0),)),
    "ExponentialBackoff": Backoff(
        128,
        factor=2,
        most=30_000,
        first_at=(Arg(0, "initialDelay"),),
        factor_at=(Arg(0, "exponent"),),
        most_at=(Arg(0, "maxDelay"),),
        jitter=True,
    ),
}
"""How long a retry waits, by the classes of its `backoff`."""

LIBRARY = Library(
    name="cockatiel",
    packages=("cockatiel",),
    exports={**{name: Make(kind) for name, kind in _KINDS.items()}, "noop": Give()},
    clients=dict.fromkeys(_KINDS.values(), _POLICY),
)
