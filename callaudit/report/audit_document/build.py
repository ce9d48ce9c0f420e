"""Writes the audit document: its sections in the order in which they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.audit_document.coverage import coverage
from callaudit.report.audit_document.model import AuditDocument
from callaudit.report.tables import facts

if TYPE_CHECKING:
    from callaudit.report.audit_document.material import Material


def audit_document(material: Material) -> AuditDocument:
    """Return the document of a repository; the same material gives the same document."""
    sections = (coverage(material),)
    title = f"API usage audit of {material.name}"
    return AuditDocument(title, facts(material.inventory), tuple(s for s in sections if s.blocks or s.sections))
