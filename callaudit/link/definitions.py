"""What a name stands for: what a module declares, a module itself, something of a package, or nothing that is known."""

from __future__ import annotations

from msgspec import Struct


class Defined(Struct, frozen=True):
    """A name that the top level of `module` declares."""

    module: str
    name: str


class ModuleObject(Struct, frozen=True):
    """All exports of `module` as one object."""

    module: str


class Foreign(Struct, frozen=True):
    """Something of an npm package or of Node: `path` is the way to it from the package's exports."""

    package: str
    path: tuple[str, ...]


class Unlinked(Struct, frozen=True):
    """A name that could not be followed, and why."""

    specifier: str
    why: str


class Part(Struct, frozen=True):
    """What the value that a CommonJS module sets as its exports has as `name`."""

    module: str
    name: str


Definition = Defined | ModuleObject | Foreign | Part | Unlinked
