"""@upstash/ratelimit 1 and 2: https://upstash.com/docs/redis/sdks/ratelimit-ts/methods.

`limit(identifier)` says whether there is room, `blockUntilReady` waits for it. How much there is for each identifier,
over all processes, `slidingWindow(10, "10 s")` says.
"""

from msgspec.structs import replace

from callaudit.libraries.model import Give, Library, Make, Quiet

_TURN = Quiet(turn="limiter", store="distributed", keyed=True)

LIBRARY = Library(
    name="upstash ratelimit",
    packages=("@upstash/ratelimit",),
    exports={
        "Ratelimit": Make("limiter"),
        "MultiRegionRatelimit": Make("limiter"),
        "default": Make("limiter"),
        **{f"Ratelimit.{name}": Give() for name in ("slidingWindow", "fixedWindow", "tokenBucket")},
    },
    clients={
        "limiter": {
            "limit": replace(_TURN, allows="success"),
            "blockUntilReady": _TURN,
            "getRemaining": Quiet(),
            "resetUsedTokens": Quiet(),
        }
    },
    types={"Ratelimit": "limiter"},
)
