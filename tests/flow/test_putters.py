"""Objects that functions fill with what they are handed: registries of jobs, handlers, clients."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, cases, run

GET = "export const get = (path: string) => fetch('https://a.test' + path);\n"
JOBS = "jobs.register('prices', { every: 1000, run: async () => { await get('/prices'); } }); jobs.register('book', { every: 2000, run: () => get('/book') });\n"


def registry(field: str, put: str, walk: str) -> str:
    """A class that starts what it was handed, and what it is handed."""
    return (
        "type Job = { every: number; run: () => Promise<unknown> };\n"
        f"class Jobs {{ {field}; register(name: string, job: Job) {{ {put}; return this; }} start() {{ {walk} }} }}\n"
        f"const jobs = new Jobs();\n{JOBS}jobs.start();"
    )


MAP = "private jobs = new Map<string, Job>()"
INTO_MAP = "this.jobs.set(name, job)"
START = "setInterval(() => { job.run().catch(console.error); }, job.every);"
REGISTRIES = {
    "array": registry("private jobs: Job[] = []", "this.jobs.push(job)", f"for (const job of this.jobs) {{ {START} }}"),
    "array of what is made of it": registry("private jobs: any[] = []", "const entry = { ...job, name }; this.jobs.push(entry)", f"this.jobs.forEach((job) => {{ {START} }});"),
    "map": registry(MAP, INTO_MAP, f"for (const [name, job] of this.jobs) {{ {START} }}"),
    "map, values": registry(MAP, INTO_MAP, f"for (const job of this.jobs.values()) {{ {START} }}"),
    "map, entries": registry(MAP, INTO_MAP, f"for (const [, job] of this.jobs.entries()) {{ {START} }}"),
    "map, forEach": registry(MAP, INTO_MAP, f"this.jobs.forEach((job, name) => {{ {START} }});"),
    "map, spread": registry(MAP, INTO_MAP, f"[...this.jobs.values()].forEach((job) => {{ {START} }});"),
    "map, Array.from": registry(MAP, INTO_MAP, f"for (const [name, job] of Array.from(this.jobs)) {{ {START} }}"),
    "object, values": registry("private jobs: Record<string, Job> = {}", "this.jobs[name] = job", f"for (const job of Object.values(this.jobs)) {{ {START} }}"),
    "object, entries": registry("private jobs: Record<string, Job> = {}", "this.jobs[name] = job", f"Object.entries(this.jobs).forEach(([name, job]) => {{ {START} }});"),
    "map of the module": "const all = new Map<string, any>(); const jobs = { register };\nfunction register(name: string, job: any) { all.set(name, job); }\n" + JOBS + f"for (const [name, job] of all) {{ {START} }}",
}  # fmt: skip


def timers(files: Files) -> set[tuple[str, float]]:
    """What is asked for how often."""
    found = audited(files).triggers
    return {(end.path, one.ms) for item in found for end in item.endpoints for one in item.intervals}


@pytest.mark.parametrize("name", cases(REGISTRIES))
def test_what_is_registered_is_started_each_with_its_own_interval(name: str) -> None:
    files = {"main.ts": "import { get } from './get';\n" + REGISTRIES[name], "get.ts": GET}
    assert timers(files) == {("/prices", 1000), ("/book", 2000)}


def test_what_is_registered_in_other_files() -> None:
    files = {
        "jobs.ts": "export class Jobs { private all: any[] = []; add(job: any) { this.all.push(job); } start() { for (const job of this.all) { setInterval(() => job.run(), job.every); } } }\nexport const jobs = new Jobs();",
        "prices.ts": "import { jobs } from './jobs';\nimport { get } from './get';\nexport class Prices { every = 3000; run() { return get('/prices'); } }\njobs.add(new Prices());",
        "book.ts": "import { jobs as here } from './jobs';\nimport { get } from './get';\nhere.add({ every: 4000, run: () => get('/book') });",
        "get.ts": GET,
        "main.ts": "import './prices';\nimport './book';\nimport { jobs } from './jobs';\njobs.start();",
    }
    assert timers(files) == {("/prices", 3000), ("/book", 4000)}


def test_two_objects_of_a_class_are_filled_apart() -> None:
    source = """
        class Urls { private all: string[] = []; add(url: string) { this.all.push(url); } load() { return fetch(this.all[0]); } }
        const first = new Urls(), second = new Urls();
        first.add("https://a.test/first");
        second.add("https://a.test/second");
        first.load();
        """
    assert run(source) == {"GET a.test/first": (1, 1)}


def test_a_method_of_that_name_of_another_class_fills_nothing() -> None:
    source = """
        class Urls { private all: string[] = []; add(url: string) { this.all.push(url); } load() { return fetch(this.all[0]); } }
        class Names { add(url: string) { console.log(url); } }
        const urls = new Urls();
        urls.add("https://a.test/first");
        new Names().add("https://a.test/other");
        urls.load();
        """
    assert run(source) == {"GET a.test/first": (1, 1)}


def test_where_one_call_is_not_understood_what_is_put_in_is_not_known() -> None:
    source = """
        class Urls { private all: string[] = []; add(url: string) { this.all.push(url); } load() { return fetch(this.all[0]); } }
        const urls = new Urls();
        urls.add("https://a.test/first");
        function more(any: any) { any.add("https://a.test/second"); }
        more(urls);
        urls.load();
        """
    inventory = audited({"main.ts": source})
    assert [call.unknown != "" for call in inventory.calls] == [True]
