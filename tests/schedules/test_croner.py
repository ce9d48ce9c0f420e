"""croner is given the function of a job when that is made, or later."""

from __future__ import annotations

import pytest

from tests.projects import audited, brief, cases

CRON, ONE = "import { Cron } from 'croner'; ", "() => fetch('https://a.test/one')"

SPELLINGS = {
    "at once": f"new Cron('0 * * * *', {ONE});",
    "after options": f"new Cron('0 * * * *', {{ protect: true }}, {ONE});",
    "later": f"const job = new Cron('0 * * * *'); job.schedule({ONE});",
    "later, with options": f"const job = new Cron('0 * * * *', {{ paused: true }}); job.schedule({ONE});",
    "without new": f"Cron('0 * * * *').schedule({ONE});",
}


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_spellings_of_a_job(name: str) -> None:
    inventory = audited({"main.ts": CRON + SPELLINGS[name]})
    assert [[span.ms for span in one.intervals] for one in inventory.triggers] == [[3_600_000]]
    (job,) = (one for one in inventory.entries if one.kind == "job")
    assert brief(job) == {"GET a.test/one": (1, 1)}


def test_an_expression_alone_is_no_job() -> None:
    inventory = audited(
        {"main.ts": CRON + f"const job = new Cron('0 * * * *'); job.nextRun(); const one = {ONE}; one();"}
    )
    assert not inventory.triggers
