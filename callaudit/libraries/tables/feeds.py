"""Readers of RSS, Atom and JSON feeds that load the feed themselves.

rss-parser 3 (https://github.com/rbren/rss-parser: `parseURL` sends a GET, `parseString` nothing),
@extractus/feed-extractor 7 and its former name feed-reader (https://github.com/extractus/feed-extractor: `extract`,
before that `read`), rss-to-json 2 (`parse(url)`), by their READMEs.
"""

from callaudit.libraries.model import Arg, Library, Make, Quiet, Request

_GET = Request(method="GET")

LIBRARY = Library(
    name="feeds",
    packages=("rss-parser", "@extractus/feed-extractor", "feed-reader", "rss-to-json"),
    exports={
        "default": Make("parser"),
        "extract": _GET,
        "read": _GET,
        "parse": _GET,
        "extractFromXml": Quiet(),
        "extractFromJson": Quiet(),
    },
    clients={"parser": {"parseURL": Request(urls=(Arg(0),), method="GET"), "parseString": Quiet()}},
    types={"default": "parser", "Parser": "parser"},
    network=True,
)
