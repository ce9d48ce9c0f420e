"""Helpers that call a function again while it fails: counts are how often more, or in all, as each documents.

p-retry 6 and 7 (https://github.com/sindresorhus/p-retry#options: `retries` 10, then node-retry's 1 s doubled),
async-retry 1 (https://github.com/vercel/async-retry: 10, doubled from 1 s, randomized), ts-retry-promise 0.8 (10,
`delay` 100), exponential-backoff 3 (https://github.com/coveooss/exponential-backoff: `numOfAttempts` 10 in all,
`startingDelay` 100, `timeMultiple` 2), ts-retry 5 (`maxTry` in all, `delay` 250), @lifeomic/attempt 3 (`maxAttempts` 3
in all, `delay` 200, `factor` 1), cockatiel is not modelled.
"""

from callaudit.libraries.model import Arg, Backoff, Invoke, Library
from callaudit.libraries.model.exports import default_and

_DOUBLED = Backoff(
    1_000,
    2,
    first_at=(Arg(1, "minTimeout"),),
    factor_at=(Arg(1, "factor"),),
    most_at=(Arg(1, "maxTimeout"),),
    jitter_at=(Arg(1, "randomize"),),
)
_RANDOMIZED = Backoff(
    1_000,
    2,
    first_at=_DOUBLED.first_at,
    factor_at=_DOUBLED.factor_at,
    most_at=_DOUBLED.most_at,
    jitter=True,
    jitter_at=_DOUBLED.jitter_at,
)
_MORE = Arg(1, "retries")

P_RETRY = Invoke(how="retry", returns="result", more=_MORE, most=11, backoff=_DOUBLED, mechanism="p-retry")
ASYNC_RETRY = Invoke(how="retry", returns="result", more=_MORE, most=11, backoff=_RANDOMIZED, mechanism="async-retry")
TS_PROMISE = Invoke(
    how="retry",
    returns="result",
    more=_MORE,
    most=11,
    backoff=Backoff(100, first_at=(Arg(1, "delay"),)),
    mechanism="ts-retry-promise",
)
BACK_OFF = Invoke(
    how="retry",
    returns="result",
    attempts=Arg(1, "numOfAttempts"),
    most=10,
    backoff=Backoff(
        100,
        2,
        first_at=(Arg(1, "startingDelay"),),
        factor_at=(Arg(1, "timeMultiple"),),
        most_at=(Arg(1, "maxDelay"),),
    ),
    mechanism="exponential-backoff",
)
TS_RETRY = Invoke(
    how="retry",
    returns="result",
    attempts=Arg(1, "maxTry"),
    most=4,
    backoff=Backoff(250, first_at=(Arg(1, "delay"),)),
    mechanism="ts-retry",
)
ATTEMPT = Invoke(
    how="retry",
    returns="result",
    attempts=Arg(1, "maxAttempts"),
    most=3,
    backoff=Backoff(200, 1, first_at=(Arg(1, "delay"),), factor_at=(Arg(1, "factor"),), most_at=(Arg(1, "maxDelay"),)),
    mechanism="attempt",
)

LIBRARIES = (
    Library(name="p-retry", packages=("p-retry",), exports=default_and(P_RETRY, "pRetry")),
    Library(name="async-retry", packages=("async-retry",), exports=default_and(ASYNC_RETRY, "retry")),
    Library(name="ts-retry-promise", packages=("ts-retry-promise",), exports=default_and(TS_PROMISE, "retry")),
    Library(name="exponential-backoff", packages=("exponential-backoff",), exports=default_and(BACK_OFF, "backOff")),
    Library(name="ts-retry", packages=("ts-retry",), exports=default_and(TS_RETRY, "retry", "retryAsync")),
    Library(name="attempt", packages=("@lifeomic/attempt",), exports=default_and(ATTEMPT, "retry")),
)
