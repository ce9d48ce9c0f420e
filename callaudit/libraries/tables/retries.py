"""Helpers that call a function again while it fails: counts are how often more, or in all, as each documents.

p-retry 6 and 7 (https://github.com/sindresorhus/p-retry#options: `retries` 10), async-retry 1
(https://github.com/vercel/async-retry: 10), ts-retry-promise 0.8 (10), exponential-backoff 3
(https://github.com/coveooss/exponential-backoff: `numOfAttempts` 10 in all).
"""

from callaudit.libraries.model import Arg, Invoke, Library, Model

_RETRY = Invoke(how="retry", returns="result", more=Arg(1, "retries"), most=11)
_BACK_OFF = Invoke(how="retry", returns="result", attempts=Arg(1, "numOfAttempts"), most=10)
_EXPORTS: dict[str, Model] = {"default": _RETRY, "pRetry": _RETRY, "retry": _RETRY, "backOff": _BACK_OFF}

LIBRARY = Library(
    name="retry",
    packages=(
        "p-retry",
        "async-retry",
        "ts-retry-promise",
        "exponential-backoff",
        "ts-retry",
        "@lifeomic/attempt",
    ),
    exports=_EXPORTS,
)
