"""Functions that run before each repaint of the screen."""

from __future__ import annotations

import pytest

from tests.projects import audited

_EACH = 1000 / 60
_CASES = {
    "each frame": ('function draw() { fetch("https://a.com/x"); requestAnimationFrame(draw); }', _EACH),
    "of the window": ('function draw() { fetch("https://a.com/x"); window.requestAnimationFrame(draw); }', _EACH),
    "after a time": (
        """
        let last = 0;
        function draw() {
          const now = performance.now();
          if (now - last > 5000) { last = now; fetch("https://a.com/x"); }
          requestAnimationFrame(draw);
        }
        """,
        5000,
    ),
    "after a time, by what it is handed": (
        """
        let last = 0;
        function draw(time) {
          if (time - last >= 2000) { last = time; fetch("https://a.com/x"); }
          requestAnimationFrame(draw);
        }
        """,
        2000,
    ),
    "every nth frame": (
        """
        let frame = 0;
        function draw() {
          frame++;
          if (frame % 60 === 0) { fetch("https://a.com/x"); }
          requestAnimationFrame(draw);
        }
        """,
        1000,
    ),
}


@pytest.mark.parametrize("name", _CASES)
def test_what_a_frame_asks_again(name: str) -> None:
    source, every = _CASES[name]
    found = audited({"main.js": f"{source}\nrequestAnimationFrame(draw);"})
    (trigger,) = found.triggers
    assert trigger.mechanism == "requestAnimationFrame"
    assert [interval.ms for interval in trigger.intervals] == [pytest.approx(every)]


def test_one_frame_alone_is_no_timer() -> None:
    found = audited({"main.js": 'requestAnimationFrame(() => { fetch("https://a.com/x"); });'})
    assert found.triggers == ()
