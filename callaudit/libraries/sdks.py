"""Members of a provider's SDK, whose classes and factories are not all listed: what a path of names leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.libraries.model import Make, Part

if TYPE_CHECKING:
    from callaudit.libraries.model import Library, Model

OTHERS = "others"
"""The kind of what an SDK for many providers offers beside the one that its table is of: nothing is listed of it."""


def member_of_sdk(library: Library, path: tuple[str, ...]) -> Model | None:
    """What a call of the export `path` does: one that is listed, or a class or factory that gives a client."""
    names = path[1:] if path[:1] == ("default",) else path
    if library.selector:
        if library.selector not in names:
            return Make(OTHERS) if names else None
        names = names[names.index(library.selector) + 1 :]
    for start in range(len(names)):
        found = _listed(library, names[start:])
        if found is not None:
            return found
        if _is_part(library, names[start]):
            break  # `native.spot.getPositions` is not the `getPositions` of the client itself
    return Make(next((name for name in reversed(names) if name in library.clients), ""))


def _listed(library: Library, names: tuple[str, ...]) -> Model | None:
    """The model of a path of members from a client, or from the class of that name."""
    found = library.exports.get(".".join(names))
    if found is not None:
        return found
    kind = ""
    for name in names[:-1]:
        part = library.clients.get(kind, {}).get(name)
        if not isinstance(part, Part):
            return None
        kind = part.kind
    return library.clients.get(kind, {}).get(names[-1])


def _is_part(library: Library, name: str) -> bool:
    return any(isinstance(methods.get(name), Part) for methods in library.clients.values())


def type_of_sdk(library: Library, name: str) -> str:
    """The kind of client that a value of the type `name` is: one whose class is listed, or perhaps one."""
    head = name.rpartition(".")[2]
    if library.selector:
        return "" if head == library.selector else "?"
    return head if head and head in library.clients else "?"
