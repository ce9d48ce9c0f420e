"""What calls upstream and is not in a document, and whether the document says that it is complete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.model import Claim, Omission, evidence_of
from callaudit.verify.names import PATH, ROUTE, path_shape, same_words
from callaudit.verify.spoken import intervals_of, times_words
from callaudit.verify.words import code_spans, proposes

_FENCE = re.compile(r"^\s*(```|~~~).*?^\s*\1", re.DOTALL | re.MULTILINE)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from callaudit.inventory.model import Entry, Reach, Trigger
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Block

    _Kind = Callable[["Named", Ground], Iterator[Omission]]

_CALLS = r"(?:apis?|endpoints?|routes?|calls?|requests?|callers?|upstream)"
_COMPLETE = re.compile(
    rf"\b(?:complete|full|exhaustive|comprehensive)\s+(?:[\w/-]+\s+){{0,3}}?{_CALLS}\s+(?:[\w/-]+\s+)?(?:inventory|list|catalogu?e)\b"
    rf"|\b(?:complete|full|exhaustive|comprehensive)\s+(?:inventory|list|catalogu?e)\s+of\s+(?:[\w/-]+\s+){{0,3}}?{_CALLS}\b"
    rf"|\b(?:all|every)\s+(?:[\w/-]+\s+){{0,3}}?{_CALLS}\s+(?:are|is)\s+(?:listed|covered|below)\b",
    re.IGNORECASE,
)


A_LIST = 3
"""So many things of a kind are a list of them; fewer are examples."""
_AGAIN = re.compile(r"(?:invalidate|refetch)Queries|mutate|revalidate")
"""Mechanisms by which a library asks again for what it has read already."""


class Named:
    """What a document names."""

    def __init__(self, text: str, ground: Ground) -> None:
        """Collect routes, files and names from the text of a document."""
        self._text = text
        self._routes = {(found[1], path_shape(found[2])) for found in ROUTE.finditer(text)}
        self._files = {path for found in PATH.finditer(text) for path in ground.files(found[1])}
        self._names = {
            name for span in code_spans(_FENCE.sub("", text)) for name in (span, *re.findall(r"[\w-]+", span))
        }
        named = [p for p in ground.catalogue.profiles.values() if p.provider.name.lower() in text.lower()]
        self._providers = {profile.provider.id for profile in named}

    def concerns(self, reach: Reach) -> bool:
        """Whether a call is of a provider that the document is about; any is where it names none."""
        return reach.provider in self._providers if self._providers else True

    def has_app(self, app: str) -> bool:
        """Whether a file of an app is named, or the app itself."""
        return not app or any(path.startswith(app + "/") for path in self._files) or f"{app}`" in self._text

    def has_route(self, entry: Entry) -> bool:
        """Whether a route is named, by method and path or by the file of its handler alone."""
        method, _, path = entry.name.partition(" ")
        return (method, path_shape(path)) in self._routes

    def has_name(self, name: str, file: str) -> bool:
        """Whether a function, hook or job is named, or the file that it is alone in."""
        last = name.rpartition(".")[2]
        return bool(re.search(rf"(?<!\w){re.escape(last)}(?!\w)", self._text)) or (
            file in self._files and file.rpartition("/")[2].startswith(last)
        )

    def has_file(self, file: str) -> bool:
        """Whether a file is named."""
        return file in self._files

    def has_job(self, name: str) -> bool:
        """Whether a job is named, its words in any order."""
        return any(same_words(name.rpartition(" ")[2], one) for one in self._names)


class Silent(Named):
    """A document about the same providers as another that names nothing."""

    def __init__(self, other: Named) -> None:
        """Be about what `other` is about."""
        self._text, self._routes, self._files, self._names = "", set(), set(), set()
        self._concerns = other.concerns

    def concerns(self, reach: Reach) -> bool:
        """Whether the other document is about a call's provider."""
        return self._concerns(reach)


def omissions(text: str, ground: Ground) -> tuple[Omission, ...] | None:
    """Return what calls upstream and is not named, in the order of kinds and places; None where nothing is listed.

    A document is measured by what it sets out to list: by everything where it says that it is complete, else by the
    kinds of things of which it names several.
    """
    named = Named(text, ground)
    whole = _COMPLETE.search(text) is not None
    kinds = [kind for kind in _KINDS if whole or _lists(kind, named, ground)]
    if not kinds:
        return None
    found = list(_apps(named, ground))
    silent = {item.file for item in found}
    for one in (one for kind in kinds for one in kind(named, ground)):
        inside = any(one.file.startswith(folder + "/") for folder in silent)
        found.extend([] if inside else [one])
    return tuple(dict.fromkeys(found))


