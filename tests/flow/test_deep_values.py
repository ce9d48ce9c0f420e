"""What a function gives by way of itself is worked out only so deep."""

from __future__ import annotations

import pytest

from tests.projects import run

AGAIN = """
    const again = async (work, left = 0) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        if (left >= Number(process.env.MOST)) throw new Error('no');
        return %s;
      }
    };
    const first = await again(async () => ({ url: 'https://a.test/x' }));
    await fetch(first.url);
"""


@pytest.mark.parametrize(
    "call", ["again(work, left + 1)", "await again(work, left + 1)", "again(() => work(), left + 1)"]
)
def test_a_function_that_gives_what_it_gives_itself(call: str) -> None:
    assert run(AGAIN % call) == {"GET a.test/x": (1, 1)}


def test_a_function_that_counts_down_gives_its_end() -> None:
    source = """
        const path = (left: number): string => (left > 0 ? path(left - 1) : '/end');
        await fetch('https://a.test' + path(5));
    """
    assert run(source) == {"GET a.test/end": (1, 1)}
