"""Functions of a program that let requests through at a pace: buckets, windows, gaps; and waits that are none."""

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SLEEP = "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));\n"
ASK = 'fetch("https://api.example.com/prices")'
AWAITED = f"async function ask() {{ await take(); return {ASK}; }}\nask();"

PACES = {
    "a bucket of tokens": f"""
        class Bucket {{
          last = Date.now();
          constructor(capacity, perSecond) {{
            this.capacity = capacity;
            this.perSecond = perSecond;
            this.tokens = capacity;
          }}
          refill() {{
            const now = Date.now();
            this.tokens = Math.min(this.capacity, this.tokens + ((now - this.last) / 1000) * this.perSecond);
            this.last = now;
          }}
          async take(n = 1) {{
            for (;;) {{
              this.refill();
              if (this.tokens >= n) {{ this.tokens -= n; return; }}
              await sleep(50);
            }}
          }}
        }}
        const bucket = new Bucket(10, 5);
        async function ask() {{ await bucket.take(); return {ASK}; }}
        ask();
        """,
    "a window of times": f"""
        const times = [];
        async function take() {{
          const now = Date.now();
          while (times.length && times[0] <= now - 1000) times.shift();
          if (times.length >= 10) {{
            await new Promise((resolve) => setTimeout(resolve, times[0] + 1000 - now));
            return take();
          }}
          times.push(now);
        }}
        {AWAITED}
        """,
    "a gap": f"""
        let last = 0;
        async function take() {{
          const wait = last + 250 - Date.now();
          if (wait > 0) await sleep(wait);
          last = Date.now();
        }}
        {AWAITED}
        """,
    "a gap before what it is handed": f"""
        class Pace {{
          last = 0;
          async run(work) {{
            const wait = Math.max(0, this.last + 100 - Date.now());
            this.last = Date.now() + wait;
            if (wait) await sleep(wait);
            return work();
          }}
        }}
        const pace = new Pace();
        pace.run(() => {ASK});
        """,
    "a gap in the function that asks": f"""
        class Api {{
          last = 0;
          async ask() {{
            const since = Date.now() - this.last;
            if (since < 100) await sleep(100 - since);
            this.last = Date.now();
            return {ASK};
          }}
        }}
        new Api().ask();
        """,
}


@pytest.mark.parametrize("name", cases(PACES))
def test_who_waits_for_a_pace_asks_at_it(name: str) -> None:
    found = audited({"main.js": SLEEP + PACES[name]})
    assert [(one.kind, one.mechanism, one.endpoints) for one in found.guards] == [
        ("limiter", "pace", ("GET api.example.com/prices",))
    ]
    assert (found.triggers, found.retries) == ((), ())


NONE = {
    "a wait": f"async function ask() {{ await sleep(100); return {ASK}; }}\nask();",
    "until something is there": f"""
        let ready = false;
        export function set() {{ ready = true; }}
        async function take() {{
          const began = Date.now();
          while (!ready) {{
            await sleep(10);
            if (Date.now() - began > 1000) throw new Error("late");
          }}
        }}
        {AWAITED}
        """,
    "after it has asked": f"""
        let rounds = 0;
        async function ask() {{
          const began = Date.now();
          await {ASK};
          rounds++;
          await sleep(1000 - (Date.now() - began));
        }}
        ask();
        """,
}


@pytest.mark.parametrize("name", cases(NONE))
def test_what_keeps_no_pace_is_none(name: str) -> None:
    assert audited({"main.js": SLEEP + NONE[name]}).guards == ()