def _lists(kind: _Kind, named: Named, ground: Ground) -> bool:
    """Whether a document names so many of the things of a kind that it is a list of them."""
    every, left_out = set(kind(Silent(named), ground)), set(kind(named, ground))
    return len(every - left_out) >= A_LIST


def completeness(blocks: Sequence[Block], left_out: tuple[Omission, ...]) -> Iterator[Claim]:
    """Check that nothing is left out, where a document says so."""
    for block in blocks:
        if block.kind not in ("heading", "paragraph") or proposes(block.headings):
            continue
        found = _COMPLETE.search(block.text)
        if not found:
            continue
        claim = f"it is a {found[0].lower()}" if block.kind == "heading" else found[0]
        if not left_out:
            yield Claim(block.line, "complete", claim, "confirmed", "nothing that calls upstream is left out")
            return
        evidence = evidence_of(left_out, 5)
        words = f"{len(left_out)} are left out, listed below: {', '.join(item.what for item in left_out[:3])}, …"
        yield Claim(block.line, "complete", claim, "contradicted", words, evidence)
        return


def _live(ground: Ground, named: Named) -> Iterator[tuple[Entry, list[Reach]]]:
    for entry in ground.inventory.entries:
        reaches = [reach for reach in entry.reaches if named.concerns(reach)]
        if reaches and not entry.dead:
            yield entry, reaches


def _apps(named: Named, ground: Ground) -> Iterator[Omission]:
    """Return the apps of which the document names no file."""
    apps: dict[str, int] = {}
    for entry, _ in _live(ground, named):
        if not named.has_app(entry.app):
            apps[entry.app] = apps.get(entry.app, 0) + 1
    for app, count in sorted(apps.items()):
        yield Omission(f"the app {app}, with {count} {'entry' if count == 1 else 'entries'} that call upstream", app, 0)


def _routes(named: Named, ground: Ground) -> Iterator[Omission]:
    for entry, reaches in _live(ground, named):
        if entry.kind == "route" and not named.has_route(entry):
            ends = ", ".join(dict.fromkeys(f"{r.method} {r.path.partition('?')[0]}" for r in reaches))
            yield Omission(f"{entry.name} → {ends}", entry.file, entry.line)


def _repeating(named: Named, ground: Ground) -> Iterator[Omission]:
    for trigger in ground.repeating:
        silent = trigger.dead or trigger.kind == "cron" or not trigger.reaches_upstream
        if silent or named.has_name(trigger.function, trigger.file):
            continue
        often = times_words(intervals_of([trigger]))
        words = f"polls every {often}" if often else "polls at an interval that is not known"
        yield Omission(f"{trigger.function} {words}", trigger.file, trigger.line)


def _refetches(named: Named, ground: Ground) -> Iterator[Omission]:
    """Return what asks again for queries after something was done: one firing can be a dozen requests more."""
    again: dict[tuple[str, str], list[Trigger]] = {}
    for trigger in ground.inventory.triggers:
        silent = trigger.dead or trigger.kind != "event" or not _AGAIN.match(trigger.mechanism)
        if not silent and trigger.endpoints and not named.has_name(trigger.entry, trigger.file):
            again.setdefault((trigger.entry, trigger.file), []).append(trigger)
    for (name, file), triggers in again.items():
        ends = ", ".join(dict.fromkeys(f"{p.method} {p.path.partition('?')[0]}" for t in triggers for p in t.endpoints))
        count = sum(len(trigger.endpoints) for trigger in triggers)
        most = "1 request" if count == 1 else f"up to {count} requests"
        words = f"{name} asks again once it is done, {most}: {ends}"
        yield Omission(words, file, triggers[0].line)


def _jobs(named: Named, ground: Ground) -> Iterator[Omission]:
    for entry, _ in _live(ground, named):
        if entry.kind == "job" and not named.has_job(entry.name):
            yield Omission(f"the job {entry.name.rpartition(' ')[2]}", entry.file, entry.line)


def _files(named: Named, ground: Ground) -> Iterator[Omission]:
    """Return the files with call sites of a provider that are not named, unless a route of theirs is listed already."""
    handlers = {entry.file for entry in ground.inventory.entries if entry.kind == "route"}
    sites: dict[str, list[int]] = {}
    for call in ground.inventory.calls:
        if not call.dead and (call.provider or any(url.provider for url in call.urls)):
            sites.setdefault(call.file, []).append(call.line)
    for file, lines in sorted(sites.items()):
        if file not in handlers and not named.has_file(file):
            yield Omission(f"{len(lines)} call {'site' if len(lines) == 1 else 'sites'} in {file}", file, lines[0])


_KINDS: tuple[_Kind, ...] = (_routes, _repeating, _refetches, _jobs, _files)
