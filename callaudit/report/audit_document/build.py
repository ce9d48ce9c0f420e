"""Writes the audit document: its sections in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.bottlenecks import bottlenecks
from callaudit.report.audit_document.coverage import coverage
from callaudit.report.audit_document.critical import critical
from callaudit.report.audit_document.current import current
from callaudit.report.audit_document.endpoints import endpoints
from callaudit.report.audit_document.executive import executive
from callaudit.report.audit_document.model import AuditDocument
from callaudit.report.audit_document.ordering import order
from callaudit.report.audit_document.projections import projections
from callaudit.report.audit_document.readiness import readiness
from callaudit.report.audit_document.recommendations import recommendations, summary_table
from callaudit.report.audit_document.todo import action_items, risks
from callaudit.report.tables import facts

if TYPE_CHECKING:
    from callaudit.report.audit_document.material import Material

_SECTIONS = (
    executive,
    endpoints,
    projections,
    current,
    bottlenecks,
    recommendations,
    summary_table,
    order,
    readiness,
    critical,
    action_items,
    risks,
    coverage,
)


def audit_document(material: Material) -> AuditDocument:
    """Return the document of a repository; the same material gives the same document."""
    sections = tuple(section for make in _SECTIONS if (section := make(material)).blocks or section.sections)
    title = f"API usage audit: {material.name}"
    said = (*facts(material.inventory), "commands are run in the root of the repository")
    return AuditDocument(title, said, sections)
