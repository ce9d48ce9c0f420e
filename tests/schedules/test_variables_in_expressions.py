"""Schedules that are put together from variables of the environment with defaults."""

from __future__ import annotations

import pytest

from tests.projects import audited

PACKAGE = '{"dependencies": {"node-cron": "3", "cron": "2"}}'


def _intervals(expression: str, before: str = "") -> tuple[list[float], str]:
    source = f"import cron from 'node-cron'\n{before}\ncron.schedule({expression}, () => fetch('https://a.example/x'))"
    (found,) = audited({"main.ts": source, "package.json": PACKAGE}).triggers
    return [one.ms for one in found.intervals], found.why


@pytest.mark.parametrize(
    "expression",
    [
        "`*/${Number(process.env.EVERY) || 5} * * * *`",
        "`*/${process.env.EVERY ?? 5} * * * *`",
        "'*/' + (process.env.EVERY || '5') + ' * * * *'",
        "`${process.env.MINUTES || '*/5'} ${process.env.HOURS || '*'} * * *`",
    ],
)
def test_a_part_is_what_its_variable_is_by_default(expression: str) -> None:
    assert _intervals(expression) == ([300_000], "")


def test_a_part_of_a_configuration_is_too() -> None:
    before = "const read = () => ({ every: Number(process.env.EVERY) || 5 })\nconst config = read()"
    assert _intervals("`*/${config.every} * * * *`", before) == ([300_000], "")


@pytest.mark.parametrize(
    "expression", ["`*/${process.env.EVERY} * * * *`", "`${process.env.MINUTES || '*/5'} ${process.env.HOURS} * * *`"]
)
def test_without_a_default_it_is_not_known(expression: str) -> None:
    intervals, why = _intervals(expression)
    assert not intervals
    assert "is not known" in why
