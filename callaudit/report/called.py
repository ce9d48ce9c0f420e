"""What a repository calls: the providers that are known with their hosts, and how many hosts are of nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.escape import visible
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.counts import Counts
    from callaudit.providers.match import Catalogue


def called(count: Counts, catalogue: Catalogue) -> Iterator[str]:
    """Name the providers with their hosts, and count the hosts of nobody known."""
    known: dict[str, list[str]] = {}
    for host in count.hosts:
        profile = catalogue.provider_of(host) if host else None
        if profile is not None:
            known.setdefault(profile.provider.name, []).append(host)
    for name, hosts in known.items():
        yield f"{name} ({', '.join(map(visible, hosts))})"
    others = len(count.hosts) - sum(map(len, known.values()))
    if others:
        yield plural(others, "other host" if known else "host")
    if not count.hosts:
        yield "nothing upstream"
