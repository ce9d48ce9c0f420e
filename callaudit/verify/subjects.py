"""What a statement about time is about: the hooks, functions and files that it names, with what repeats in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.verify.model import Evidence
from callaudit.verify.names import PATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Guard, Trigger
    from callaudit.verify.ground import Ground


class Subject(Struct, frozen=True):
    """What a statement is about: its name in the document, what repeats in it and what it keeps.

    `complete` is whether nothing else of it can repeat or keep anything.
    """

    name: str
    triggers: tuple[Trigger, ...]
    guards: tuple[Guard, ...]
    place: Evidence
    complete: bool


def subjects_in(text: str, ground: Ground) -> list[Subject]:
    """Return the hooks, functions and files that a text names, hooks and functions first."""
    found = []
    for path in PATH.finditer(text):
        found.extend(_of_file(path[1], ground))
    for name in ground.functions(text):
        found.extend(_of_function(name, ground))
    return found


def _of_function(name: str, ground: Ground) -> list[Subject]:
    triggers = tuple(ground.triggers_of_function(name))
    guards = tuple(g for g in ground.inventory.guards if name in g.function.split("."))
    entry = next((e for e in ground.inventory.entries if e.name == name), None)
    if entry is not None:
        return [Subject(name, triggers, guards, Evidence(entry.file, entry.line), complete=True)]
    return [Subject(name, triggers, guards, Evidence(), complete=False)] if triggers or guards else []


def _of_file(name: str, ground: Ground) -> list[Subject]:
    stem = name.rpartition("/")[2].partition(".")[0]
    subjects = []
    for file in ground.files(name):
        triggers = tuple(t for t in ground.inventory.triggers if t.file == file)
        guards = tuple(g for g in ground.inventory.guards if g.file == file)
        subjects.append(Subject(name.rpartition("/")[2], triggers, guards, Evidence(file), complete=True))
    # A file that does not exist may still be meant for the hook that its name is.
    return subjects or [s for s in _of_function(stem, ground) if s.complete]


def files_of(subjects: Iterable[Subject]) -> set[str]:
    """Return the files that subjects are written in."""
    found: set[str] = set()
    for subject in subjects:
        found |= {subject.place.file} | {t.file for t in subject.triggers} | {g.file for g in subject.guards}
    return found - {""}
