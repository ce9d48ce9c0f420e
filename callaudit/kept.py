"""What is known of a repository, kept from an earlier run where nothing that it depends on has changed.

The key of what is kept holds everything that the analysis is given:

- the `Project` that is read anew on every run: which files there are, with language, role and package; symbolic
  links; every package.json, tsconfig.json and jsconfig.json, as far as it is understood; the defaults of example
  environment files; what platforms schedule and serve (vercel.json, GitHub workflows, ...); what was skipped and why,
- the text, path and language of every source file, and the notices of those that cannot be read,
- the profiles of providers,
- the version of the tool, of Python and of the packages that files are read with (see `callaudit.cache.version`).

Nothing behind `load_project` and `read_sources` reads from disk (`callaudit.project.reading` is the only place that
opens files of the repository) or asks for the time, the environment or the network, so the same key has the same
answer. Rules and the load estimate, which depend on the configuration, are worked out on every run. Call trees are
not kept: who needs these analyzes anew.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeVar

import msgspec

from callaudit.project import load_project
from callaudit.providers.load import builtin_profiles
from callaudit.rules.survey import Rows, Survey, survey_of
from callaudit.syntax.extraction import extract
from callaudit.syntax.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callaudit.cache.store import Store
    from callaudit.project import Project
    from callaudit.providers.model import Profile
    from callaudit.syntax.sources import Sources

_Kind = TypeVar("_Kind")


def survey(root: Path, store: Store, profiles: Sequence[Profile] | None = None, *, trees: bool = False) -> Survey:
    """What `callaudit.audit.audit(root, profiles)` finds, with the rows of its call trees where `trees` are wanted.

    It is kept in `store`. Raises `callaudit.project.ProjectError` where there is no such project.
    """
    project = load_project(root)
    sources = read_sources(project)
    profiles = builtin_profiles() if profiles is None else profiles
    digest = depends_on(project, sources, profiles)
    keys = {"survey": store.key("survey", digest)}
    if trees:  # apart: the inventory alone is needed more often, and sooner
        keys["trees"] = store.key("trees", digest)
    blobs = store.get(list(keys.values()))
    known = _decoded(blobs.get(keys["survey"]), Survey)
    rows = _decoded(blobs.get(keys["trees"]), Rows) if trees else {}
    if known is not None and rows is not None:
        return msgspec.structs.replace(known, trees=rows)
    facts, notices = extract(project, sources, store, _import_analysis)
    from callaudit.audit import audit_facts
    from callaudit.providers.match import Catalogue

    found = survey_of(audit_facts(project, facts, notices, profiles), Catalogue(profiles) if trees else None)
    if not store.is_used:
        return found
    parts = {"survey": msgspec.structs.replace(found, trees={}), "trees": found.trees}
    try:
        store.put({key: msgspec.msgpack.encode(parts[name]) for name, key in keys.items()})
    except (ValueError, OverflowError):  # a file name that is no UTF-8
        return found
    return found


def _import_analysis() -> None:
    """Takes longer than to read a kept answer, so it is done where there is none, while children extract."""
    import callaudit.audit  # noqa: F401
    from callaudit.frameworks.discover import all_frameworks
    from callaudit.libraries.registry import libraries

    all_frameworks()
    libraries()


def depends_on(project: Project, sources: Sources, profiles: Sequence[Profile]) -> bytes:
    """A digest of everything that an inventory depends on, the tool aside."""
    digest = blake2b(digest_size=20)
    digest.update(repr((project, sources.unread, profiles)).encode("utf-8", "surrogatepass"))
    for source in sources.read:
        digest.update(source.digest)
    return digest.digest()


def _decoded(blob: bytes | None, kind: type[_Kind]) -> _Kind | None:
    if blob is None:
        return None
    try:
        return msgspec.msgpack.decode(blob, type=kind)
    except msgspec.MsgspecError:  # nothing that this version has written
        return None
