"""Stage one: from a folder to a `Project`, and from an import in it to the file that it means."""

from __future__ import annotations

from callaudit.project.content import looks_bundled, looks_minified
from callaudit.project.load import load_project
from callaudit.project.named_data import named_data
from callaudit.project.names import role_of
from callaudit.project.reading import read_source
from callaudit.project.records import (
    EnvDefault,
    Language,
    Notice,
    Package,
    PathConfig,
    Project,
    ProjectError,
    Role,
    SourceFile,
)
from callaudit.project.resolution import InFile, InPackage, Missing, Resolution
from callaudit.project.resolver import Resolver

__all__ = [
    "EnvDefault",
    "InFile",
    "InPackage",
    "Language",
    "Missing",
    "Notice",
    "Package",
    "PathConfig",
    "Project",
    "ProjectError",
    "Resolution",
    "Resolver",
    "Role",
    "SourceFile",
    "load_project",
    "looks_bundled",
    "looks_minified",
    "named_data",
    "read_source",
    "role_of",
]
