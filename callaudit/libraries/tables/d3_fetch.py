"""D3's loaders, d3-fetch 3 and d3 7: `d3.json(input, init)` and its siblings over fetch. https://d3js.org/d3-fetch."""

from callaudit.libraries.model import Arg, Library, Model, Request

_LOAD = Request(urls=(Arg(0),), methods=(Arg(1, "method"),), options=Arg(1), body=(Arg(1, "body"),))
_NAMES = ("json", "csv", "tsv", "text", "xml", "html", "svg", "blob", "buffer", "image")
_EXPORTS: dict[str, Model] = dict.fromkeys(_NAMES, _LOAD)

LIBRARY = Library(
    name="d3-fetch",
    packages=("d3-fetch", "d3"),
    exports={**_EXPORTS, "dsv": Request(urls=(Arg(1),), methods=(Arg(2, "method"),), options=Arg(2))},
    network=True,
)
