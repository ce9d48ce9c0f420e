"""Helpers that call a function again while it fails, and are given the options before it or after it.

promise-retry 2 (https://github.com/IndigoUnited/node-promise-retry: as node-retry, in either order; the function says
by a call when to try again), async 3 (https://caolan.github.io/async/v3/docs.html#retry: `times` 5 in all, `interval`
0), radash 12 (https://radash-docs.vercel.app/docs/async/retry: `times` 3 in all, `delay` 0).
"""

from callaudit.libraries.model import Arg, Backoff, Invoke, Library
from callaudit.libraries.tables.retries import P_RETRY

PROMISE_RETRY = Invoke(
    (Arg(0), Arg(1)),
    how="retry",
    returns="result",
    more=P_RETRY.more,
    most=11,
    backoff=P_RETRY.backoff,
    mechanism="promise-retry",
)


def _options_first(most: int, delay: str, mechanism: str) -> Invoke:
    return Invoke(
        (Arg(1),),
        how="retry",
        returns="result",
        attempts=Arg(0, "times"),
        most=most,
        backoff=Backoff(0, first_at=(Arg(0, delay),)),
        mechanism=mechanism,
    )


ASYNC = _options_first(5, "interval", "async.retry")

LIBRARIES = (
    Library(
        name="promise-retry",
        packages=("promise-retry",),
        exports={"default": PROMISE_RETRY, "promiseRetry": PROMISE_RETRY},
    ),
    Library(name="async.retry", packages=("async",), exports={"retry": ASYNC, "default.retry": ASYNC}),
    Library(name="async.retry", packages=("async/retry",), exports={"default": ASYNC}),
    Library(name="radash", packages=("radash",), exports={"retry": _options_first(3, "delay", "radash")}),
)
