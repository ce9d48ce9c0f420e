"""Parsers of HTML that also load a page by its URL; what else they are called with is the page itself, or a part of it.

cheerio 1 (`fromURL(url)`; `cheerio(node)` and `load(html)` send nothing), jsdom 26 (`JSDOM.fromURL(url)`), by their
READMEs.
"""

from callaudit.libraries.model import Arg, Library, Request

_GET = Request(urls=(Arg(0),), method="GET")

LIBRARY = Library(
    name="page-parsers",
    packages=("cheerio", "jsdom"),
    exports={"fromURL": _GET, "default.fromURL": _GET, "JSDOM.fromURL": _GET},
    network=True,
)
