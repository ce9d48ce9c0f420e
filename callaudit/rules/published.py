"""Writes the JSON Schema of rule files, for editors: `python -m callaudit.rules.published [--check]`."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

import msgspec

from callaudit.config.published import write_stale
from callaudit.rules.document import FEWEST_EXAMPLES, KEBAB, NUMBER, RuleDocument
from callaudit.rules.shipped import folder

if TYPE_CHECKING:
    from pathlib import Path


def schema() -> dict[str, Any]:
    """Return the schema of the YAML, made from the records that it is read into."""
    made = msgspec.json.schema(RuleDocument)
    definitions = made["$defs"]
    for definition in definitions.values():
        definition["description"] = inspect.cleandoc(definition["description"])
    definitions["RuleDocument"]["properties"]["id"]["pattern"] = KEBAB.pattern
    definitions["RuleDocument"]["properties"]["number"]["pattern"] = NUMBER.pattern
    for kind in ("bad", "good"):
        definitions["ExamplesDocument"]["properties"][kind]["minItems"] = FEWEST_EXAMPLES
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "callaudit rule", **made}


def path() -> Path:
    """Return where the schema is published."""
    return folder() / "rule.schema.json"


def published() -> bytes:
    """Return what the file must hold."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=1) + b"\n"


def main(arguments: list[str]) -> int:
    """Write the schema where it is stale."""
    return write_stale(path(), published(), arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
