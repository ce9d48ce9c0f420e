"""The whole analysis in one place: from a folder to its inventory."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.machine.interpreter import Interpreter
from callaudit.frameworks.discover import Discovery
from callaudit.frameworks.model import FORWARD, HANDLER
from callaudit.inventory.annotations import Annotations
from callaudit.inventory.boundary import Boundary
from callaudit.inventory.build import build, notices_of
from callaudit.inventory.compose import Composer
from callaudit.inventory.counts import SKIPPED
from callaudit.inventory.derived import derive
from callaudit.inventory.emitted import TARGET, events_answered
from callaudit.inventory.model import Files, Inventory, Notice
from callaudit.inventory.outside import is_of_the_code
from callaudit.inventory.parallel import run_entries, start_ahead
from callaudit.inventory.runs import Run  # noqa: TC001 - msgspec reads the annotations
from callaudit.inventory.sdks import sdk_libraries
from callaudit.libraries.registry import (
    counting_members,
    global_clients,
    is_client,
    is_exported,
    makes_client,
    messengers,
    serves,
    use_sdks,
)
from callaudit.link.aliased import Aliased
from callaudit.link.generated import with_generated
from callaudit.link.module import Module
from callaudit.link.program import Program
from callaudit.link.relevance import relevance
from callaudit.project import Resolver, load_project, role_of
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.syntax.extraction import extract

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callaudit.cache.store import Store
    from callaudit.inventory.answers import Answers
    from callaudit.project import Project
    from callaudit.project.records import Notice as Said
    from callaudit.providers.model import Profile
    from callaudit.syntax.facts import ModuleFacts

STACK_BYTES = 512 * 1024 * 1024
RECURSION = 60_000
FRAME_SLOTS = 1_100_000
"""Of eight bytes: with its header just over 8 MB, so that the chunk has 16 MB."""
REPORTED = frozenset({"source", "config"})
GENERATED = "generated"


class Audit(Struct):
    """The inventory of a repository, and the call trees of its entries: the code behind each line of it.

    `comments` are those that speak to callaudit, by file: the first line and the text of each.
    """

    inventory: Inventory
    runs: tuple[Run, ...]
    answers: Answers
    comments: dict[str, tuple[tuple[int, str], ...]] = {}


def audit(root: Path, profiles: Sequence[Profile] | None = None, store: Store | None = None) -> Audit:
    """Audit the repository at `root` by what `profiles` say of providers: the built-in ones where not given.

    What files say is taken from `store`, and kept there. Raises `callaudit.project.ProjectError` where there is no
    such project.
    """
    project = load_project(root)
    return audit_facts(project, *extract(project, store=store), profiles)


def audit_facts(
    project: Project, facts: list[ModuleFacts], notices: Sequence[Said], profiles: Sequence[Profile] | None = None
) -> Audit:
    """Audit a project of which all files have been extracted; `notices` are of those."""
    noticed = [Notice(item.path, item.line, item.what, item.why) for item in notices]
    return _in_thread(project, facts, [*notices_of(project), *noticed], profiles)


def analyze(
    project: Project, facts: list[ModuleFacts], notices: list[Notice], profiles: Sequence[Profile] | None = None
) -> Audit:
    """Audit a project whose files have been read."""
    profiles = builtin_profiles() if profiles is None else profiles
    use_sdks(sdk_libraries(profiles))
    roles = {file.path: file.role for file in project.files}
    code = sum(item.path in roles for item in facts)
    roles |= {path: role_of(path, "") for path in project.data}
    own = {item.path: Module(item) for item in facts if roles.get(item.path) in REPORTED}
    generated = {item.path: item for item in facts if roles.get(item.path) == GENERATED}
    resolver = Aliased(Resolver(project), project, facts)
    modules = with_generated(own, generated, resolver)
    program = Program(project, modules, resolver, frozenset(generated), is_exported)
    senders = {name for module in facts for used in module.imports for name in messengers(used.source)}
    senders |= messengers("") if any(TARGET in item.functions[0].refs for item in facts) else frozenset()
    relevant = relevance(
        program,
        global_clients() | senders,
        lambda package, name: is_client(package, name) or serves(package),
        counting_members(),
        makes_client,
    )
    catalogue = Catalogue(profiles)
    interpreter = Interpreter(program, relevant, catalogue.discriminators)
    discovery = Discovery(interpreter)
    ahead = start_ahead(interpreter, discovery.by_files())
    entries = discovery.entries()
    files = Files(code, sum(one.what in SKIPPED for one in notices), sum(bool(item.errors) for item in facts))
    boundary = Boundary(entries, lambda host: catalogue.provider_of(host) is not None)
    entries = tuple(entry for entry in entries if entry.kind != FORWARD and is_of_the_code(boundary, entry))
    composer = Composer(interpreter, boundary)
    unreached = run_entries(composer, interpreter, entries, ahead)
    annotations = Annotations(modules.values())
    annotations.answer_calls(interpreter, catalogue)
    entries = (*entries, *derive(interpreter, composer, entries))
    boundary.listen((*entries, *events_answered(interpreter, composer, entries)))
    entries = tuple(entry for entry in entries if entry.kind != HANDLER)
    inventory = build(interpreter, entries, catalogue, boundary, composer, files, notices, unreached)
    inventory = annotations.applied(inventory)
    comments = {
        path: tuple((one.line, one.text) for one in module.facts.comments)
        for path, module in sorted(modules.items())
        if module.facts.comments
    }
    return Audit(inventory, tuple(composer.own(entry) for entry in entries), composer.answers, comments)


def _in_thread(
    project: Project, facts: list[ModuleFacts], notices: list[Notice], profiles: Sequence[Profile] | None
) -> Audit:
    """Run the interpreter on a stack that its bounds cannot exhaust."""
    result: list[Audit | BaseException] = []

    def work() -> None:
        try:
            result.append(analyze(project, facts, notices, profiles))
        except BaseException as error:  # noqa: BLE001 - handed over to the caller's thread
            result.append(error)

    # Python keeps the frames of calls in chunks of 16 KB, and asks the system for the next one, or gives it back,
    # whenever calls and returns cross the end of one: a tenth of the whole time. What lies above a frame of this
    # size is in the same chunk, which is as large again; memory that is not touched takes no room.
    work.__code__ = work.__code__.replace(co_stacksize=FRAME_SLOTS)
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(0)
        sys.setrecursionlimit(before)
    if isinstance(result[0], BaseException):
        raise result[0]
    return result[0]
