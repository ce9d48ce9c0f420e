"""Circuit breakers: the function that a breaker was made with runs when it is fired.

opossum 5 to 8 (https://nodeshift.dev/opossum/#circuitbreaker): `new CircuitBreaker(action, options)`,
`fire(...args)` and `call(context, ...args)` run the action once or not at all, under its
options (`flow/retries/policies.py`), `fallback(f)` runs f where it fails.
"""

from callaudit.libraries.model import Arg, Invoke, Library, Make, Quiet

_BREAKER = Make("opossum")

UNTOLD = 10_000
"""How many milliseconds an action may take where it is not told."""

LIBRARY = Library(
    name="circuit-breaker",
    packages=("opossum",),
    exports={"default": _BREAKER, "CircuitBreaker": _BREAKER},
    clients={
        "opossum": {
            "fire": Invoke((Arg(0),), made=True, returns="result", policies=True),
            "call": Invoke((Arg(0),), made=True, returns="result", skip=1, policies=True),
            "fallback": Invoke((Arg(0),), how="maybe", returns="receiver"),
            "on": Invoke((Arg(1),), how="event"),
            "open": Quiet(),
            "close": Quiet(),
        }
    },
)
