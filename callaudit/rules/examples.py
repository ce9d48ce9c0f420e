"""Runs the examples of a rule: each is audited like any repository, and must give what its comments expect."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.rules.check import Plan, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.providers.match import Catalogue
    from callaudit.rules.model import Example, Rule

    Places = tuple[tuple[str, int], ...]


class Outcome(Struct, frozen=True):
    """What came of one example: the places that are `missing`, those that are `extra`, and what kept the rule.

    `line` is where the example is written in the rule's file; `kind` is `bad` or `good`.
    """

    rule: str
    kind: str
    title: str
    line: int
    missing: tuple[tuple[str, int], ...] = ()
    extra: tuple[tuple[str, int], ...] = ()
    incomplete: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the rule found what it should, and nothing else."""
        return not (self.missing or self.extra or self.incomplete)


def run_examples(rule: Rule, catalogue: Catalogue, fixtures: Path) -> Iterator[Outcome]:
    """Give the outcome of each example; `fixtures` is the folder that examples without files name folders of."""
    for kind, examples in (("bad", rule.bad), ("good", rule.good)):
        for example in examples:
            with tempfile.TemporaryDirectory(prefix="callaudit-example-") as folder:
                _write(example, Path(folder), fixtures)
                yield _outcome(rule, kind, example, Path(folder), catalogue)


def _write(example: Example, folder: Path, fixtures: Path) -> None:
    for source in filter(None, (example.fixture, example.overlay)):
        shutil.copytree(fixtures / source, folder, dirs_exist_ok=True)
    for name, text in example.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _outcome(rule: Rule, kind: str, example: Example, folder: Path, catalogue: Catalogue) -> Outcome:
    from callaudit.audit import audit
    from callaudit.rules.shipped import shipped_rules

    rules = (rule, *(one for one in shipped_rules() if one.id != rule.id))
    # What silences a rule that does not run is no finding, so the rules about comments need all the others.
    about_comments = rule.group == "suppressions"
    active = frozenset(one.id for one in rules) if about_comments else frozenset({rule.id})
    plan = Plan(rules, active)
    result = check(audit(folder), plan, catalogue, lambda file: (folder / file).read_text("utf-8"))
    found = {(one.file, one.line) for one in result.checked.findings if one.rule == rule.id}
    if example.fixture:
        wanted = found if (kind == "bad") == bool(found) else set[tuple[str, int]]()
        missing: Places = (("anywhere", 0),) if kind == "bad" and not found else ()
        extra = () if kind == "bad" else tuple(sorted(found - wanted))
    else:
        expected = set(example.expect)
        missing, extra = tuple(sorted(expected - found)), tuple(sorted(found - expected))
    return Outcome(rule.id, kind, example.title, example.line, missing, extra, result.checked.incomplete)
