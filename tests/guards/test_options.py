"""Guards that are options, libraries or frameworks: timeouts, queues, limits, kept functions, whole answers."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.guards.asked import Shown, guards, shown
from tests.projects import Files, audited, entry

TIMEOUTS = {
    "signal": ('await fetch("https://a.example/x", { signal: AbortSignal.timeout(5_000) });', 5_000),
    "one of the signals": (
        (
            "const c = new AbortController();\n"
            'await fetch("https://a.example/x", { signal: AbortSignal.any([c.signal, AbortSignal.timeout(4_000)]) });'
        ),
        4_000,
    ),
    "controller": (
        """
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), 3_000);
        await fetch("https://a.example/x", { signal: controller.signal });
        clearTimeout(timer);
        """,
        3_000,
    ),
    "signal of a controller": (
        """
        const controller = new AbortController();
        const { signal } = controller;
        setTimeout(() => { controller.abort(); }, 3_000);
        await fetch("https://a.example/x", { signal });
        """,
        3_000,
    ),
    "axios": ('await axios.get("https://a.example/x", { timeout: 2_000 });', 2_000),
    "axios instance": ('await axios.create({ timeout: 2_500 }).get("https://a.example/x");', 2_500),
    "got": ('await got("https://a.example/x", { timeout: { request: 1_500 } });', 1_500),
    "ky": ('await ky.get("https://a.example/x", { timeout: 1_250 });', 1_250),
    "ky untold": ('await ky.get("https://a.example/x");', 10_000),
}
IMPORTS = 'import axios from "axios";\nimport got from "got";\nimport ky from "ky";\n'


@pytest.mark.parametrize("name", TIMEOUTS)
def test_a_timeout(name: str) -> None:
    """How long a request may take, in milliseconds."""
    source, ttl = TIMEOUTS[name]
    text = "async function main() {\n" + dedent(source) + "\n}"
    assert [(guard.kind, guard.ttl_ms) for guard in guards(IMPORTS + text)] == [("timeout", ttl)]


@pytest.mark.parametrize(
    "call",
    [
        'await fetch("https://a.example/x");',
        'await axios.get("https://a.example/x");',
        'await ky.get("https://a.example/x", { timeout: false });',
        'const c = new AbortController(); await fetch("https://a.example/x", { signal: c.signal });',
    ],
)
def test_no_timeout(call: str) -> None:
    """Nothing is said of how long, or it is switched off."""
    assert guards(IMPORTS + "async function main() { " + call + " }") == ()


QUEUES = {
    "p-queue": (
        'import PQueue from "p-queue";\nconst queue = new PQueue({ concurrency: 2 });\n',
        "queue.add(() => load())",
        "queue",
    ),
    "p-limit": ('import pLimit from "p-limit";\nconst limit = pLimit(3);\n', "limit(() => load())", "limiter"),
    "bottleneck": (
        'import Bottleneck from "bottleneck";\nconst queue = new Bottleneck({ maxConcurrent: 1 });\n',
        "queue.schedule(() => load())",
        "queue",
    ),
    "bottleneck, paced": (
        'import Bottleneck from "bottleneck";\nconst queue = new Bottleneck({ minTime: 200 });\n',
        "queue.schedule(() => load())",
        "limiter",
    ),
    "mutex": (
        'import { Mutex } from "async-mutex";\nconst mutex = new Mutex();\n',
        "mutex.runExclusive(() => load())",
        "queue",
    ),
}
LOAD = 'const load = () => fetch("https://a.example/x");\n'


@pytest.mark.parametrize("name", QUEUES)
def test_a_queue_or_limit(name: str) -> None:
    """What runs under the control of a library; the place is where the queue is made."""
    made, call, kind = QUEUES[name]
    found = guards(made + LOAD + f"async function main() {{ await {call}; }}")
    assert [(guard.kind, guard.line) for guard in found] == [(kind, 2)]
    assert found[0].endpoints == ("GET a.example/x",)


@pytest.mark.parametrize(
    ("made", "wrapped"),
    [
        (
            'import Bottleneck from "bottleneck";\nconst limiter = new Bottleneck({ minTime: 200 });\n',
            "limiter.wrap(load)",
        ),
        (
            'import pThrottle from "p-throttle";\nconst limiter = pThrottle({ limit: 2, interval: 1000 });\n',
            "limiter(load)",
        ),
    ],
)
def test_functions_that_are_wrapped_in_one_limit_share_it(made: str, wrapped: str) -> None:
    source = made + LOAD + f"const one = {wrapped};\nconst two = {wrapped};\nawait one(1); await two();"
    (guard,) = guards(source)
    assert (guard.line, guard.endpoints) == (2, ("GET a.example/x",))
    assert guard.per_second == (5 if "minTime" in made else 2)


def test_a_queue_that_runs_something_else() -> None:
    """What does not go through the queue has no guard."""
    source = QUEUES["p-queue"][0] + LOAD + "async function main() { await queue.add(() => 1); await load(); }"
    assert guards(source) == ()


KEPT = {
    "unstable_cache": (
        (
            'import { unstable_cache } from "next/cache";\n'
            'const prices = unstable_cache(async () => load(), ["prices"], { revalidate: 60 });'
        ),
        "prices()",
        Shown("cache", 60_000),
    ),
    "unstable_cache by argument": (
        (
            'import { unstable_cache } from "next/cache";\n'
            'const prices = unstable_cache(async (id: string) => load(), ["prices"], { revalidate: 60 });'
        ),
        "prices(process.argv[2])",
        Shown("cache", 60_000, "per-key"),
    ),
    "React": (
        'import { cache } from "react";\nconst prices = cache(async () => load());',
        "prices()",
        Shown("dedup"),
    ),
    "p-memoize": (
        'import pMemoize from "p-memoize";\nconst prices = pMemoize(load, { maxAge: 1_000 });',
        "prices()",
        Shown("cache", 1_000),
    ),
    "lodash": ('import { memoize } from "lodash";\nconst prices = memoize(load);', "prices()", Shown("cache")),
    "cache-manager 5": (
        'import { caching } from "cache-manager";\nconst cache = await caching("memory");',
        'cache.wrap("prices", () => load(), 5_000)',
        Shown("cache", 5_000),
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_function(name: str) -> None:
    """A library keeps what a function gave."""
    made, call, expected = KEPT[name]
    assert shown(LOAD + made + f"\nasync function main() {{ await {call}; }}") == [expected]


REFUSALS = {
    "throws": "if (answer.status === 429) throw new TooMany(answer.headers.get('Retry-After'));",
    "waits": "if (answer.status === 429) { await new Promise((resolve) => setTimeout(resolve, 1_000)); }",
    "waits for all that is no refusal": "if (answer.status !== 429) return answer.json();\nawait sleep(1_000);",
    "asks the header": "const after = answer.headers.get('retry-after');\n"
    "if (answer.headers.get('retry-after')) { await sleep(Number(after) * 1_000); }",
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_is_handled(name: str) -> None:
    """Too many requests: the code waits, or tells its caller so."""
    source = f"""
