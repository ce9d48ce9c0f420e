"""Node's http and https: https://nodejs.org/api/http.html#httprequesturl-options-callback."""

from callaudit.libraries.model import Arg, Library, Model, Request

_URLS = (Arg(0, "url"), Arg(0, "path"), Arg(0))
_REQUEST = Request(
    urls=_URLS,
    methods=(Arg(1, "method"), Arg(0, "method")),
    options=Arg(0),
    headers=(Arg(1, "headers"),),
    later={"setHeader": ""},
    bases=(Arg(0, "hostname"), Arg(0, "host")),
    base_is_host=True,
)
_GET = Request(
    urls=_URLS,
    method="GET",
    options=Arg(0),
    headers=(Arg(1, "headers"),),
    later={"setHeader": ""},
    bases=(Arg(0, "hostname"), Arg(0, "host")),
    base_is_host=True,
)
_EXPORTS: dict[str, Model] = {"request": _REQUEST, "get": _GET}

LIBRARY = Library(
    name="node:http",
    packages=("http", "https", "node:http", "node:https", "http2", "follow-redirects"),
    exports={
        **_EXPORTS,
        **{f"default.{name}": model for name, model in _EXPORTS.items()},
        **{f"{scheme}.{name}": model for scheme in ("http", "https") for name, model in _EXPORTS.items()},
    },
    network=True,
)
