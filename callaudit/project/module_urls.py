"""Modules that are imported by a URL: those of a CDN of npm's or JSR's packages are these packages.

https://esm.sh (with `/v135`, `/stable` or `/*` before the name, `/gh` for what no registry has),
https://www.jsdelivr.com/esm, https://unpkg.com, https://docs.skypack.dev, https://jspm.org/cdn/api. The standard
library of Deno (https://deno.land/std) is `@std` of https://jsr.io; what https://deno.land/x has is on no registry.
"""

from __future__ import annotations

import re

_CDNS = {
    "esm.sh": re.compile(r"/(?:(?:v\d+|stable)/)?+(?:jsr/)?+\*?+(?!gh/|pr/)(.+)"),
    "cdn.esm.sh": re.compile(r"/(?:(?:v\d+|stable)/)?+\*?+(?!gh/)(.+)"),
    "esm.run": re.compile(r"/(.+)"),
    "cdn.jsdelivr.net": re.compile(r"/npm/(.+)"),
    "unpkg.com": re.compile(r"/(.+)"),
    "cdn.skypack.dev": re.compile(r"/(?!-/)(.+)"),
    "jspm.dev": re.compile(r"/(?:npm:)?(.+)"),
    "ga.jspm.io": re.compile(r"/npm:(.+)"),
}
_STANDARD = re.compile(r"/std(?:@[^/]+)?/(.+)")
_URL = re.compile(r"https?://([^/]+)(/[^?#]*)")
_CODE = re.compile(r"\.(?:[cm]?[jt]sx?)$")


def named(url: str) -> str:
    """The package, its version and what is meant in it, as an import by name has them; empty where none is known."""
    found = _URL.match(url)
    if found is None:
        return ""
    host, path = found[1].lower(), found[2]
    if host == "deno.land":
        inside = _STANDARD.fullmatch(path)
        return "@std/" + _CODE.sub("", inside[1]) if inside is not None else ""
    served = _CDNS[host].fullmatch(path) if host in _CDNS else None
    return served[1].removesuffix("/+esm").rstrip("/") if served is not None else ""
