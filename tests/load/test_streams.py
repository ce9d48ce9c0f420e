"""From small projects to streams: who sends, who pays, when."""

from __future__ import annotations

import pytest

from callaudit.load.conditions import words
from tests.load.models import KEY, SERVER, VISITOR, project, rates, scenario

PACKAGE = '{"dependencies": {"next": "15.0.0", "react": "18.0.0", "@tanstack/react-query": "5.0.0"}}'
PAGE = """
    'use client';
    import { useQuery } from '@tanstack/react-query';
    export default function Page() {
      const { isConnected } = useSocket();
      useQuery({ queryKey: ['p'], queryFn: () => fetch('%s'), refetchInterval: isConnected ? 30000 : 15000 });
      return null;
    }
"""
DIRECT = "https://api.pacifica.fi/api/v1/positions"
ROUTE = """
    export async function GET() {
      return Response.json(await fetch('https://api.pacifica.fi/api/v1/positions', {%s}));
    }
"""


def test_a_browser_spends_the_quota_of_its_visitor() -> None:
    found = project({"package.json": PACKAGE, "app/a/page.tsx": PAGE % DIRECT})
    polls = [one for one in found.streams if one.kind == "poll"]
    assert [(one.holder, one.pages, one.charges[0].bucket) for one in polls] == [("user", ("/a",), VISITOR)]
    assert [(one.seconds, words(one.when)) for one in polls[0].alternatives] == [
        (30, "isConnected"),
        (15, "!isConnected"),
    ]
    assert polls[0].after_run
    assert not polls[0].background


def test_an_own_route_is_charged_where_its_request_leaves() -> None:
    files = {
        "package.json": PACKAGE,
        "app/a/page.tsx": PAGE % "/api/positions",
        "app/api/positions/route.ts": ROUTE % "",
    }
    polls = [one for one in project(files).streams if one.kind == "poll"]
    assert [(one.holder, one.origin, one.charges[0].bucket, one.through) for one in polls] == [
        ("user", "server", SERVER, ("GET /api/positions",))
    ]


def test_a_key_header_is_charged_to_the_key() -> None:
    route = ROUTE % "headers: {'PF-API-KEY': process.env.KEY!}"
    files = {"package.json": PACKAGE, "app/a/page.tsx": PAGE % "/api/positions", "app/api/positions/route.ts": route}
    polls = [one for one in project(files).streams if one.kind == "poll"]
    assert [one.charges[0].bucket for one in polls] == [KEY]
    assert [one.key_header for one in polls] == [""]


def test_a_request_without_a_key_could_have_one() -> None:
    files = {
        "package.json": PACKAGE,
        "app/a/page.tsx": PAGE % "/api/positions",
        "app/api/positions/route.ts": ROUTE % "",
    }
    poll = next(one for one in project(files).streams if one.kind == "poll")
    assert poll.key_header == "PF-API-KEY"
    assert [charge.bucket for charge in poll.with_key] == [KEY]


def test_a_timer_of_a_worker_is_held_by_its_process() -> None:
    found = project({"main.ts": f"setInterval(() => fetch('{DIRECT}'), 5000);"})
    timers = [one for one in found.streams if one.kind == "timer"]
    assert [(one.holder, one.after_run, one.alternatives[0].seconds) for one in timers] == [("worker", False, 5)]


@pytest.mark.parametrize(
    ("files", "holder"),
    [
        ({"main.ts": "import cron from 'node-cron';\ncron.schedule('* * * * *', () => fetch('%s'));"}, "worker"),
        (
            {
                "main.ts": "import { Queue, Worker } from 'bullmq';\nnew Worker('x', () => fetch('%s'));\n"
                "new Queue('x').add('j', {}, { repeat: { every: 60000 } });"
            },
            "once",
        ),
        (
            {
                "main.ts": "fetch('%s');",
                ".github/workflows/sync.yml": "on:\n  schedule:\n    - cron: '* * * * *'\n"
                "jobs:\n  a:\n    steps:\n      - run: npx tsx main.ts\n",
            },
            "once",
        ),
    ],
)
def test_a_schedule_runs_in_each_process_or_once_for_all(files: dict[str, str], holder: str) -> None:
    found = project({path: text.replace("%s", DIRECT) for path, text in files.items()})
    (one,) = [one for one in found.streams if one.kind in ("cron", "timer")]
    assert one.holder == holder
    several = scenario(server_instances=3, worker_instances=4, pages=())
    (rate,) = {rate.expected for (kind, *_), rate in rates(found, several).items() if kind == one.kind}
    assert rate == pytest.approx((4 if holder == "worker" else 1) / 60)


