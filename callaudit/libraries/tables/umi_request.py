"""umi-request 1 (https://github.com/umijs/umi-request#request-options), and the `request` of umi 3 and 4, alike.

`request(url, options)` and a method for each of HTTP; `extend` makes an instance with a `prefix` before each path. That
of umi is set up in the app's configuration (https://umijs.org/docs/max/request): where it is called its base
is not told.
"""

from msgspec.structs import replace

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_ANY = Request(
    methods=(Arg(1, "method"),),
    options=Arg(1),
    bases=(Arg(1, "prefix"), Arg(1, "baseURL"), Arg(-2, "0.prefix")),
    query=(Arg(1, "params"),),
    body=(Arg(1, "data"),),
)
_METHODS: dict[str, Model] = {
    "": _ANY,
    **{
        name: replace(_ANY, method=name.upper(), methods=())
        for name in ("get", "post", "put", "patch", "delete", "head", "options")
    },
}
_BY_NAME = {f"{export}.{name}" if name else export: model for export in ("default", "request")
            for name, model in _METHODS.items()}  # fmt: skip

LIBRARY = Library(
    name="umi-request",
    packages=("umi-request", "umi", "@umijs/max"),
    exports={**_BY_NAME, "extend": Make("instance"), "default.extend": Make("instance")},
    clients={"instance": _METHODS},
    types={"RequestMethod": "instance"},
    network=True,
)
