"""wretch 2 and 3: https://elbywan.github.io/wretch/api/interfaces/index.Wretch.html."""

from callaudit.libraries.model import Arg, Headers, Library, Make, Model, Register, Request

_READ = ("get", "delete", "head", "opts")
_WRITE = ("post", "put", "patch")


def _methods(urls: tuple[Arg, ...], base: Arg) -> dict[str, Model]:
    """Send below `base`; where a call adds no path, `urls` says where it is. A body comes before a path."""
    words = {name: "OPTIONS" if name == "opts" else name.upper() for name in (*_READ, *_WRITE)}
    return {
        **{name: Request(urls=(Arg(0), *urls), method=words[name], bases=(base,)) for name in _READ},
        **{name: Request(urls=(Arg(1), *urls), method=words[name], bases=(base,)) for name in _WRITE},
    }


_SAME: dict[str, Model] = dict.fromkeys(
    (
        "content",
        "accept",
        "catcher",
        "addon",
        "query",
        "json",
        "body",
        "resolve",
    ),
    Register(how="same"),
)
_SAME |= {
    "headers": Headers(given=Arg(0), gives=True),
    "auth": Headers(always="authorization", gives=True),
    "options": Headers(given=Arg(0, "headers"), gives=True),
    "middlewares": Headers(hidden=True, gives=True),
    "defer": Headers(hidden=True, gives=True),
}

LIBRARY = Library(
    name="wretch",
    packages=("wretch",),
    exports={"default": Make("root"), "wretch": Make("root")},
    clients={
        "root": {**_methods((Arg(-2, "0"),), Arg(-2, "0")), **_SAME, "url": Make("below")},
        "below": {**_methods((Arg(-2, "0"),), Arg(-2, "1")), **_SAME},
    },
    types={"Wretch": "root"},
    network=True,
)
