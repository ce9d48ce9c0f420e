"""Writes the JSON Schema that editors read: `python -m callaudit.config.published [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import msgspec

from callaudit.config.settings import schema

SCHEMA: Final = Path(__file__).with_name("callaudit.schema.json")


def published() -> bytes:
    """Return what the file must hold."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=1) + b"\n"


def write_stale(path: Path, data: bytes, arguments: list[str]) -> int:
    """Write a published file where it is stale; with `--check` only say so, with 1."""
    stale = not path.exists() or path.read_bytes() != data
    if stale and "--check" not in arguments:
        path.write_bytes(data)
    return 1 if stale and "--check" in arguments else 0


def main(arguments: list[str]) -> int:
    """Write the schema where it is stale."""
    return write_stale(SCHEMA, published(), arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
