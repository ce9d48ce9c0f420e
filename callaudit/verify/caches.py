"""Claims about what caches and libraries there are, or are not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import asserts, introduced, quoted
from callaudit.verify.model import Claim, Evidence, evidence_of
from callaudit.verify.names import PATH
from callaudit.verify.retries import words_of
from callaudit.verify.subjects import subjects_in
from callaudit.verify.words import code_spans, name_words, singular, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Guard
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_NO = r"\b(?:no|without|missing|lacks?|lacking|not any|absence of|there is no|zero|has no)\s+(?:\w+[- ]){0,2}?"
_NO_SERVER_CACHE = re.compile(
    _NO + r"(?:server[- ]?side|back-?end|in[- ]memory|process|server|api)[- ](?:level )?cach(?:e|es|ing)\b",
    re.IGNORECASE,
)
_NO_DISTRIBUTED = re.compile(_NO + r"(?:distributed|shared|redis|central)\s+cach(?:e|es|ing)\b", re.IGNORECASE)
_NO_LIBRARY = re.compile(
    _NO + r"(redis|memcached|ioredis|bullmq|kafka|rabbitmq|graphql|swr|axios|react-query)\b", re.IGNORECASE
)
_USES = re.compile(
    r"\b(?:uses?|using|built (?:on|with)|based on|powered by|via|relies on)\s+(?:the\s+)?(?P<before>\w+\s+)?"
    r"`(?P<name>[@\w./-]+)`(?:\s+(?P<behind>\w+))?",
    re.IGNORECASE,
)
_KIND = re.compile(r"^(?:npm|package|librar(?:y|ies)|dependency|module|sdk|client)\s*$", re.IGNORECASE)
"""Words beside a name that tell a package from a class of a style sheet, a command, an option."""
_PERHAPS = re.compile(r"\b(?:if|can|may|might|when|where|not|never|no longer|instead)\b|n't\b", re.IGNORECASE)
_OF = re.compile(
    r"\bcach(?:e|es|ing)\s+(?:of|for|on)\s+(?!(?:the\s+|our\s+|any\s+)?(?:servers?|back-?end)\b)([^.;|]+)",
    re.IGNORECASE,
)
_STALE = re.compile(r"\bstale[- ]?time\b", re.IGNORECASE)
_PACKAGE = re.compile(r"^(?:@[\w.-]+/)?[a-z][a-z0-9]*(?:-[a-z0-9]+)+$")


def cache_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check whether there is a cache or a library that a statement says there is, or is not."""
    if statement.block.kind == "code" or not asserts(statement):
        return
    text = statement.text
    if _NO_SERVER_CACHE.search(text):
        yield _server_cache(statement, ground)
    elif _NO_DISTRIBUTED.search(text):
        yield _distributed(statement, ground)
    elif no := _NO_LIBRARY.search(text):
        yield _no_library(statement, no[1], ground)
    if _STALE.search(text):
        yield from _stale(statement, ground)
    for used in _USES.finditer(text):
        yield from _library(statement, used, ground)


def _words(guard: Guard) -> str:
    ttl = guard.ttl_ms
    kept = f" for {ttl / 1000:g} s" if isinstance(ttl, int | float) else ""
    asked = f" {guard.endpoints[0]}" if guard.endpoints else ""
    return f"{guard.function} keeps{asked}{kept} ({guard.mechanism})"