class TooMany extends Error {{}}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
async function main() {{
  const answer = await fetch("https://a.example/x");
  {REFUSALS[name]}
  return answer.json();
}}
"""
    assert [(guard.kind, guard.endpoints) for guard in guards(source)] == [("backoff-429", ("GET a.example/x",))]


def test_an_answer_that_is_given_back_without_a_wait_is_no_refusal() -> None:
    source = """
async function main() {
  const answer = await fetch("https://a.example/x");
  if (answer.status !== 429) return answer;
  return null;
}
"""
    assert not guards(source)


WAIT = "await new Promise((done) => setTimeout(done, 1_000));"


@pytest.mark.parametrize(
    ("handler", "kinds"),
    [
        (f"if (error.response?.status === 429) {{ {WAIT} }}\n throw error;", ["backoff-429"]),
        (f"if (error.response?.status !== 429) return null;\n {WAIT}\n return null;", ["backoff-429"]),
        ("if (error.response?.status !== 429) return null;\n return null;", []),
    ],
)
def test_a_refusal_that_is_caught(handler: str, kinds: list[str]) -> None:
    """Clients that throw: the handler asks for the status."""
    source = (
        IMPORTS
        + f"""
async function main() {{
  try {{ return await axios.get("https://a.example/x"); }}
  catch (error: any) {{
    {handler}
  }}
}}
"""
    )
    assert [guard.kind for guard in guards(source)] == kinds


@pytest.mark.parametrize("test", ["answer.status === 404", "answer.ok", "answer.status !== 200"])
def test_another_status(test: str) -> None:
    """An error of another kind is no refusal."""
    source = f"""
