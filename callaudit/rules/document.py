"""A rule file as it is written: the records that YAML is held against and the published schema is made from."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from callaudit.rules.model import Change, Confidence, Severity  # noqa: TC001 - msgspec reads the annotations

KEBAB: Final = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
NUMBER: Final = re.compile(r"^[A-Z]+[0-9]+$")

FEWEST_EXAMPLES: Final = 2
"""Of each kind: one spelling alone does not show what a rule is about."""


class DocsDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Markdown: what the rule finds, why that is a problem, how to fix it with code, when to ignore it.

    `audit` names the parts of a usage audit that the rule stands for.
    """

    what: str
    why: str
    fix: str
    ignore: str
    audit: tuple[str, ...] = ()


class ExampleDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A small tree of files by path, or a folder below `fixtures/` with an optional one laid over it.

    A comment `expect: rule-id` marks the lines that the rule must find.
    """

    title: str
    files: dict[str, str] = {}
    fixture: str = ""
    overlay: str = ""


class ExamplesDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the rule must find, and what it must let pass: two or more of each, in different spellings."""

    bad: tuple[ExampleDocument, ...] = ()
    good: tuple[ExampleDocument, ...] = ()


class RuleDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One problem that callaudit finds: a query over the inventory, and what to say about each row.

    `message` and `fix` are templates over the columns of `query`, which must give `file` and `line`.
    `inactive` says why the rule rests where no budget is broken. `change` names what the rule recommends, for
    `callaudit load`.
    """

    id: str
    number: str
    title: str
    severity: Severity
    confidence: Confidence
    message: str
    fix: str
    query: str
    docs: DocsDocument
    examples: ExamplesDocument = ExamplesDocument()
    inactive: str = ""
    change: Change = ""
