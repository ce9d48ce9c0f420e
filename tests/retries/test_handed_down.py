"""Functions that what they are handed uses once more, for something else, do not try again."""

from __future__ import annotations

import pytest

from tests.projects import audited

EACH = """
export async function each(rows: any[], work: (row: any) => Promise<any>) {
  await Promise.all([1, 2].map(async () => { while (rows.length) await work(rows.pop()) }))
}
"""
TRIED = """
export async function each(rows: any[], work: (row?: any) => Promise<any>) {
  for (let i = 0; i < 3; i++) {
    try {
      return await work(rows[i])
    } catch (error) {
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}
"""
ASK = "fetch('https://a.example/x')"


def _retries(source: str, files: dict[str, str] | None = None) -> list[tuple[str, int | None]]:
    return [(one.mechanism, one.max_attempts) for one in audited({"main.ts": source, **(files or {})}).retries]


@pytest.mark.parametrize(
    "inside",
    [
        f"async (row) => {{ await {ASK}\n await each([row], () => {ASK}) }}",
        f"async (row) => {{ try {{ await {ASK} }} catch {{ await each([row], () => {ASK}) }} }}",
    ],
)
def test_a_helper_inside_itself_is_no_retry(inside: str) -> None:
    source = f"import {{ each }} from './each'\neach(process.argv, {inside})"
    assert _retries(source, {"each.ts": EACH}) == []
    assert _retries(f"{EACH}\neach(process.argv, {inside})") == []


def test_a_retry_inside_a_retry_is_its_loop_alone() -> None:
    source = f"import {{ each }} from './each'\neach([], async () => {{ await {ASK}\n await each([], () => {ASK}) }})"
    assert _retries(source, {"each.ts": TRIED}) == [("loop", 3)]


@pytest.mark.parametrize(
    "source",
    [
        f"const go = () => get(go)\nasync function get(on: any) {{ try {{ await {ASK} }} catch {{ on() }} }}\ngo()",
        f"async function get() {{ try {{ return await {ASK} }} catch {{ return get() }} }}\nget()",
    ],
)
def test_what_comes_back_to_itself_without_end_is_one(source: str) -> None:
    assert _retries(source) == [("recursion", None)]
