"""What is renewed some time before its end is kept until then: the margin is no lifetime."""

from __future__ import annotations

import pytest

from tests.projects import audited, cases

PROGRAM = """
let token = ''; let expires = 0;
async function kept() {
  if (TEST) return token;
  const answer = await (await fetch('https://a.test/token')).json();
  token = answer.token; expires = END;
  return token;
}
setInterval(kept, 2000);
"""
MARGINS = {
    "behind": "Date.now() < expires - 30_000",
    "in front": "token && Date.now() + 30_000 < expires",
    "what is left": "token && expires - Date.now() > 30_000",
    "the other way": "!(expires - 30_000 <= Date.now())",
}


def lasts(test: str, end: str) -> tuple[float | None, str]:
    """How long the only store keeps, and why that is not known."""
    (guard,) = audited({"main.ts": PROGRAM.replace("TEST", test).replace("END", end)}).guards
    return guard.ttl_ms, guard.why


@pytest.mark.parametrize("name", cases(MARGINS))
def test_what_is_renewed_early_lasts_as_long_as_it_holds(name: str) -> None:
    assert lasts(MARGINS[name], "Date.now() + 3600_000") == (3_570_000, "")


@pytest.mark.parametrize("end", ["Date.now() + answer.expires_in * 1000", "answer.expires_at"])
@pytest.mark.parametrize("name", cases(MARGINS))
def test_until_when_it_holds_data_decides(name: str, end: str) -> None:
    ms, why = lasts(MARGINS[name], end)
    assert ms is None
    assert why


def test_an_age_is_a_lifetime() -> None:
    assert lasts("token && Date.now() - expires < 30_000", "Date.now()") == (30_000, "")
    assert lasts("token && Date.now() < expires", "Date.now() + 60_000") == (60_000, "")
