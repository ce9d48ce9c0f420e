"""Findings that are known: a file of fingerprints, one for each, so that no new finding passes for an old one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from callaudit.rules.model import Finding

SCHEMA: Final = "callaudit/baseline/1"


class Known(Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A finding as it is remembered; `file` and `message` are for people."""

    file: str
    rule: str
    fingerprint: str
    moved: str
    message: str = ""


class Baseline(Struct, frozen=True, forbid_unknown_fields=True):
    """All known findings, in the order of files."""

    schema: str
    findings: tuple[Known, ...] = ()


class BaselineError(Exception):
    """A file that is no baseline of this version; the message is one line."""


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """Return a baseline that knows the findings, each place of them; what comments silence needs none."""
    known = [
        Known(file, one.rule, fingerprint, moved, one.message)
        for one in findings
        if not one.suppressed
        for file, fingerprint, moved in _places(one)
    ]
    return Baseline(SCHEMA, tuple(sorted(known)))


def _places(one: Finding) -> Iterator[tuple[str, str, str]]:
    """Give file and names of every place of a finding."""
    yield one.file, one.fingerprint, one.moved
    for member in one.members:
        yield member.step.file, member.fingerprint, member.moved


def read_baseline(path: Path) -> Baseline:
    """Read a baseline. Raises `BaselineError` for what is none, or is one of another version."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BaselineError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        plain = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BaselineError(f"{path}: not valid JSON: {error}") from None
    given = plain.get("schema") if isinstance(plain, dict) else None
    if given != SCHEMA:
        raise BaselineError(f"{path}: schema is {given!r}; this version reads {SCHEMA}; write the baseline anew")
    try:
        return msgspec.convert(plain, Baseline)
    except msgspec.ValidationError as error:
        raise BaselineError(f"{path}: {str(error)[:1].lower()}{str(error)[1:]}") from None


def compared(findings: Iterable[Finding], baseline: Baseline) -> tuple[tuple[Finding, ...], tuple[Known, ...]]:
    """Return the findings, known ones marked, and what the baseline knows and nothing is found of.

    A place is known by its fingerprint; in a second pass, what is left over of both by what a moved file keeps. Each
    entry answers for one place, and a finding is known when all its places are.
    """
    findings = tuple(findings)
    places = [(number, names) for number, one in enumerate(findings) for names in _places(one)]
    left = Counter(baseline.findings)
    by_name = {known.fingerprint: known for known in baseline.findings}
    missing: list[tuple[int, str]] = []
    for number, (_, fingerprint, moved) in places:
        known = by_name.get(fingerprint)
        if known is not None and left[known]:
            left[known] -= 1
        else:
            missing.append((number, moved))
    same: dict[str, list[Known]] = {}
    for known in left.elements():
        same.setdefault(known.moved, []).append(known)
    new: set[int] = set()
    for number, moved in missing:
        if same.get(moved):
            left[same[moved].pop()] -= 1
        else:
            new.add(number)
    marked = tuple(one if number in new else replace(one, baselined=True) for number, one in enumerate(findings))
    return marked, tuple(sorted(left.elements()))


def fixed(findings: Iterable[Finding], gone: Iterable[Known]) -> int:
    """Count the findings of which every place is gone."""
    names = {known.fingerprint for known in gone}
    return sum(
        all(fingerprint in names for _, fingerprint, _ in _places(one)) for one in findings if not one.suppressed
    )


def pruned(baseline: Baseline, gone: Iterable[Known]) -> Baseline:
    """Return the baseline without what is gone."""
    left = Counter(baseline.findings) - Counter(gone)
    return replace(baseline, findings=tuple(sorted(left.elements())))
