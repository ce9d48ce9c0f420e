"""The files that matter: where calls are made and started, ranked by the load that starts in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.advice.model import Weight

if TYPE_CHECKING:
    from callaudit.advice.known import Known


def weights(known: Known) -> tuple[tuple[Weight, ...], int]:
    """Return the files with load, findings or call sites, the heaviest first, and how many others start calls."""
    found = _collected(known)
    weighty = [one for one in found if one.share or one.findings or one.sites]
    ranked = sorted(weighty, key=lambda one: (-one.share, -one.findings, -len(one.sites), one.file))
    return tuple(ranked), len(found) - len(weighty)


def _collected(known: Known) -> list[Weight]:
    sites: dict[str, set[int]] = {}
    entries: dict[str, set[str]] = {}
    for entry in known.inventory.entries:
        for reach in entry.reaches if not entry.dead else ():
            sites.setdefault(reach.site.file, set()).add(reach.site.line)
            entries.setdefault(entry.file, set()).add(f"{entry.kind} {entry.name}")
    shares: dict[str, float] = {}
    for bucket in known.smallest.buckets:
        for one in bucket.contributors:
            if bucket.capacity:
                shares[one.file] = shares.get(one.file, 0.0) + one.credits_per_window.expected / bucket.capacity
    files = dict.fromkeys((*sites, *entries, *shares))
    findings = dict.fromkeys(files, 0)
    for finding in known.checked.findings:
        if finding.counts and finding.file in findings:
            findings[finding.file] += 1
    return [
        Weight(
            file,
            tuple(sorted(sites.get(file, ()))),
            len(entries.get(file, ())),
            findings[file],
            shares.get(file, 0.0),
        )
        for file in files
    ]
