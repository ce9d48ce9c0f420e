"""Libraries that run what they are handed: how often, and what counts."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, brief, cases, run

O = "GET a.test/one"  # noqa: E741 - reads like the request
SETUP = "const one = () => fetch('https://a.test/one');\n"

CASES: dict[str, tuple[str, Bounds]] = {
    # retries
    "p-retry": ("import pRetry from 'p-retry'; await pRetry(() => one());", (1, 11)),
    "p-retry, count": ("import pRetry from 'p-retry'; await pRetry(one, { retries: 3 });", (1, 4)),
    "async-retry": ("import retry from 'async-retry'; await retry(async (bail) => { await one(); });", (1, 11)),
    "async-retry, count": ("import retry from 'async-retry'; await retry(async () => one(), { retries: 5 });", (1, 6)),
    "ts-retry-promise": ("import { retry } from 'ts-retry-promise'; await retry(() => one(), { retries: 2 });", (1, 3)),
    "exponential-backoff": ("import { backOff } from 'exponential-backoff'; await backOff(() => one(), { numOfAttempts: 4 });", (1, 4)),
    # limits
    "p-limit": ("import pLimit from 'p-limit'; const limit = pLimit(2); await limit(() => one());", (1, 1)),
    "p-limit over data": ("import pLimit from 'p-limit'; const limit = pLimit(2); await Promise.all(JSON.parse('[]').map(() => limit(() => one())));", (0, None)),
    "p-queue": ("import PQueue from 'p-queue'; const q = new PQueue({ concurrency: 1 }); await q.add(() => one());", (1, 1)),
    "p-queue addAll": ("import PQueue from 'p-queue'; const q = new PQueue(); await q.addAll([() => one(), () => one()]);", (2, 2)),
    "p-map": ("import pMap from 'p-map'; await pMap(JSON.parse('[]'), () => one(), { concurrency: 2 });", (0, None)),
    "p-map of a literal": ("import pMap from 'p-map'; await pMap([1, 2], () => one());", (2, 2)),
    "p-throttle": ("import pThrottle from 'p-throttle'; const t = pThrottle({ limit: 1, interval: 1000 }); const f = t(() => one()); await f();", (1, 1)),
    "bottleneck": ("import Bottleneck from 'bottleneck'; const b = new Bottleneck({ minTime: 1 }); await b.schedule(() => one());", (1, 1)),
    "bottleneck wrap": ("import Bottleneck from 'bottleneck'; const b = new Bottleneck({ minTime: 1 }); const f = b.wrap(one); await f();", (1, 1)),
    # breakers
    "opossum": ("import CircuitBreaker from 'opossum'; const b = new CircuitBreaker(one, { timeout: 3000 }); await b.fire();", (0, 1)),
    "opossum required": ("const CircuitBreaker = require('opossum'); const b = new CircuitBreaker(() => one(), {}); b.fire().catch(() => 0);", (0, 1)),
    "opossum in a field": ("import CircuitBreaker from 'opossum'; abstract class P { abstract poll(): any; breaker = new CircuitBreaker(() => this.poll(), {}); run = async () => this.breaker.fire(); } class Q extends P { poll() { return one(); } } await new Q().run();", (0, 1)),
    "opossum hands on": ("import CircuitBreaker from 'opossum'; const b = new CircuitBreaker((h: string) => fetch(`https://${h}/one`)); await b.fire('a.test');", (0, 1)),
    "opossum call hands on": ("import CircuitBreaker from 'opossum'; const b = new CircuitBreaker((h: string) => fetch(`https://${h}/one`)); await b.call({}, 'a.test');", (0, 1)),
    "opossum fallback": ("import CircuitBreaker from 'opossum'; const b = new CircuitBreaker(() => 1); b.fallback(() => one());", (0, 1)),
    # functions made of functions
    "lodash debounce": ("import { debounce } from 'lodash'; const f = debounce(() => one(), 100); f();", (0, 1)),
    "lodash throttle": ("import _ from 'lodash'; const f = _.throttle(() => one(), 100); f();", (0, 1)),
    "lodash module": ("import debounce from 'lodash/debounce'; const f = debounce(one, 100); f();", (0, 1)),
    "lodash-es memoize": ("import { memoize } from 'lodash-es'; const f = memoize(() => one()); await f();", (0, 1)),
    "lodash once": ("import { once } from 'lodash'; const f = once(() => one()); await f();", (0, 1)),
    "p-memoize": ("import pMemoize from 'p-memoize'; const f = pMemoize(one); await f();", (0, 1)),
    "react cache": ("import { cache } from 'react'; const f = cache(() => one()); await f();", (0, 1)),
    "unstable_cache": ("import { unstable_cache } from 'next/cache'; const f = unstable_cache(async () => one(), ['x'], { revalidate: 5 }); await f();", (0, 1)),
    "unstable_cache at once": ("import { unstable_cache } from 'next/cache'; await unstable_cache(() => one(), ['x'])();", (0, 1)),
    "promisify": ("import { promisify } from 'util'; const f = promisify(one); await f();", (1, 1)),
    "next after": ("import { after } from 'next/server'; after(() => one());", (1, 1)),
    # spans
    "Sentry.startSpan": ("import * as Sentry from '@sentry/nextjs'; await Sentry.startSpan({ name: 'x' }, () => one());", (1, 1)),
    "Sentry.withScope": ("import * as Sentry from '@sentry/node'; Sentry.withScope(() => { one(); });", (1, 1)),
    "otel": ("import { trace } from '@opentelemetry/api'; const t = trace.getTracer('x'); await t.startActiveSpan('x', async (span) => { await one(); span.end(); });", (1, 1)),
    "AsyncLocalStorage": ("import { AsyncLocalStorage } from 'node:async_hooks'; const s = new AsyncLocalStorage(); await s.run({}, () => one());", (1, 1)),
    "prisma transaction": ("import { PrismaClient } from '@prisma/client'; const db = new PrismaClient(); await db.$transaction(async (tx) => { await one(); });", (1, 1)),
    "mutex": ("import { Mutex } from 'async-mutex'; const m = new Mutex(); await m.runExclusive(() => one());", (1, 1)),
    "effect of a library that is not known": ("import { run } from 'some-library'; run(() => one());", (0, 1)),
    # rxjs
    "rxjs defer": ("import { defer, firstValueFrom } from 'rxjs'; await firstValueFrom(defer(() => one()));", (1, 1)),
    "rxjs from": ("import { from, lastValueFrom } from 'rxjs'; await lastValueFrom(from(one()));", (1, 1)),
    # node
    "setTimeout promises": ("import { setTimeout as sleep } from 'timers/promises'; await sleep(5); await one();", (1, 1)),
    "setInterval": ("setInterval(() => one(), 1000);", (1, 1)),
    "setInterval of a name": ("setInterval(one, 1000);", (1, 1)),
    "events once": ("import { EventEmitter } from 'events'; new EventEmitter().once('x', () => one());", (0, 1)),
    "queueMicrotask": ("queueMicrotask(() => { one(); });", (1, 1)),
}  # fmt: skip


GAPS_CASES: dict[str, str] = {
    "prisma transaction": "methods of a client that is not known may run what they are handed",
}


@pytest.mark.parametrize("name", cases(CASES, GAPS_CASES))
def test_how_often_a_callback_runs(name: str) -> None:
    source, bounds = CASES[name]
    assert run(SETUP + source) == {O: bounds}


# React: the page renders the component.
HOOKS: dict[str, tuple[str, Bounds]] = {
    "useEffect": ("import { useEffect } from 'react'; export default function P() { useEffect(() => { one(); }, []); return null; }", (1, 1)),
    "React.useEffect": ("import React from 'react'; export default function P() { React.useEffect(() => { one(); }, []); return null; }", (1, 1)),
    "useEffect, inner function": ("import { useEffect } from 'react'; export default function P() { useEffect(() => { const f = async () => { await one(); }; f(); }, []); return null; }", (1, 1)),
    "useCallback": ("import { useCallback, useEffect } from 'react'; export default function P() { const f = useCallback(() => one(), []); useEffect(() => { f(); }, [f]); return null; }", (1, 1)),
    "useCallback not called": ("import { useCallback } from 'react'; export default function P() { const f = useCallback(() => one(), []); return null; }", (0, 0)),
    "useMemo": ("import { useMemo } from 'react'; export default function P() { const x = useMemo(() => one(), []); return null; }", (1, 1)),
    "own hook": ("import { useEffect } from 'react'; const useOne = () => { useEffect(() => { one(); }, []); }; export default function P() { useOne(); return null; }", (1, 1)),
    "onClick": ("export default function P() { return <button onClick={() => one()}>x</button>; }", (0, 1)),
    "onClick of a name": ("export default function P() { const f = async () => { await one(); }; return <button onClick={f}>x</button>; }", (0, 1)),
    "child": ("const C = () => { one(); return null; }; export default function P() { return <div><C /></div>; }", (1, 1)),
    "child, maybe": ("const C = () => { one(); return null; }; export default function P({ a }: any) { return <div>{a && <C />}</div>; }", (0, 1)),
    "memo": ("import { memo } from 'react'; const C = memo(() => { one(); return null; }); export default function P() { return <C />; }", (1, 1)),
    "useQuery v5": ("import { useQuery } from '@tanstack/react-query'; export default function P() { useQuery({ queryKey: ['x'], queryFn: () => one() }); return null; }", (1, 1)),
    "useQuery v4, positional": ("import { useQuery } from 'react-query'; export default function P() { useQuery(['x'], () => one(), { staleTime: 1 }); return null; }", (1, 1)),
    "useQuery v3, string key": ("import { useQuery } from 'react-query'; export default function P() { useQuery('x', one); return null; }", (1, 1)),
    "useQuery, options elsewhere": ("import { useQuery, queryOptions } from '@tanstack/react-query'; const o = queryOptions({ queryKey: ['x'], queryFn: () => one() }); export default function P() { useQuery(o); return null; }", (1, 1)),
    "useQuery, options function": ("import { useQuery, queryOptions } from '@tanstack/react-query'; const o = (id: string) => queryOptions({ queryKey: [id], queryFn: () => one() }); export default function P() { useQuery({ ...o('a'), enabled: true }); return null; }", (1, 1)),
    "useSuspenseQuery": ("import { useSuspenseQuery } from '@tanstack/react-query'; export default function P() { useSuspenseQuery({ queryKey: ['x'], queryFn: one }); return null; }", (1, 1)),
    "useInfiniteQuery": ("import { useInfiniteQuery } from '@tanstack/react-query'; export default function P() { useInfiniteQuery({ queryKey: ['x'], queryFn: ({ pageParam }) => one(), initialPageParam: 0, getNextPageParam: () => 1 }); return null; }", (1, 1)),
    "useQueries": ("import { useQueries } from '@tanstack/react-query'; export default function P() { useQueries({ queries: [{ queryKey: ['x'], queryFn: () => one() }, { queryKey: ['y'], queryFn: () => one() }] }); return null; }", (2, 2)),
    "useQueries over data": ("import { useQueries } from '@tanstack/react-query'; export default function P({ ids }: any) { useQueries({ queries: ids.map((id: string) => ({ queryKey: [id], queryFn: () => one() })) }); return null; }", (0, None)),
    "useMutation": ("import { useMutation } from '@tanstack/react-query'; export default function P() { const m = useMutation({ mutationFn: () => one() }); return <b onClick={() => m.mutate()} />; }", (0, 1)),
    "useMutation v4": ("import { useMutation } from 'react-query'; export default function P() { const m = useMutation(() => one()); return null; }", (0, 1)),
    "prefetchQuery": ("import { useQueryClient } from '@tanstack/react-query'; import { useEffect } from 'react'; export default function P() { const c = useQueryClient(); useEffect(() => { c.prefetchQuery({ queryKey: ['x'], queryFn: () => one() }); }, []); return null; }", (0, 1)),
    "fetchQuery of a client": ("import { QueryClient } from '@tanstack/react-query'; const c = new QueryClient(); export default async function P() { await c.fetchQuery({ queryKey: ['x'], queryFn: () => one() }); return null; }", (0, 1)),
    "useSWR": ("import useSWR from 'swr'; export default function P() { useSWR('x', () => one()); return null; }", (1, 1)),
    "useSWR, fetcher gets the key": ("import useSWR from 'swr'; const fetcher = (u: string) => fetch(u); export default function P() { useSWR('https://a.test/one', fetcher); return null; }", (1, 1)),
    "useSWR, array key": ("import useSWR from 'swr'; const fetcher = ([u]: string[]) => fetch(u); export default function P() { useSWR(['https://a.test/one', 1], fetcher); return null; }", (1, 1)),
    "useSWR, key function": ("import useSWR from 'swr'; const fetcher = (u: string) => fetch(u); export default function P({ a }: any) { useSWR(() => 'https://a.test/one', fetcher); return null; }", (1, 1)),
    "useSWR, key if any": ("import useSWR from 'swr'; const fetcher = (u: string) => fetch(u); export default function P({ a }: any) { useSWR(a ? 'https://a.test/one' : null, fetcher); return null; }", (0, 1)),
    "useSWRImmutable": ("import useSWRImmutable from 'swr/immutable'; export default function P() { useSWRImmutable('x', () => one()); return null; }", (1, 1)),
    "useSWRMutation": ("import useSWRMutation from 'swr/mutation'; export default function P() { const { trigger } = useSWRMutation('x', () => one()); return null; }", (0, 1)),
    "useSWRInfinite": ("import useSWRInfinite from 'swr/infinite'; export default function P() { useSWRInfinite(() => 'x', () => one()); return null; }", (1, 1)),
    "startTransition": ("import { startTransition } from 'react'; export default function P() { return <b onClick={() => startTransition(() => { one(); })} />; }", (0, 1)),
    "dynamic": ("import dynamic from 'next/dynamic'; const C = dynamic(() => import('./child')); export default function P() { return <C />; }", (1, 1)),
    "lazy": ("import { lazy } from 'react'; const C = lazy(() => import('./child')); export default function P() { return <C />; }", (1, 1)),
    "context provider": ("import { createContext } from 'react'; const X = createContext(null); const C = ({ children }: any) => { one(); return <X.Provider value={null}>{children}</X.Provider>; }; export default function P() { return <C><i /></C>; }", (1, 1)),
    "children": ("const C = () => { one(); return null; }; const Box = ({ children }: any) => <div>{children}</div>; export default function P() { return <Box><C /></Box>; }", (1, 1)),
    "render prop": ("const Box = ({ render }: any) => <div>{render()}</div>; const C = () => { one(); return null; }; export default function P() { return <Box render={() => <C />} />; }", (1, 1)),
}  # fmt: skip


GAPS_HOOKS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(HOOKS, GAPS_HOOKS))
def test_how_often_a_page_runs_a_hook(name: str) -> None:
    source, bounds = HOOKS[name]
    files = {
        "package.json": '{"name": "x", "dependencies": {"next": "15.0.0"}}',
        "app/page.tsx": "'use client';\n" + SETUP + source,
        "app/child.tsx": "export default function C() { fetch('https://a.test/one'); return null; }",
    }
    (page,) = (item for item in audited(files).entries if item.kind == "page")
    assert brief(page) == ({O: bounds} if bounds != (0, 0) else {})


JOBS: dict[str, tuple[str, str]] = {
    "node-cron": ("import cron from 'node-cron'; cron.schedule('*/5 * * * *', () => one());", "*/5 * * * *"),
    "node-cron namespace": ("import * as cron from 'node-cron'; cron.schedule('*/5 * * * *', async () => { await one(); });", "*/5 * * * *"),
    "node-cron named": ("import { schedule } from 'node-cron'; schedule('*/5 * * * *', one);", "*/5 * * * *"),
    "node-cron, require": ("const cron = require('node-cron'); cron.schedule('*/5 * * * *', one);", "*/5 * * * *"),
    "cron": ("import { CronJob } from 'cron'; new CronJob('*/5 * * * *', () => one()).start();", "*/5 * * * *"),
    "cron from": ("import { CronJob } from 'cron'; CronJob.from({ cronTime: '*/5 * * * *', onTick: () => one(), start: true });", "*/5 * * * *"),
    "croner": ("import { Cron } from 'croner'; new Cron('*/5 * * * *', () => one());", "*/5 * * * *"),
    "croner, options": ("import { Cron } from 'croner'; new Cron('*/5 * * * *', { protect: true }, () => one());", "*/5 * * * *"),
    "croner default": ("import Cron from 'croner'; Cron('*/5 * * * *', () => one());", "*/5 * * * *"),
    "node-schedule": ("import schedule from 'node-schedule'; schedule.scheduleJob('*/5 * * * *', () => one());", "*/5 * * * *"),
    "node-schedule, named job": ("import schedule from 'node-schedule'; schedule.scheduleJob('x', '*/5 * * * *', () => one());", "*/5 * * * *"),
    "bullmq": ("import { Worker } from 'bullmq'; new Worker('orders', async (job) => { await one(); });", "orders"),
    "bullmq, connection": ("import { Worker } from 'bullmq'; new Worker('orders', async () => one(), { connection: {} });", "orders"),
    "bull": ("import Queue from 'bull'; const q = new Queue('orders'); q.process(async (job) => { await one(); });", "orders"),
    "bull, concurrency": ("import Bull from 'bull'; const q = new Bull('orders'); q.process(5, async () => one());", "orders"),
    "bull, named": ("import Bull from 'bull'; const q = new Bull('orders'); q.process('a', async () => one());", "orders"),
    "agenda": ("import Agenda from 'agenda'; const a = new Agenda(); a.define('orders', async () => { await one(); });", "orders"),
}  # fmt: skip


GAPS_JOBS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(JOBS, GAPS_JOBS))
def test_a_schedule_starts_a_job(name: str) -> None:
    source, when = JOBS[name]
    inventory = audited({"main.ts": SETUP + source})
    (job,) = (item for item in inventory.entries if item.kind == "job")
    assert when in job.name
    assert (job.file, job.line, job.origin) == ("main.ts", 2, "worker")
    assert brief(job) == {O: (1, 1)}


def test_a_job_that_is_not_scheduled_is_none() -> None:
    inventory = audited({"main.ts": SETUP + "import cron from 'node-cron'; cron.validate('* * * * *'); one();"})
    assert [item.kind for item in inventory.entries] == ["script"]
