"""jQuery 3 and 4: https://api.jquery.com/category/ajax/."""

from callaudit.libraries.model import Arg, Library, Model, Request

_URLS = (Arg(0, "url"), Arg(0))
_EXPORTS: dict[str, Model] = {
    "ajax": Request(
        urls=_URLS,
        methods=(Arg(0, "method"), Arg(0, "type"), Arg(1, "method"), Arg(1, "type")),
        options=Arg(-1),
    ),
    "get": Request(urls=_URLS, method="GET"),
    "getJSON": Request(urls=_URLS, method="GET"),
    "getScript": Request(urls=_URLS, method="GET"),
    "post": Request(urls=_URLS, method="POST"),
}

LIBRARY = Library(
    name="jquery",
    packages=("jquery",),
    exports={f"{prefix}{name}": model for prefix in ("", "default.") for name, model in _EXPORTS.items()},
    network=True,
)
