"""What a timer does at one hour, minute or day alone has the interval of that; a limit that throws is one."""

from __future__ import annotations

import pytest

from tests.projects import audited

MINUTE, HOUR, DAY, WEEK = 60_000, 3_600_000, 86_400_000, 7 * 86_400_000
ASK = "await fetch('https://a.test/x');"


def triggers(body: str, every: int) -> list[tuple[float, str]]:
    """The intervals of what a timer does."""
    source = f"setInterval(async () => {{ {body} }}, {every});"
    found = audited({"main.ts": source}).triggers
    return [(one.ms, one.when) for trigger in found if trigger.endpoints for one in trigger.intervals]


@pytest.mark.parametrize(
    ("body", "every", "interval"),
    [
        (f"if (new Date().getUTCHours() !== 3) return; {ASK}", HOUR, DAY),
        (f"const hour = new Date().getHours(); if (hour === 3) {{ {ASK} }}", HOUR, DAY),
        (f"const now = new Date(); if (now.getHours() === 3 && now.getMinutes() === 0) {ASK}", MINUTE, DAY),
        (f"const now = new Date(); if (now.getHours() !== 3 || now.getMinutes() !== 30) return; {ASK}", MINUTE, DAY),
        (f"if (new Date().getMinutes() % 15 === 0) {{ {ASK} }}", MINUTE, 15 * MINUTE),
        (f"if (new Date().getMinutes() === 0) {{ {ASK} }}", MINUTE, HOUR),
        (f"if (new Date().getUTCDay() !== 1) return; {ASK}", DAY, WEEK),
        (f"const now = new Date(); if (now.getDay() === 1 && now.getHours() === 6) {{ {ASK} }}", HOUR, WEEK),
    ],
)
def test_once_while_the_gate_is_open(body: str, every: int, interval: int) -> None:
    assert triggers(body, every) == [(interval, "")]


@pytest.mark.parametrize(
    ("body", "every", "when"),
    [
        (f"const hour = new Date().getHours(); if (hour === 3) {{ {ASK} }}", MINUTE, "hour === 3"),
        (f"const hour = new Date().getHours(); if (hour !== 3) return; {ASK}", MINUTE, "hour === 3"),
    ],
)
def test_several_times_while_the_gate_is_open(body: str, every: int, when: str) -> None:
    assert triggers(body, every) == [(every, when)]


def test_a_timer_that_may_miss_the_time_has_no_interval() -> None:
    assert triggers(f"if (new Date().getHours() === 3) {{ {ASK} }}", DAY) == []
    source = f"setInterval(async () => {{ if (new Date().getHours() === 3) {ASK} }}, {DAY});"
    (trigger,) = audited({"main.ts": source}).triggers
    assert trigger.why.startswith("whether a run comes while")


@pytest.mark.parametrize(
    "body",
    [
        f"const day = new Date(read()); if (day.getHours() === 3) {{ {ASK} }}",  # of another time
        f"if (new Date().getHours() > 3) {{ {ASK} }}",
        f"if (new Date().getFullYear() === 2030) {{ {ASK} }}",
        f"if (new Date().getMinutes() % 7 === 0) {{ {ASK} }}",  # not the same each hour
        f"const now = new Date(); if (now.getDay() === 1 && now.getMinutes() === 0) {{ {ASK} }}",
    ],
)
def test_what_is_no_gate_of_the_calendar(body: str) -> None:
    assert triggers(body, MINUTE) == [(MINUTE, "")]


THROWING = """
{head}
setInterval(async () => {{ try {{ await ask(); }} catch {{}} }}, 1000);
"""
FUNCTION = """
let last = 0;
async function ask() {
  if (Date.now() - last < 60_000) throw new Error('wait');
  last = Date.now();
  await fetch('https://a.test/x');
}
"""
METHOD = """
class Asker {
  last = 0;
  async ask() {
    const now = Date.now();
    if (now - this.last < 60_000) { throw new Error('wait'); }
    this.last = now;
    return fetch('https://a.test/x');
  }
}
const asker = new Asker();
const ask = () => asker.ask();
"""


@pytest.mark.parametrize("head", [FUNCTION, METHOD])
def test_a_limit_that_throws_is_one(head: str) -> None:
    inventory = audited({"main.ts": THROWING.format(head=head)})
    assert [one.ms for trigger in inventory.triggers for one in trigger.intervals] == [60_000]
    assert [(guard.kind, guard.ttl_ms) for guard in inventory.guards] == [("limiter", 60_000)]


@pytest.mark.parametrize(
    "head",
    [
        "let done; async function ask() { if (!done) throw new Error('no'); await fetch('https://a.test/x'); }",
        "let is; async function ask() { if (is) throw new Error('there'); is = await fetch('https://a.test/x'); }",
    ],
)
def test_what_throws_for_another_reason_is_no_limit(head: str) -> None:
    assert audited({"main.ts": THROWING.format(head=head)}).guards == ()
