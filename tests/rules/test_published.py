"""The schema of rule files is made from the records that they are read into, and says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs
import pytest
import yaml

from callaudit.rules.published import main, path, published, schema
from callaudit.rules.shipped import folder
from tests.rules.test_load import RULE

if TYPE_CHECKING:
    from pathlib import Path

VALIDATOR = jsonschema_rs.validator_for(schema())


def test_it_is_not_stale() -> None:
    assert path().read_bytes() == published()
    assert main(["--check"]) == 0


@pytest.mark.parametrize("rule", sorted(folder().glob("*.yaml")), ids=lambda file: file.stem)
def test_shipped_rules_are_valid(rule: Path) -> None:
    assert VALIDATOR.is_valid(yaml.safe_load(rule.read_text("utf-8")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: my-rule", "id: MyRule"),
        ("number: OWN1", "number: own-1"),
        ("severity: warning", "severity: bad"),
        ('fix: "do not"', 'fixx: "do not"'),
        ("  what: a\n", ""),
        ('    - title: two\n      files: {a.ts: "export const a = 1;"}\n', ""),
    ],
)
def test_what_the_loader_refuses(old: str, new: str) -> None:
    assert VALIDATOR.is_valid(yaml.safe_load(RULE))
    assert not VALIDATOR.is_valid(yaml.safe_load(RULE.replace(old, new, 1)))


def test_the_keys_stand_in_the_order_that_a_run_reads() -> None:
    """What comes after `examples:` is not read when rules run, so nothing may stand there."""
    for rule in folder().glob("*.yaml"):
        keys = list(yaml.safe_load(rule.read_text("utf-8")))
        assert keys[-1] == "examples" or "examples" not in keys, rule.name
