"""Writes the page: document and figures into templates, styles and scripts into the same file."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from callaudit.load.processes import serves_users
from callaudit.report.escape import html_text
from callaudit.report.html.call_map import call_map, strongest
from callaudit.report.html.chains import endpoints
from callaudit.report.html.embedded import embedded
from callaudit.report.html.evidence import Gathered
from callaudit.report.html.figures import amount, scenario_words, spread
from callaudit.report.html.flows import flows
from callaudit.report.html.load_chart import load_charts

if TYPE_CHECKING:
    from callaudit.report.audit_document.model import AuditDocument
    from callaudit.report.html.pictured import Pictured

HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("formulas", "situation", "caches", "totals", "estimate", "tables", "panel", "page")
"""In the order in which they need each other."""

_SWITCHES: Final = {
    "push": ("push", "What loops wait for is pushed"),
    "websocket-only": ("websocket_only", "What is pushed is polled only while the socket is down"),
    "batch": ("batch", "One request for many, where the provider has one"),
    "key-header": ("key_header", "Every request of the server sends the key"),
}
"""Changes of the model that the panel switches on: what its scripts call them, and what people do."""

_PIECE: Final = 12
"""Characters of a path that stay together."""
_LONG: Final = re.compile(r"(?<=[a-z0-9/]{6})(?=[A-Z])|(?<=[A-Za-z0-9/]{12})(?=[.-])")


def audit_html(document: AuditDocument, pictured: Pictured) -> str:
    """Return the page: one file that asks for nothing; the same document and figures give the same text."""
    style = (HERE / "audit.css").read_text("utf-8")
    script = "(() => {\n'use strict';\n" + "".join(_read(name) for name in SCRIPTS) + "})();\n"
    gathered = Gathered(pictured.lines)
    template = _environment(gathered).get_template("page.html")
    return template.render(
        document=document,
        endpoints=endpoints(pictured.inventory),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own files
        policy=_policy(style, script),
        gathered=gathered,
        **_figures(pictured, gathered),
    )


def _figures(pictured: Pictured, gathered: Gathered) -> dict[str, Any]:
    """What is drawn from the model; nothing of it without one."""
    model, load = pictured.model, pictured.load
    if model is None or load is None or not model.streams or not pictured.scenarios:
        return {"map": None, "charts": ()}
    ways = flows(model, pictured.rates)
    switched = {one.kind for one in load.what_if}
    if not any(stream.batch is not None for stream in model.streams):
        switched.discard("batch")
    return {
        "model": model,
        "scenarios": pictured.scenarios,
        "named": {one.name: scenario_words(one) for one in load.scenarios},
        "has_users": serves_users(model),
        "switches": [_SWITCHES[kind] for kind in _SWITCHES if kind in switched],
        "flows": ways,
        "map": call_map(ways),
        "map_sentence": strongest(ways),
        "charts": load_charts(load),
        "data": Markup(embedded(model, pictured.scenarios, gathered.place)),  # noqa: S704 - escaped for scripts there
    }


def _environment(gathered: Gathered) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    environment.filters |= {
        "kind": lambda value: type(value).__name__,
        "amount": amount,
        "spread": spread,
        "path": _breakable,
        "short": lambda text, longest: text if len(text) <= longest else text[: longest - 1] + "…",
        "base": lambda file: file.rpartition("/")[2],
    }
    environment.globals |= {"at": gathered.place, "proof": gathered.of}
    return environment


def _shown(value: Any) -> Any:
    """What templates print: text of anybody's with its control characters made visible, then escaped."""
    return html_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _breakable(text: str) -> Markup:
    """A path or route that may be broken after a slash, where a piece is long enough to stand on a line."""
    pieces = [""]
    for part in re.findall(r"[^/]*/|[^/]+", html_text(text)):
        if len(pieces[-1]) >= _PIECE:
            pieces.append("")
        pieces[-1] += part
    # A name that is longer still may be broken once, where one of its words begins.
    parts = [
        half for piece in pieces for half in (_LONG.split(piece, maxsplit=1) if len(piece) > 2 * _PIECE else [piece])
    ]
    return Markup("<wbr>").join(map(escape, parts))


def _policy(style: str, script: str) -> str:
    """A policy that lets nothing in but these two texts, and nothing out."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _read(name: str) -> str:
    return (HERE / f"{name}.js").read_text("utf-8")