async function main() {{
  const answer = await fetch("https://a.example/x");
  if ({test}) throw new Error("no");
}}
"""
    assert guards(source) == ()


METRICS = """
import { Counter, Histogram } from "prom-client";
const latency = new Histogram({ name: "a", help: "a" });
const calls = new Counter({ name: "b", help: "b" });
"""


@pytest.mark.parametrize(
    "body",
    [
        "const stop = latency.startTimer(); try { return await load(); } finally { stop(); }",
        "const answer = await load(); calls.inc(); return answer;",
        'const answer = await load(); calls.labels("a").inc(); return answer;',
    ],
)
def test_metrics(body: str) -> None:
    """A call is timed or counted."""
    assert [guard.kind for guard in guards(METRICS + LOAD + f"async function main() {{ {body} }}")] == ["metrics"]


def test_metrics_of_something_else() -> None:
    """A method of that name on another object measures nothing."""
    body = "const list = { inc() {} }; list.inc(); await load();"
    assert guards(METRICS + LOAD + f"async function main() {{ {body} }}") == ()


def _next(version: str, files: Files) -> Files:
    manifest = f'{{"name": "app", "dependencies": {{"next": "{version}", "react": "18"}}}}'
    return {"package.json": manifest, "next.config.js": "module.exports = {};", **files}


ROUTE = "app/api/prices/route.ts"
NEXT = {
    "fetch, revalidated": (
        {ROUTE: 'export const GET = async (r: Request) => fetch("https://a.example/x", { next: { revalidate: 60 } });'},
        [("next.revalidate", 60_000, "process")],
    ),
    "fetch, kept": (
        {ROUTE: 'export const GET = async (r: Request) => fetch("https://a.example/x", { cache: "force-cache" });'},
        [("force-cache", None, "process")],
    ),
    "fetch, not kept": (
        {ROUTE: 'export const GET = async (r: Request) => fetch("https://a.example/x", { cache: "no-store" });'},
        [],
    ),
    "fetch, never valid": (
        {ROUTE: 'export const GET = async (r: Request) => fetch("https://a.example/x", { next: { revalidate: 0 } });'},
        [],
    ),
    "segment": (
        {
            ROUTE: 'export const revalidate = 30;\nexport const GET = async (r: Request) => fetch("https://a.example/x");'
        },
        [("revalidate", 30_000, "process")],
    ),
    "segment, handed over by name": (
        {
            ROUTE: 'const GET = async (_: Request) => fetch("https://a.example/x");\n'
            "export { GET };\nexport const revalidate = 30;"
        },
        [("revalidate", 30_000, "process")],
    ),
    "segment, of a handler that reads its request": (
        {
            ROUTE: "export const revalidate = 30;\n"
            "export const GET = async (r: Request) => fetch(`https://a.example/x${new URL(r.url).search}`);"
        },
        [],
    ),
    "segment, of a handler that takes its request apart": (
        {
            ROUTE: "export const revalidate = 30;\n"
            "export const GET = async ({ url }: Request) => fetch(`https://a.example/x${new URL(url).search}`);"
        },
        [],
    ),
    "segment, of a handler in which something reads its request": (
        {
            ROUTE: "export const revalidate = 30;\nexport async function GET(r: Request) {\n"
            '  const asked = () => r.headers.get("x");\n  return fetch(`https://a.example/x?q=${asked()}`);\n}'
        },
        [],
    ),
    "segment, kept whatever its request is": (
        {
            ROUTE: 'export const revalidate = 30;\nexport const dynamic = "force-static";\n'
            "export const GET = async (r: Request) => fetch(`https://a.example/x${r.url}`);"
        },
        [("revalidate", 30_000, "process")],
    ),
    "segment, with a parameter in its path": (
        {
            "app/api/[id]/route.ts": 'export const revalidate = 30;\nexport const GET = async () => fetch("https://a.example/x");'
        },
        [],
    ),
    "segment, with parameters that are kept": (
        {
            "app/api/[id]/route.ts": "export const revalidate = 30;\nexport const generateStaticParams = () => [];\n"
            'export const GET = async () => fetch("https://a.example/x");'
        },
        [("revalidate", 30_000, "process")],
    ),
    "segment, dynamic": (
        {
            ROUTE: 'export const revalidate = 30;\nexport const dynamic = "force-dynamic";\n'
            'export const GET = async (r: Request) => fetch("https://a.example/x");'
        },
        [],
    ),
    "header": (
        {
            ROUTE: 'export async function GET(r: Request) {\n  const answer = await fetch("https://a.example/x");\n'
            '  return Response.json(answer, { headers: { "Cache-Control": "s-maxage=10, must-revalidate" } });\n}'
        },
        [("s-maxage", 10_000, "cdn")],
    ),
    "header, private": (
        {
            ROUTE: 'export async function GET(r: Request) {\n  const answer = await fetch("https://a.example/x");\n'
            '  return Response.json(answer, { headers: { "Cache-Control": "private, max-age=10" } });\n}'
        },
        [],
    ),
    "static props": (
        {
            "pages/index.tsx": "export default function Page() { return null; }\n"
            'export async function getStaticProps() {\n  const a = await fetch("https://a.example/x");\n'
            "  return { props: { a }, revalidate: 20 };\n}"
        },
        [("getStaticProps revalidate", 20_000, "process")],
    ),
    "server props with a header": (
        {
            "pages/index.tsx": "export default function Page() { return null; }\n"
            "export async function getServerSideProps({ res }) {\n"
            '  res.setHeader("Cache-Control", "public, s-maxage=10");\n'
            '  return { props: { a: await fetch("https://a.example/x") } };\n}'
        },
        [("s-maxage", 10_000, "cdn")],
    ),
    "server props with a header, of the context": (
        {
            "pages/index.tsx": "export default function Page() { return null; }\n"
            "export const getServerSideProps = async (context) => {\n  const { res } = context;\n"
            '  res.setHeader("Cache-Control", "public, s-maxage=30, stale-while-revalidate=59");\n'
            '  return { props: { a: await fetch("https://a.example/x") } };\n};'
        },
        [("s-maxage", 30_000, "cdn")],
    ),
    "server props with a private header": (
        {
            "pages/index.tsx": "export default function Page() { return null; }\n"
            "export async function getServerSideProps({ res }) {\n"
            '  res.setHeader("Cache-Control", "private, max-age=10");\n'
            '  return { props: { a: await fetch("https://a.example/x") } };\n}'
        },
        [],
    ),
    "server props": (
        {
            "pages/index.tsx": "export default function Page() { return null; }\n"
            'export const getServerSideProps = async () => ({ props: { a: await fetch("https://a.example/x") } });'
        },
        [],
    ),
}


@pytest.mark.parametrize("name", NEXT)
def test_next(name: str) -> None:
    """What Next.js keeps, as options, exports and headers say."""
    files, expected = NEXT[name]
    found = audited(_next("15.1.0", files)).guards
    assert [(guard.mechanism, guard.ttl_ms, guard.store) for guard in found] == expected


@pytest.mark.parametrize(
    ("version", "handler", "expected"),
    [
        ("14.2.3", "GET()", ["static handler"]),
        ("13.4.0", "GET()", ["static handler"]),
        ("15.0.0", "GET()", []),
        ("14.2.3", "GET(request: Request)", ["fetch, by default"]),
        ("14.2.3", "POST()", []),
    ],
)
def test_static_handlers(version: str, handler: str, expected: list[str]) -> None:
    """Next.js 13 and 14 keep a GET handler that reads nothing of its request; that is uncertain, and said to be.

    Of one that is handed its request the fetches are kept, as long as it reads nothing.
    """
    source = f'export async function {handler} {{ return fetch("https://a.example/x"); }}'
    inventory = audited(_next(version, {ROUTE: source}))
    assert [guard.mechanism for guard in inventory.guards] == expected
    assert all(guard.why for guard in inventory.guards)
    assert entry(inventory, f"{handler[: handler.index('(')]} /api/prices").reaches[0].min == (
        "fetch, by default" not in expected
    )


NEST = """
import {{ Controller, Get, Post, UseInterceptors }} from "@nestjs/common";
import {{ CacheInterceptor, CacheTTL }} from "@nestjs/cache-manager";
@Controller("prices")
{interceptor}
export class Prices {{
  @{verb}(":id")
  {ttl}
  all() {{ return fetch("https://a.example/x"); }}
}}
"""
USED = "@UseInterceptors(CacheInterceptor)"


@pytest.mark.parametrize(
    ("interceptor", "verb", "ttl", "version", "expected"),
    [
        (USED, "Get", "@CacheTTL(50)", "5.0.0", [50]),
        (USED, "Get", "@CacheTTL(50)", "4.1.0", [50_000]),
        (USED, "Get", "@CacheTTL(50)", "*", [None]),
        (USED, "Get", "@CacheTTL(50)", "workspace:latest", [None]),
        (USED, "Get", "", "5.0.0", [None]),
        (USED, "Post", "@CacheTTL(50)", "5.0.0", []),
        ("", "Get", "@CacheTTL(50)", "5.0.0", []),
    ],
)
def test_nest(interceptor: str, verb: str, ttl: str, version: str, expected: list[object]) -> None:
    """The interceptor keeps answers to GET; its time alone keeps nothing."""
    manifest = f'{{"dependencies": {{"@nestjs/common": "10.0.0", "cache-manager": "{version}"}}}}'
    source = NEST.format(interceptor=interceptor, verb=verb, ttl=ttl)
    found = audited({"package.json": manifest, "prices.controller.ts": source}).guards
    assert [guard.ttl_ms for guard in found] == expected
    assert {guard.scope for guard in found} <= {"per-key"}


PROVIDED = """
@Module({{ controllers: [Prices], providers: [{{ provide: APP_INTERCEPTOR, useClass: {} }}] }})
export class App {{}}
"""
TOLD = """
async function start() {
  const app = await NestFactory.create({});
  app.useGlobalInterceptors(new CacheInterceptor(null, null));
}
start();
"""
GLOBAL = {
    "a provider": PROVIDED.format("CacheInterceptor"),
    "a provider of its own class": "class Mine extends CacheInterceptor {}" + PROVIDED.format("Mine"),
    "the application": TOLD,
    "another": "class Logs {}" + PROVIDED.format("Logs"),
}


@pytest.mark.parametrize("name", GLOBAL)
def test_nest_before_all_routes(name: str) -> None:
    head = (
        'import { Module } from "@nestjs/common";\nimport { APP_INTERCEPTOR, NestFactory } from "@nestjs/core";\n'
        'import { CacheInterceptor } from "@nestjs/cache-manager";\nimport { Prices } from "./prices.controller";\n'
    )
    manifest = '{"dependencies": {"@nestjs/common": "10.0.0", "cache-manager": "5.0.0"}}'
    source = NEST.format(interceptor="", verb="Get", ttl="@CacheTTL(50)")
    files = {"package.json": manifest, "prices.controller.ts": source, "main.ts": head + GLOBAL[name]}
    assert [guard.ttl_ms for guard in audited(files).guards] == ([] if name == "another" else [50])
