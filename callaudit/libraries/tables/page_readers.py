"""Functions that load a page or a file by its URL and read something out of it.

link-preview-js 3 (`getLinkPreview(text)`; `getPreviewFromContent` sends none), open-graph-scraper 6 (`ogs({ url })`),
unfurl.js 6 (`unfurl(url)`), url-metadata 5 (`urlMetadata(url)`), @extractus/article-extractor 8 (`extract(url)`),
probe-image-size 7 (`probe(url)`), by their READMEs.
"""

from callaudit.libraries.model import Arg, Library, Model, Quiet, Request

_GET = Request(urls=(Arg(0),), method="GET")
_NAMES = ("getLinkPreview", "unfurl", "extract")
_EXPORTS: dict[str, Model] = dict.fromkeys(_NAMES, _GET)

LIBRARY = Library(
    name="page-readers",
    packages=(
        "link-preview-js",
        "open-graph-scraper",
        "unfurl.js",
        "url-metadata",
        "@extractus/article-extractor",
        "probe-image-size",
    ),
    exports={
        **_EXPORTS,
        "default": Request(urls=(Arg(0, "url"), Arg(0)), method="GET"),
        "getPreviewFromContent": Quiet(),
        "extractFromHtml": Quiet(),
    },
    network=True,
)
