"""Generates the compiled profiles and the JSON Schema: `python -m callaudit.providers.compile [--check]`."""

from __future__ import annotations

import hashlib
import inspect
import sys
from pathlib import Path
from typing import Any

import msgspec

from callaudit.providers.check import read_profile
from callaudit.providers.document import ProfileDocument
from callaudit.providers.load import COMPILED, Compiled
from callaudit.providers.mistakes import ProfileError

HERE = Path(__file__).parent
SCHEMA = HERE / "profile.schema.json"


def generated() -> dict[Path, bytes]:
    """Return every generated file and what it must hold. Raises `ProfileError` for a wrong profile."""
    files = {COMPILED / f"{path.stem}.json": compiled(path) for path in sorted(HERE.glob("profiles/*.yaml"))}
    files[SCHEMA] = _pretty(schema())
    return files


def compiled(path: Path) -> bytes:
    """Return a profile in its compiled form."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return _pretty(Compiled(source_sha256=digest, profile=read_profile(path)))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the YAML, made from the records that it is read into."""
    made = msgspec.json.schema(ProfileDocument)
    for definition in made["$defs"].values():
        definition["description"] = inspect.cleandoc(definition["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "callaudit provider profile",
        **made,
    }


def main(arguments: list[str]) -> int:
    """Write what is stale; with `--check` only name it.

    Returns 1 when something was stale, 2 with all mistakes of a profile that cannot be read, else 0.
    """
    try:
        files = generated()
    except ProfileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    stale = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        if "--check" not in arguments:
            path.write_bytes(files[path])
        sys.stdout.write(f"{path.relative_to(HERE)}\n")
    return 1 if stale and "--check" in arguments else 0


def _pretty(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