def test_an_interval_that_is_not_known_is_a_gap_and_no_rate() -> None:
    found = project({"main.ts": f"setInterval(() => fetch('{DIRECT}'), readConfig().ms);"})
    assert not [one for one in found.streams if one.kind == "timer"]
    assert [(gap.file, gap.line) for gap in found.gaps] == [("main.ts", 1)]
    assert "counted as nothing" in found.gaps[0].why


def test_an_annotation_gives_the_interval_and_is_an_assumption() -> None:
    found = project({"main.ts": f"// callaudit: interval=15s\nsetInterval(() => fetch('{DIRECT}'), readConfig().ms);"})
    timers = [one for one in found.streams if one.kind == "timer"]
    assert [one.alternatives[0].seconds for one in timers] == [15]
    assert [(one.file, one.line, one.what, one.why) for one in found.annotations] == [("main.ts", 1, "interval", "15s")]


def test_what_nothing_mounts_polls_nowhere() -> None:
    hook = """
        import { useQuery } from '@tanstack/react-query';
        export const useIt = () => useQuery({ queryKey: ['x'], queryFn: () => fetch('%s'), refetchInterval: 1000 });
    """
    found = project({"package.json": PACKAGE, "hooks/useIt.ts": hook % DIRECT})
    assert not [one for one in found.streams if one.kind == "poll"]


def test_a_mutation_has_the_refetches_that_it_causes() -> None:
    page = """
        'use client';
        import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
        export default function Page() {
          const client = useQueryClient();
          useQuery({ queryKey: ['positions'], queryFn: () => fetch('https://api.pacifica.fi/api/v1/positions') });
          useMutation({
            mutationFn: () => fetch('/api/orders', { method: 'POST' }),
            onSuccess: () => client.invalidateQueries({ queryKey: ['positions'] }),
          });
          return null;
        }
    """
    route = """
        export async function POST() {
          await fetch('https://api.pacifica.fi/api/v1/orders/create_market', { method: 'POST' });
          return Response.json({});
        }
    """
    found = project({"package.json": PACKAGE, "app/a/page.tsx": page, "app/api/orders/route.ts": route})
    ways = {(one.kind, one.action, one.endpoint) for one in found.streams if one.action}
    order, positions = "POST /api/v1/orders/create_market", "GET /api/v1/positions"
    assert ("action", "POST /api/orders", order) in ways
    assert ("refetch", "POST /api/orders", positions) in ways
    assert {run.name: (run.min, run.max) for run in found.runs}["POST /api/orders"] == (1, 1)


@pytest.mark.parametrize(
    ("found", "waits", "fails"),
    [
        ("if ((await found.json()).length) break;", 4, 1),
        ("const data = await found.json(); if (data.id) break;", 4, 1),
        ("if (found.ok) break;", 1, 4),
        ("if (found.status !== 429) return found;", 1, 4),
    ],
)
def test_attempts_of_a_loop_are_no_calls(found: str, waits: int, fails: int) -> None:
    route = """
        export async function POST() {
          for (let attempt = 0; attempt < 4; attempt++) {
            const found = await fetch('https://api.pacifica.fi/api/v1/trades/history');
            %s
            await new Promise((done) => setTimeout(done, 500));
          }
          return Response.json({});
        }
    """
    model = project({"package.json": PACKAGE, "app/api/orders/route.ts": route % found})
    (stream,) = [one for one in model.streams if one.kind == "action"]
    assert (stream.retry_attempts, stream.failure_attempts) == (waits, fails)
    assert (stream.calls.low, stream.calls.high) == (1, 1)


def test_attempts_of_a_helper_that_tries_again_are_no_calls() -> None:
    source = """
        import pRetry from 'p-retry';
        const load = () => fetch('https://api.pacifica.fi/api/v1/info');
        setInterval(() => pRetry(load, { retries: 4 }), 1000);
    """
    (stream,) = project({"package.json": PACKAGE, "main.ts": source}).streams
    assert (stream.calls.low, stream.calls.expected, stream.calls.high) == (1, 1, 1)
    assert (stream.retry_attempts, stream.failure_attempts) == (1, 5)


def test_a_host_of_nobody_has_a_bucket_without_a_limit() -> None:
    found = project({"package.json": PACKAGE, "app/a/page.tsx": PAGE % "https://api.example.com/x"})
    assert [(one.id, one.capacity, one.per) for one in found.buckets] == [("api.example.com.visitor", None, "visitor")]
