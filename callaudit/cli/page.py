"""The audit document as one HTML file: gathers what its figures are drawn from, which other formats do not need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.config.load import Config
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import AuditDocument


def page_of(document: AuditDocument, material: Material, config: Config) -> str:
    """Return the page of a document; scenarios are those of its load estimate, the one with the fewest users first."""
    from callaudit.load.rates import stream_rates
    from callaudit.load.resolve import resolved
    from callaudit.load.settings import scenarios
    from callaudit.load.totals import Totals
    from callaudit.report.html.page import audit_html
    from callaudit.report.html.pictured import Pictured

    known = {one.name: one for one in scenarios(config)}
    chosen = sorted(material.load.scenarios, key=lambda one: (one.users, one.name))
    totals = Totals(material.model)
    ready = tuple(resolved(known[one.name], totals) for one in chosen)
    return audit_html(
        document,
        Pictured(
            inventory=material.inventory,
            lines=material.lines,
            model=material.model,
            load=material.load,
            scenarios=ready,
            rates=stream_rates(material.model, ready[0]) if ready else {},
        ),
    )
