"""Holds queries of rules against the tables, and what they give against what the sentences need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.inventory.query import QueryError, query
from callaudit.providers.match import Catalogue
from callaudit.providers.mistakes import did_you_mean, quote
from callaudit.rules.database import empty
from callaudit.rules.mistakes import RuleMistake
from callaudit.rules.wording import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.rules.model import Rule

NEEDED: Final = ("file", "line")


def check(rules: Iterable[Rule]) -> Iterator[RuleMistake]:
    """Give every query that cannot run, and every column that is missing."""
    connection = empty(Catalogue(()))
    try:
        for rule in rules:
            try:
                columns = query(connection, rule.query, most_rows=0).columns
            except QueryError as error:
                yield RuleMistake(rule.path, rule.line, f"query of {rule.id}: {error}")
                continue
            for said in _missing(rule, columns):
                yield RuleMistake(rule.path, rule.line, said)
    finally:
        connection.close()


def _missing(rule: Rule, columns: tuple[str, ...]) -> Iterator[str]:
    for name in NEEDED:
        if name not in columns:
            yield f"query of {rule.id}: it gives no column {quote(name)}"
    for key, template in (("message", rule.message), ("fix", rule.fix)):
        for name in columns_of(template):
            if name not in columns:
                yield f"{key}: the query gives no column {quote(name)}{did_you_mean(name, columns)}"
