"""What an import can mean."""

from __future__ import annotations

from msgspec import Struct


class InFile(Struct, frozen=True, gc=False):
    """The import means this file of the project."""

    path: str


class InPackage(Struct, frozen=True, gc=False):
    """The import means a package from outside; `subpath` is '' for the package itself, else 'promises'."""

    package: str
    subpath: str


class Missing(Struct, frozen=True, gc=False):
    """The import means nothing that is analyzed; `why` is 'asset', 'declaration' (types only) or a phrase."""

    why: str


Resolution = InFile | InPackage | Missing
