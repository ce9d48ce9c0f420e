"""fetch-retry 5 and 6: it makes of fetch one that tries again. https://github.com/jonbern/fetch-retry#options.

Three times more, after 1 s each, where nothing is said; `retryDelay` may be a function of the attempt, from 0 on.
"""

from callaudit.libraries.model import Arg, Backoff, Invoke, Library

LIBRARY = Library(
    name="fetch-retry",
    packages=("fetch-retry",),
    exports={},
    decorators={
        name: Invoke(
            how="retry",
            more=Arg(0, "retries"),
            most=4,
            backoff=Backoff(1_000, first_at=(Arg(0, "retryDelay"),)),
            mechanism="fetch-retry",
        )
        for name in ("default", "fetchRetry")
    },
    network=True,
)
