"""Finds the configuration of a folder and checks all of it; each value says where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from callaudit.config.document import SECTIONS, Document, DocumentError, read_document
from callaudit.config.kinds import unknown
from callaudit.config.lines import Place
from callaudit.config.load_settings import agree
from callaudit.config.mistakes import ConfigError, Mistake
from callaudit.config.settings import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.config.lines import Keys
    from callaudit.config.settings import Setting

DEFAULT = "default"


class Value(Struct, frozen=True):
    """A setting's value and its origin: `callaudit.toml:4`, `--fail-on` or `default`."""

    value: Any
    origin: str


class Config(Struct, frozen=True):
    """The effective settings of a folder.

    `file` is the configuration as it is shown, empty where there is none; `folder` is what paths in it are
    relative to; `places` has the place of each key that is written.
    """

    values: dict[str, Value]
    folder: Path
    file: str = ""
    places: dict[Keys, Place] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the value of a setting."""
        return self.values[name].value

    def origin(self, *keys: str) -> str:
        """Return where a value within a setting is written, or what is nearest around it."""
        if not self.places or self.values[keys[0]].origin.startswith("--"):
            return self.values[keys[0]].origin
        return f"{self.file}:{_place(self.places, keys).line}" if keys[:1] in self.places else DEFAULT

    def mistake(self, message: str, *keys: str) -> Mistake:
        """Return what is wrong with a value that the file says, with its place."""
        return Mistake(*_place(self.places, keys), message)

    def path(self, name: str) -> Path | None:
        """Return the path that a setting holds: relative to the file that says it, None where nobody does."""
        value = self.values[name]
        if not value.value:
            return None
        return Path(value.value) if value.origin.startswith("--") else self.folder / value.value


def load_config(
    folder: Path,
    *,
    given: Mapping[str, Any] | None = None,
    file: Path | None = None,
    settings: Mapping[str, Setting] = SETTINGS,
) -> Config:
    """Return the settings that hold in `folder`: what is `given`, else what the file says, else the default.

    The file is looked for in `folder` and upward to the root of the repository (outside of one in `folder` alone);
    `file` names another. What is
    None in `given` was not given. Raises `ConfigError` with all mistakes of the file.
    """
    path, document = _named(file) if file else _found(folder.resolve())
    shown = _shown(path) if path else ""
    written, mistakes = _checked(document, settings)
    values = {name: Value(setting.default, DEFAULT) for name, setting in settings.items()}
    for name, value in written.items():
        values[name] = Value(value, f"{shown}:{_place(document.places, (name,)).line}")
    for name, value in (given or {}).items():
        if value is not None:
            values[name] = Value(value, f"--{name.replace('_', '-')}")
    config = Config(values, path.parent if path else folder.resolve(), shown, document.places)
    if mistakes:
        raise ConfigError(shown, mistakes, config)
    return config


def _named(file: Path) -> tuple[Path, Document]:
    try:
        document = read_document(file, required=True)
    except DocumentError as error:
        raise _unusable(file, error) from None
    assert document is not None  # noqa: S101 - it is required
    return file.resolve(), document


def _found(folder: Path) -> tuple[Path | None, Document]:
    """Search upward to the root of the repository; outside of one, only the folder itself."""
    start = folder if folder.is_dir() else folder.parent
    for place in _searched(start):
        for path in map(place.joinpath, SECTIONS):
            try:
                document = read_document(path) if path.is_file() else None
            except DocumentError as error:
                raise _unusable(path, error) from None
            if document is not None:
                return path, document
    return None, Document({}, {})


def _searched(start: Path) -> list[Path]:
    """Return the folders from `start` to the root of its repository: what lies above belongs to others."""
    found: list[Path] = []
    for place in (start, *start.parents):
        found.append(place)
        if (place / ".git").exists():
            return found
    return [start]


def _unusable(path: Path, error: DocumentError) -> ConfigError:
    shown = _shown(path)
    return ConfigError(shown, [Mistake(error.line, error.column, str(error))])


def _shown(path: Path) -> str:
    """Return a path as the user would write it, from where the program runs."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _checked(document: Document, settings: Mapping[str, Setting]) -> tuple[dict[str, Any], list[Mistake]]:
    mistakes: list[Mistake] = []

    def report(keys: Keys, message: str) -> None:
        mistakes.append(Mistake(*_place(document.places, keys), message))

    found = {}
    for name, value in document.table.items():
        if name in settings:
            found[name] = settings[name].kind.read(value, (name,), report)
        else:
            report((name,), unknown((), name, dict(settings)))
    if settings is SETTINGS:
        agree(document.table, report)
    return found, mistakes


def _place(places: Mapping[Keys, Place], keys: Keys) -> Place:
    """Return the place of a key, or of the nearest one around it."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in places:
            return places[keys[:length]]
    return Place(1, 1)
