"""Lengths of time that libraries make are the numbers which they give."""

from __future__ import annotations

import pytest

from tests.projects import audited

FIVE = [5_000]


@pytest.mark.parametrize(
    ("made", "intervals"),
    [
        ("moment.duration(5, 'seconds').asMilliseconds()", FIVE),
        ("moment.duration(5000).asMilliseconds()", FIVE),
        ("moment.duration({ seconds: 4, milliseconds: 1000 }).asMilliseconds()", FIVE),
        ("moment.duration(5, 's').as('ms')", FIVE),
        ("moment.duration(5, 'minutes').asSeconds() * 1000 / 60", FIVE),
        ("dayjs.duration(5, 'seconds').asMilliseconds()", FIVE),
        ("Duration.fromObject({ seconds: 5 }).toMillis()", FIVE),
        ("Duration.fromMillis(5000).as('milliseconds')", FIVE),
        ("moment.duration(Number(process.argv[2]), 'seconds').asMilliseconds()", []),
        ("moment.duration(5, 'months').asMilliseconds()", []),
        ("moment.duration({ seconds: 5, ...JSON.parse(process.argv[2]) }).asMilliseconds()", []),
        ("moment.utc().asMilliseconds()", []),
    ],
)
@pytest.mark.parametrize("imported", ["import moment from 'moment';", "import moment = require('moment');"])
def test_an_interval(made: str, intervals: list[int], imported: str) -> None:
    source = f"{imported} import dayjs from 'dayjs'; import {{ Duration }} from 'luxon';"
    (trigger,) = audited({"main.ts": f"{source} setInterval(() => fetch('https://a.test/'), {made});"}).triggers
    assert [interval.ms for interval in trigger.intervals] == intervals


def test_a_length_that_is_handed_on() -> None:
    source = """
import * as moment from "moment";
abstract class Beat { abstract start(gap: moment.Duration, what: string): unknown; }
class Drum extends Beat {
  start(gap: moment.Duration, what: string) {
    const ms = gap.asMilliseconds();
    return setInterval(() => fetch(`https://a.test/${what}`), ms);
  }
}
function begin(beat: Beat) {
  beat.start(moment.duration(5, "seconds"), "one");
  beat.start(moment.duration(1, "minutes"), "two");
}
begin(new Drum());
"""
    triggers = audited({"main.ts": source}).triggers
    assert sorted(interval.ms for one in triggers for interval in one.intervals) == [5_000, 60_000]
