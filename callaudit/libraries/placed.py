"""Options whose place in the code matters: a wrapper that is handed two of them is run for each.

Contexts of a call are told apart by values; two objects that say the same would be one context, and only the first of
two polls would be known.
"""

PLACED = frozenset(
    {
        "refetchInterval",
        "refreshInterval",
        "pollInterval",
        "pollingInterval",
        "staleTime",
        "retry",
        "errorRetryCount",
        "retryCount",
    }
)
