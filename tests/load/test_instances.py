"""What several instances of one trigger add up to."""

from __future__ import annotations

import pytest

from callaudit.inventory.model import Instances, Trigger
from callaudit.load.instances import running
from callaudit.load.ranges import ONE, UNBOUNDED, Range


def trigger(*instances: Instances) -> Trigger:
    return Trigger(
        kind="poll", mechanism="refetchInterval", file="a.ts", line=1, entry="useBook", function="useBook",
        origin="browser", reaches_upstream=True, calls_network=True, instances=instances,
    )  # fmt: skip


def test_pages_with_as_many_instances_stay_together() -> None:
    found = list(running(trigger(Instances("/a", 3, 3), Instances("/b", 3, 3)), ("/", "/a", "/b", "/c")))
    assert found == [(("/", "/c"), ONE), (("/a", "/b"), Range(3, 3, 3))]


@pytest.mark.parametrize(
    ("instances", "calls"),
    [
        (Instances("main.ts", 2, 2), Range(2, 2, 2)),
        (Instances("main.ts", 0, 3), Range(1, 2, 3)),
        (Instances("main.ts", 0), Range(1, 1, UNBOUNDED)),
        (Instances("main.ts", 4), Range(4, 4, UNBOUNDED)),
    ],
)
def test_of_a_process_the_range(instances: Instances, calls: Range) -> None:
    assert list(running(trigger(instances), ())) == [((), calls)]


def test_one_where_nothing_is_listed() -> None:
    assert list(running(trigger(), ())) == [((), ONE)]
    assert list(running(trigger(), ("/",))) == [(("/",), ONE)]
