"""Items of a list that is filled elsewhere: what belongs to one of them stays with it."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, run

POLLERS = """
    class Poller {
      constructor(public every: number, private path: string) {}
      start(ms: number) { setInterval(() => fetch("https://a.test/" + this.path), ms); }
    }
    class Pricer {
      every = 7000;
      start(ms: number) { setInterval(() => fetch("https://a.test/prices"), ms); }
    }
    """
FILLED = """
    const all: ANY[] = [];
    async function main() {
      if (process.argv[2] === "a") { all.push(new Poller(1000, "a")); }
      if (process.argv[3] === "b") { all.push(new Poller(2000, "b")); }
      all.push(new Pricer());
      WALK
    }
    main();
    """
WALKS = {
    "map": "await Promise.all(all.map((one) => one.start(one.every)));",
    "forEach": "all.forEach((one) => { one.start(one.every); });",
    "for of": "for (const one of all) { one.start(one.every); }",
}
PAIRS = {("a", 1000), ("b", 2000), ("prices", 7000)}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("kind", ["Poller | Pricer", "any"])
def test_each_item_has_its_own_interval(walk: str, kind: str) -> None:
    source = POLLERS + FILLED.replace("ANY", f"({kind})" if "|" in kind else "any").replace("WALK", WALKS[walk])
    inventory = audited({"main.ts": source})
    found = {
        (reach.path.strip("/"), one.ms)
        for item in inventory.triggers
        for one in item.intervals
        for reach in item.reaches
    }
    assert found == PAIRS
    assert not any(call.dead for call in inventory.calls)


def test_objects_of_a_list_that_grows_stay_whole() -> None:
    source = """
        const jobs: { path: string; every: number }[] = [{ path: "a", every: 1000 }];
        jobs.push({ path: "b", every: 2000 });
        for (const job of jobs) { setInterval(() => fetch("https://a.test/" + job.path), job.every); }
        """
    inventory = audited({"main.ts": source})
    found = {
        (reach.path.strip("/"), one.ms)
        for item in inventory.triggers
        for one in item.intervals
        for reach in item.reaches
    }
    assert found >= {("a", 1000), ("b", 2000)}
    assert not found & {("a", 2000), ("b", 1000)}


def test_data_is_taken_as_one() -> None:
    source = """
        const ids: string[] = ["a", "b"];
        for (const one of process.argv) ids.push(one);
        for (const id of ids) { await fetch(`https://a.test/${id}`); }
        """
    assert all(most is None for _, most in run(source).values())


CLOSURES = {
    "a callback": 'for (const job of jobs) { setInterval(() => fetch("https://a.test/" + job.path), job.every); }',
    "a function": """
        for (const job of jobs) {
          const ask = () => fetch("https://a.test/" + job.path);
          setInterval(ask, job.every);
        }
        """,
    "an object": """
        class Poller {
          constructor(private path: string) {}
          ask() { return fetch("https://a.test/" + this.path); }
        }
        for (const job of jobs) {
          const poller = new Poller(job.path);
          setInterval(() => poller.ask(), job.every);
        }
        """,
}


@pytest.mark.parametrize("name", CLOSURES)
@pytest.mark.parametrize("in_function", [True, False])
def test_functions_made_in_a_loop_keep_their_item(name: str, in_function: bool) -> None:
    jobs = 'const jobs = [{ path: "a", every: 1000 }, { path: "b", every: 2000 }];'
    source = f"{jobs} function main() {{ {CLOSURES[name]} }} main();" if in_function else jobs + CLOSURES[name]
    assert run(source) == {"GET a.test/a": (1, 1), "GET a.test/b": (1, 1)}
    found = audited({"main.ts": source}).triggers
    assert [([one.ms for one in item.intervals], [r.path for r in item.reaches]) for item in found] == [
        ([1000], ["/a"]),
        ([2000], ["/b"]),
    ]


def test_one_timer_for_the_same_is_one() -> None:
    source = """
        function poll(ms: number) { setInterval(() => fetch("https://a.test/a"), ms); }
        poll(1000);
        poll(2000);
        """
    (found,) = audited({"main.ts": source}).triggers
    assert sorted(one.ms for one in found.intervals) == [1000, 2000]


def test_names_that_several_blocks_declare_are_all_of_them() -> None:
    source = """
        class First { start() { fetch("https://a.test/first"); } }
        class Second { start() { fetch("https://a.test/second"); } }
        class Third { start() { fetch("https://a.test/third"); } }
        const all: any = [];
        async function main() {
          if (process.argv[2]) { const made = new First(); all.push(made); }
          if (process.argv[3]) { const made = new Second(); all.push(made); }
          const never = new Third();
          await Promise.all(all.map((one: any) => one.start()));
        }
        main();
        """
    inventory = audited({"main.ts": source})
    assert run(source) == {"GET a.test/first": (0, None), "GET a.test/second": (0, None)}
    assert [call.path for call in inventory.calls if call.dead] == ["/third"]


def test_one_timer_that_sends_more_in_one_context_is_one() -> None:
    source = """
        function poll(ms: number, more: boolean) {
          setInterval(() => { fetch("https://a.test/a"); if (more) { fetch("https://a.test/b"); } }, ms);
        }
        poll(1000, true);
        poll(2000, false);
        """
    (found,) = audited({"main.ts": source}).triggers
    assert sorted(one.ms for one in found.intervals) == [1000, 2000]


JOBS = """
    import cron from "node-cron";
    const get = (path: string) => fetch("https://a.test/" + path);
    const jobs = {
      prices: { when: "*/5 * * * *", run: () => get("prices") },
      report: { when: "0 3 * * *", run: async () => { await get("report"); } },
    };
    """
LATER = {
    "a pattern": "for (const [name, { when, run }] of Object.entries(jobs)) { cron.schedule(when, async () => { await run(); }); }",
    "an item": "for (const job of Object.values(jobs)) { cron.schedule(job.when, () => job.run()); }",
    "a variable of the round": "for (const job of Object.values(jobs)) { const { when, run } = job; cron.schedule(when, () => run()); }",
    "a loop in a loop": "for (const job of [jobs.prices, jobs.report]) { for (const when of [job.when]) { cron.schedule(when, () => job.run()); } }",
}


@pytest.mark.parametrize("walk", LATER)
@pytest.mark.parametrize("around", ["WALK", "function start() { WALK }\nstart();"])
def test_what_a_round_hands_out_keeps_the_values_of_that_round(walk: str, around: str) -> None:
    inventory = audited({"main.ts": JOBS + around.replace("WALK", LATER[walk])})
    found = {(end.path, one.ms) for item in inventory.triggers for end in item.endpoints for one in item.intervals}
    assert found == {("/prices", 300_000), ("/report", 86_400_000)}


def test_what_changes_outside_of_the_rounds_is_what_it_is_when_they_are_over() -> None:
    source = """
        async function main() {
          let base = "https://first.test";
          const later: any[] = [];
          for (const path of ["/a", "/b"]) { later.push(() => fetch(base + path)); }
          base = "https://second.test";
          for (const one of later) { await one(); }
        }
        main();
        """
    assert {"GET second.test/a", "GET second.test/b"} <= set(run(source))


def test_a_round_sees_what_the_one_before_left() -> None:
    source = """
        async function main() {
          let path = "";
          const load = () => fetch("https://a.test" + path);
          for (const part of ["/a", "/b"]) { path += part; await load(); }
        }
        main();
        """
    assert run(source) == {"GET a.test/a": (1, 1), "GET a.test/a/b": (1, 1)}
