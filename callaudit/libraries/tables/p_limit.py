"""p-limit 3 to 7: https://github.com/sindresorhus/p-limit#limitfn-args."""

from callaudit.libraries.model import Invoke, Library, Make

LIBRARY = Library(
    name="limits",
    packages=("p-limit",),
    exports={"default": Make("limit"), "pLimit": Make("limit")},
    clients={"limit": {"": Invoke(returns="result", guard="limiter")}},
)
