"""Retries by how they end: one part of a test, a flag, a counter that is handed on, what a caller says."""

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = """
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
class HttpError extends Error { constructor(readonly status: number) { super(); } }
async function one() {
  const r = await fetch("https://a.test/one");
  if (!r.ok) throw new HttpError(r.status);
  return r;
}
"""
Found = tuple[int | None, tuple[float, ...], str]


def found(source: str) -> list[Found]:
    """Attempts, delays and backoff of each retry."""
    retries = audited({"main.ts": SETUP + source}).retries
    return [(one.max_attempts, one.delays_ms, one.backoff) for one in retries]


FOR_EVER = """
const MAX = 3;
const retryable = (error: HttpError) => error.status >= 500;
async function load() {
  let tries = 0;
  while (true) {
    try {
      return await one();
    } catch (error: any) {
      tries++;
      TEST
      await sleep(1000 * tries);
    }
  }
}
load();
"""
TESTS = [
    "if (tries > MAX) throw error;",
    "if (error.status < 500 || tries > MAX) throw error;",
    "if (tries > MAX || error.status < 500) throw error;",
    "if (!(error instanceof HttpError) || error.status < 500 || tries > MAX) throw error;",
    "if (!retryable(error) || tries > MAX) throw error;",
    "const again = retryable(error) && tries <= MAX;\nif (!again) throw error;",
]


@pytest.mark.parametrize("test", TESTS)
def test_one_part_of_a_test_ends_it(test: str) -> None:
    assert found(FOR_EVER.replace("TEST", test)) == [(4, (1000, 2000, 3000), "linear")]


FLAGS = {
    "while": """
        async function load() {
          let success = false, count = 0;
          while (!success && count < 4) {
            try {
              await one();
              success = true;
            } catch (error) {
              count++;
              await sleep(1500);
            }
          }
        }
        load();
        """,
    "for": """
        async function load() {
          let ok = false;
          for (let i = 0; i < 4 && !ok; i++) {
            try {
              const answer = await one();
              console.log(answer);
              ok = true;
            } catch { await sleep(1500); }
          }
        }
        load();
        """,
}


@pytest.mark.parametrize("name", cases(FLAGS))
def test_a_flag_that_is_set_where_no_error_came_ends_it(name: str) -> None:
    assert found(FLAGS[name]) == [(4, (1500, 1500, 1500), "fixed")]


def test_a_flag_that_is_set_before_the_call_is_none() -> None:
    source = """
        async function load(ids: string[]) {
          let any = false;
          while (!any && ids.length) {
            try {
              any = true;
              await fetch(`https://a.test/${ids.pop()}`);
            } catch { console.log("failed"); }
          }
        }
        load(process.argv);
        """
    assert found(source) == []


HANDED_ON = {
    "arrows": """
        const again = (work, left = 5, wait = 100) =>
          work().catch((error) =>
            left > 0
              ? sleep(wait).then(() => again(work, left - 1, wait * 2))
              : Promise.reject(error));
        again(() => one());
        """,
    "statements": """
        function again(work, left = 5, wait = 100) {
          return work().catch((error) => {
            if (left === 0) throw error;
            return sleep(wait).then(() => again(work, left - 1, wait * 2));
          });
        }
        again(() => one());
        """,
}


@pytest.mark.parametrize("name", cases(HANDED_ON))
def test_levels_inside_handlers_are_counted_to_their_end(name: str) -> None:
    assert found(HANDED_ON[name]) == [(6, (100, 200, 400, 800, 1600), "exponential")]


POLICY = """
type Policy = { times: number; wait: number | ((n: number) => number) };
async function run<T>(work: () => Promise<T>, policy: Policy): Promise<T> {
  let attempt = 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      attempt++;
      if (attempt >= policy.times) throw error;
      await sleep(typeof policy.wait === "function" ? policy.wait(attempt) : policy.wait);
    }
  }
}
run(() => one(), { times: 3, wait: WAIT });
"""


@pytest.mark.parametrize(("wait", "delays"), [("1000", (1000, 1000)), ("(n) => n * 100", (100, 200))])
def test_a_wait_that_is_a_number_or_a_function(wait: str, delays: tuple[float, ...]) -> None:
    assert [(attempts, waits) for attempts, waits, _ in found(POLICY.replace("WAIT", wait))] == [(3, delays)]


