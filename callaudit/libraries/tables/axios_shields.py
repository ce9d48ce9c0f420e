"""Packages that put something before all requests of an axios instance, and give it back.

axios-cache-interceptor 1 (https://axios-cache-interceptor.js.org/config#ttl: five minutes where nothing is said, GET
and HEAD), axios-rate-limit 1 (https://github.com/aishek/axios-rate-limit), axios-cookiejar-support 4 and 5.
"""

from callaudit.libraries.model import Arg, Give, Library, Model, Shield

_CACHE = Shield("axios-cache-interceptor", ttl=(Arg(1, "ttl"),), default=300_000, methods=("GET", "HEAD"))
_RATE = Shield(
    "axios-rate-limit",
    guard="limiter",
    most=(Arg(1, "maxRequests"), Arg(1, "maxRPS")),
    per=Arg(1, "perMilliseconds"),
)


def _library(package: str, model: Model, *names: str) -> Library:
    return Library(name=package, packages=(package,), exports=dict.fromkeys(names, model), network=True)


LIBRARIES = (
    _library("axios-cache-interceptor", _CACHE, "setupCache", "default.setupCache"),
    _library("axios-rate-limit", _RATE, "default", "rateLimit"),
    _library("axios-cookiejar-support", Give(), "wrapper", "default"),
)
