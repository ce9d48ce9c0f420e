"""The estimate on screens of several widths: aligned, and no line wider than the screen but for long names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from callaudit.load.answer import load
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.model import Queue
from callaudit.load.ranges import Range, exactly
from callaudit.load.scenario import Action
from callaudit.report.load.json import load_json
from callaudit.report.load.markdown import load_markdown
from callaudit.report.load.numbers import number
from callaudit.report.load.text import load_text
from callaudit.report.table import Screen
from tests.load.models import fightclub, model, scenario, stream

if TYPE_CHECKING:
    from callaudit.load.results import Load


@cache
def _audit() -> Load:
    return load(fightclub(), builtin_scenarios(), with_changes=True)


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_tables_keep_to_the_screen(width: int) -> None:
    lines = load_text(_audit(), Screen(width)).splitlines()
    tables = [line for line in lines if not line.startswith("      ") and "left out" not in line]
    assert max(map(cell_len, tables)) <= width
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", [80, 160])
def test_every_figure_is_there_at_any_width(width: int) -> None:
    text = load_text(_audit(), Screen(width))
    for shown in ("27 users fit (9…46)", "8.33/s", "83.3/s", "167/s", "apps/web/src/hooks/usePositions.ts:16", "903 %"):
        assert shown in text


def test_a_number_stays_with_its_unit() -> None:
    lines = load_text(_audit(), Screen(80)).splitlines()
    assert not [line for line in lines if line.split()[:1] == ["s"]]


def _queued() -> Load:
    queue = Queue("q", "queue (intervalCap 5)", "lib/queue.ts", 3, per_second=5.0)
    posts = stream(kind="action", action="POST /a", alternatives=(), pages=(), queues=(queue,))
    return load(model(posts), [scenario(actions=(Action("POST /a", exactly(20)),))])


def test_what_waits_is_shown_in_every_format() -> None:
    text = load_text(_queued(), Screen(120))
    assert "what does not get through at once" in text
    assert "queue (intervalCap 5)  20/s come  5/s leave  15/s more wait, longer and longer  lib/queue.ts:3" in text
    assert "15/s more wait" in load_markdown(_queued())
    assert '"waiting"' in load_json(_queued())
    assert "get through" not in load_text(_audit(), Screen(120))


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.00001, "<0.0001"), (0.0001, "0.0001"), (8.3333, "8.33"), (1250, "1,250")]
)
def test_numbers_are_never_empty(value: float, shown: str) -> None:
    assert number(value) == shown
    assert number(Range(value, value, value).high) == shown
