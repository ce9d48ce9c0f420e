"""axios-retry 3 and 4 (https://github.com/softonic/axios-retry#options): 3 more, no delay unless one is given.

retry-axios 3 (https://github.com/JustinBeckwith/retry-axios): 3 more where the instance has a `raxConfig`.
"""

from callaudit.libraries.model import Arg, Backoff, Library, Retrying

_BACKOFF = Backoff(0, first_at=(Arg(1, "retryDelay"),), grown_first=200, doubling="exponentialDelay", counts_from=1)
_RETRYING = Retrying(more=(Arg(1, "retries"),), most=4, backoff=_BACKOFF)

LIBRARY = Library(
    name="axios-retry", packages=("axios-retry",), exports={"default": _RETRYING, "axiosRetry": _RETRYING}
)