def _server_cache(statement: Statement, ground: Ground) -> Claim:
    claim = f"nothing is cached on the server: {quoted(statement.text)}"
    # What a framework does by default is not certain enough to say that somebody is wrong.
    caches = [guard for guard in ground.server_caches() if not guard.why and guard.endpoints]
    narrow = _OF.search(statement.text)
    if narrow:
        said = {singular(word) for word in name_words(narrow[1])}
        caches = [g for g in caches if any(words_of(point.partition("/")[2]) <= said for point in g.endpoints)]
        if not caches:
            return Claim(statement.line, "cache", claim, "unchecked", "no cache of it by that name was found")
    own = [guard for guard in caches if guard.store == "process"] or caches
    files = _files_named(statement.text, ground)
    if files:
        own = [guard for guard in own if guard.file in files]
        if not own or len(files) > 1:
            return Claim(statement.line, "cache", claim, "unchecked", "it names files: one of them may have none")
    if own:
        found = "; ".join(_words(guard) for guard in own[:3])
        evidence = evidence_of(own, 4)
        return Claim(statement.line, "cache", claim, "contradicted", found, evidence)
    if ground.server_caches():
        return Claim(statement.line, "cache", claim, "unchecked", "there are caches that may work")
    return Claim(statement.line, "cache", claim, "confirmed", "no cache on a server was found")


def _files_named(text: str, ground: Ground) -> set[str]:
    return {file for path in PATH.finditer(text) for file in ground.files(path[1])}


def _distributed(statement: Statement, ground: Ground) -> Claim:
    claim = f"there is no distributed cache: {quoted(statement.text)}"
    found = [guard for guard in ground.server_caches() if guard.store == "distributed"]
    files = _files_named(statement.text, ground)
    if found and files:
        return Claim(statement.line, "cache", claim, "unchecked", "it names files: one of them may have none")
    if found:
        evidence = evidence_of(found)
        return Claim(statement.line, "cache", claim, "contradicted", _words(found[0]), evidence)
    return Claim(statement.line, "cache", claim, "confirmed", "no distributed cache was found")


def _no_library(statement: Statement, name: str, ground: Ground) -> Claim:
    claim = f"{name} is not used"
    found = _packages(name, ground)
    if found:
        evidence = tuple(Evidence(file) for _, file in found[:3])
        return Claim(statement.line, "library", claim, "unchecked", f"{found[0][0]} is a dependency", evidence)
    return Claim(statement.line, "library", claim, "confirmed", "no package.json names it")


def _packages(name: str, ground: Ground) -> list[tuple[str, str]]:
    wanted = name.lower()
    return [(package, file) for package, file in ground.packages.items() if wanted in package.lower()]


def _library(statement: Statement, used: re.Match[str], ground: Ground) -> Iterator[Claim]:
    """Check a package by the name that a registry knows, which has a dash or a scope."""
    name = used["name"]
    if not _PACKAGE.match(name) and name not in ground.packages:
        return
    claim = f"{name} is used"
    if name in ground.packages:
        yield Claim(
            statement.line, "library", claim, "confirmed", "it is a dependency", (Evidence(ground.packages[name]),)
        )
    elif ground.packages and _is_package(used) and not _PERHAPS.search(statement.text):
        yield Claim(statement.line, "library", claim, "contradicted", "no package.json of the repository names it")


def _is_package(used: re.Match[str]) -> bool:
    """Whether the words beside a name say that it is a package; `text-primary` is of a style sheet."""
    return any(_KIND.match(used[word] or "") for word in ("before", "behind"))


def _stale(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check that what a file or hook asks for has a stale time at all."""
    subjects = introduced(statement, lambda text: subjects_in(text, ground))
    named = [span for span in code_spans(statement.text) if PATH.match(span)]
    if not subjects or named or next(times(statement.text), None):
        return
    subject = subjects[0]
    claim = f"{subject.name} has a stale time"
    kept = [g for s in subjects for g in s.guards if g.mechanism == "staleTime"]
    stale = [t for s in subjects for t in s.triggers if t.stale_ms is not None]
    if kept or stale:
        places = (*(Evidence(g.file, g.line) for g in kept), *(Evidence(t.file, t.line) for t in stale))[:2]
        yield Claim(statement.line, "cache", claim, "confirmed", "it has", places)
    elif subject.complete and subject.place.file and any(s.triggers or s.guards for s in subjects):
        found = "no query in it has one"
        yield Claim(statement.line, "cache", claim, "contradicted", found, (subject.place,))