TIMES = """
async function times(most: number, work: () => Promise<unknown>) {
  for (let i = 0; i < most; i++) {
    try {
      return await work();
    } catch (error) { console.log(error); }
  }
}
"""


def test_one_function_tries_as_often_as_each_caller_says() -> None:
    source = TIMES + "times(3, () => fetch('https://a.test/three'));\ntimes(2, () => fetch('https://a.test/two'));"
    retries = audited({"main.ts": source}).retries
    assert [(one.max_attempts, one.endpoints) for one in retries] == [
        (2, ("GET a.test/two",)),
        (3, ("GET a.test/three",)),
    ]


def test_for_the_same_endpoint_it_is_one() -> None:
    source = TIMES + "times(3, () => fetch('https://a.test/one'));\ntimes(2, () => fetch('https://a.test/one'));"
    assert [one.max_attempts for one in audited({"main.ts": source}).retries] == [3]


@pytest.mark.parametrize("spelling", ["wait(n)", "this.wait(n)", "Waits.of(n)"])
def test_a_random_part_is_seen_in_what_works_a_wait_out(spelling: str) -> None:
    source = f"""
        const wait = (n: number) => Math.random() * 100 * 2 ** n;
        class Waits {{ static of(n: number) {{ return wait(n); }} }}
        class Api {{
          private wait(n: number) {{ return Math.random() * 100 * 2 ** n; }}
          async load() {{
            for (let n = 0; n < 3; n++) {{
              try {{
                return await one();
              }} catch (error) {{
                await sleep({spelling});
              }}
            }}
          }}
        }}
        new Api().load();
        """
    (retry,) = audited({"main.ts": SETUP + source}).retries
    assert (retry.jitter, retry.backoff, retry.delays_ms) == (True, "exponential", (50, 100))


@pytest.mark.parametrize(("test", "there"), [("job.status === 'done'", True), ("job.status === 200", False)])
def test_a_status_that_is_a_word_is_waited_for(test: str, there: bool) -> None:
    source = f"""
        async function wait() {{
          for (let i = 0; i < 3; i++) {{
            const job: any = await fetch("https://a.test/job");
            if ({test}) return job;
            await sleep(100);
          }}
        }}
        wait();
        """
    (retry,) = audited({"main.ts": SETUP + source}).retries
    assert retry.until_there is there


CLOCKS = {
    "a deadline": """
        const deadline = Date.now() + most;
        while (Date.now() < deadline) {
          const job = await one();
          if (job.done) return job;
          await sleep(2000);
        }
        throw new Error("late");
        """,
    "the time since it began": """
        const began = performance.now();
        while (performance.now() - began < most) {
          const job = await one();
          if (job.done) return job;
          await sleep(2000);
        }
        """,
    "a test inside": """
        const began = Date.now();
        while (true) {
          const job = await one();
          if (job.done) return job;
          const passed = Date.now() - began;
          if (passed > most) throw new Error("late");
          await sleep(2000);
        }
        """,
    "beside a counter": """
        const deadline = Date.now() + most;
        for (let n = 0; n < 1000 && Date.now() < deadline; n++) {
          try {
            return await one();
          } catch (error) { await sleep(2000); }
        }
        """,
}


@pytest.mark.parametrize("name", cases(CLOCKS))
@pytest.mark.parametrize(("most", "attempts"), [(10_000, (5, 6)), (600_000, (300,))])
def test_the_clock_ends_it(name: str, most: int, attempts: tuple[int, ...]) -> None:
    source = f"async function load(most = {most}): Promise<any> {{{CLOCKS[name]}}}\nload();"
    (retry,) = audited({"main.ts": SETUP + source}).retries
    assert retry.max_attempts in attempts
    assert set(retry.delays_ms) == {2000}


def test_how_long_it_may_go_on_is_not_known() -> None:
    body = CLOCKS["a deadline"]
    source = f"async function load(most: number): Promise<any> {{{body}}}\nload(Number(process.argv[2]));"
    assert [attempts for attempts, *_ in found(source)] == [None]
