"""Procedures of tRPC are routes, and clients ask for them by their names."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import audited, called, entry, routes, unresolved

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

ROOT = """
import { initTRPC } from '@trpc/server';
export const t = initTRPC.context<{ user: string }>().create({ transformer: undefined });
export const router = t.router;
export const open = t.procedure;
"""
ORDERS = """
import { router, open } from './t';
export const orders = router({
  list: open.input(schema).query(async ({ input }) => fetch(`https://a.test/orders/${input.id}`)),
  place: open.input(schema).mutation(async () => fetch('https://a.test/place', { method: 'PUT' })),
});
"""
APP = "import { router } from './t'; import { orders } from './orders'; export const appRouter = router({ orders }); export type AppRouter = typeof appRouter;"
SERVER = {"t.ts": ROOT, "orders.ts": ORDERS, "root.ts": APP}
LIST, PLACE = {"GET a.test/orders/{}": (1, 1)}, {"PUT a.test/place": (1, 1)}

MOUNTS = {
    "fetch": ("app/api/trpc/[trpc]/route.ts", "import { fetchRequestHandler } from '@trpc/server/adapters/fetch'; import { appRouter } from '../../../../root'; export const GET = (req: Request) => fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter });", "/api/trpc"),
    "pages": ("pages/api/rpc/[trpc].ts", "import { createNextApiHandler } from '@trpc/server/adapters/next'; import { appRouter } from '../../../root'; export default createNextApiHandler({ router: appRouter });", "/api/rpc"),
    "express": ("main.ts", "import express from 'express'; import { createExpressMiddleware } from '@trpc/server/adapters/express'; import { appRouter } from './root'; const app = express(); app.use('/trpc', createExpressMiddleware({ router: appRouter }));", "/trpc"),
    "express, nested": ("main.ts", "import express from 'express'; import * as adapter from '@trpc/server/adapters/express'; import { appRouter } from './root'; const app = express(); const v1 = express.Router(); v1.use('/rpc', adapter.createExpressMiddleware({ router: appRouter })); app.use('/v1', v1);", "/v1/rpc"),
    "fastify": ("main.ts", "import fastify from 'fastify'; import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'; import { appRouter } from './root'; const server = fastify(); server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router: appRouter } });", "/trpc"),
    "hono": ("main.ts", "import { Hono } from 'hono'; import { trpcServer } from '@hono/trpc-server'; import { appRouter } from './root'; const app = new Hono(); app.use('/trpc/*', trpcServer({ router: appRouter }));", "/trpc"),
    "standalone": ("main.ts", "import { createHTTPServer } from '@trpc/server/adapters/standalone'; import { appRouter } from './root'; createHTTPServer({ router: appRouter }).listen(1);", ""),
    "standalone, below a path": ("main.ts", "import { createHTTPServer } from '@trpc/server/adapters/standalone'; import { appRouter } from './root'; createHTTPServer({ router: appRouter, basePath: '/rpc/' }).listen(1);", "/rpc"),
    "a path that is not known": ("main.ts", "import { awsLambdaRequestHandler } from '@trpc/server/adapters/aws-lambda'; import { appRouter } from './root'; export const handler = awsLambdaRequestHandler({ router: appRouter });", "/{trpc}"),
    "nobody serves it": ("main.ts", "export {};", "/{trpc}"),
}  # fmt: skip
NEXT = {"package.json": '{"dependencies": {"next": "14.0.0"}}'}


@pytest.mark.parametrize("name", MOUNTS)
def test_procedures_are_routes_below_the_path_of_their_router(name: str) -> None:
    file, code, below = MOUNTS[name]
    inventory = audited({**NEXT, **SERVER, file: code})
    found = {one.path for one in inventory.routes if one.framework == "trpc"}
    assert found == {f"{below}/orders.list", f"{below}/orders.place"}
    assert called(inventory, "route", f"GET {below}/orders.list") == LIST
    assert called(inventory, "route", f"POST {below}/orders.place") == PLACE


HELD = {
    "nested": "export const appRouter = t.router({ a: t.router({ b: t.procedure.query(() => fetch('https://a.test/x')) }) });",
    "an object": "export const appRouter = t.router({ a: { b: t.procedure.query(() => fetch('https://a.test/x')) } });",
    "merged": "export const appRouter = t.mergeRouters(t.router({ z: t.procedure.query(() => 1) }), t.router({ a: t.router({ b: t.procedure.query(() => fetch('https://a.test/x')) }) }));",
    "spread": "const more = { b: t.procedure.query(() => fetch('https://a.test/x')) }; export const appRouter = t.router({ a: t.router({ ...more }) });",
    "lazy": "import { lazy } from '@trpc/server'; export const appRouter = t.router({ a: lazy(() => import('./a')) });",
    "lazy, one export": "import { lazy } from '@trpc/server'; export const appRouter = t.router({ a: lazy(() => import('./a').then((m) => m.inner)) });",
    "a named handler": "async function ask() { return fetch('https://a.test/x'); } export const appRouter = t.router({ a: t.router({ b: t.procedure.query(ask) }) });",
}  # fmt: skip


@pytest.mark.parametrize("name", HELD)
def test_procedures_are_found_however_their_routers_are_made(name: str) -> None:
    inner = "import { t } from './t'; export const inner = t.router({ b: t.procedure.query(() => fetch('https://a.test/x')) });"
    files = {"t.ts": ROOT, "root.ts": f"import {{ t }} from './t'; {HELD[name]}"}
    inventory = audited({**files, "a.ts": inner} if "lazy" in name else files)
    assert called(inventory, "route", "GET /{trpc}/a.b") == {"GET a.test/x": (1, 1)}
    assert len({one.path for one in inventory.routes}) == (2 if name == "merged" else 1)


BEFORE = {
    "use": "const signedIn = open.use(async ({ next }) => { await fetch('https://b.test/me'); return next({ ctx: { api: 'https://c.test' } }); });",
    "middleware": "const asked = t.middleware(async (opts) => { await fetch('https://b.test/me'); return opts.next({ ctx: { ...opts.ctx, api: 'https://c.test' } }); }); const signedIn = open.use(asked);",
    "concat": "const asked = t.procedure.use(async ({ next }) => { await fetch('https://b.test/me'); return next({ ctx: { api: 'https://c.test' } }); }); const signedIn = open.concat(asked);",
}


@pytest.mark.parametrize("name", BEFORE)
def test_middlewares_run_before_and_add_to_the_context(name: str) -> None:
    code = f"import {{ t, router, open }} from './t'; {BEFORE[name]} export const appRouter = router({{ mine: signedIn.query(({{ ctx }}) => fetch(`${{ctx.api}}/mine`)), all: open.query(() => fetch('https://c.test/all')) }});"
    inventory = audited({"t.ts": ROOT, "root.ts": code})
    assert called(inventory, "route", "GET /{trpc}/mine") == {"GET b.test/me": (1, 1), "GET c.test/mine": (1, 1)}
    assert called(inventory, "route", "GET /{trpc}/all") == {"GET c.test/all": (1, 1)}


def test_what_makes_the_context_runs_for_each_request() -> None:
    made = "import { createHTTPServer } from '@trpc/server/adapters/standalone'; import { appRouter } from './root'; const createContext = async () => { await fetch('https://b.test/me'); return {}; }; createHTTPServer({ router: appRouter, createContext }).listen(1);"
    inventory = audited({**SERVER, "main.ts": made})
    assert called(inventory, "route", "GET /orders.list") == {**LIST, "GET b.test/me": (1, 1)}


# --- clients ------------------------------------------------------------------------------------

REACT = "import { createTRPCReact, httpBatchLink } from '@trpc/react-query'; import type { AppRouter } from './root'; export const api = createTRPCReact<AppRouter>(); export const client = api.createClient({ links: [httpBatchLink({ url: '/api/trpc' })] });"
TANSTACK = "import { createTRPCContext } from '@trpc/tanstack-react-query'; import { createTRPCClient, httpBatchLink } from '@trpc/client'; import type { AppRouter } from './root'; export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>(); export const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/api/trpc' })] });"
POLLING = {
    "hooks": (REACT, "import { api } from '../api'; export default function Page() { const { data } = api.orders.list.useQuery({ id: 'x' }, { refetchInterval: 5000, staleTime: 2000 }); return <b>{data}</b>; }"),
    "of Next": ("import { httpBatchLink } from '@trpc/client'; import { createTRPCNext } from '@trpc/next'; import type { AppRouter } from './root'; export const api = createTRPCNext<AppRouter>({ config() { return { links: [httpBatchLink({ url: '/api/trpc' })] }; } });", "import { api } from '../api'; export default function Page() { const orders = api.orders; const q = orders.list.useQuery({ id: 'x' }, { refetchInterval: 5_000, staleTime: 2_000 }); return <b>{q.data}</b>; }"),
    "options": (TANSTACK, "import { useTRPC } from '../api'; import { useQuery } from '@tanstack/react-query'; export default function Page() { const trpc = useTRPC(); const q = useQuery(trpc.orders.list.queryOptions({ id: 'x' }, { refetchInterval: 5000, staleTime: 2000 })); return <b>{q.data}</b>; }"),
    "options, spread": (TANSTACK, "import { useTRPC } from '../api'; import { useQuery } from '@tanstack/react-query'; export default function Page() { const trpc = useTRPC(); const q = useQuery({ ...trpc.orders.list.queryOptions({ id: 'x' }), refetchInterval: 5000, staleTime: 2000 }); return <b>{q.data}</b>; }"),
    "several": (REACT, "import { api } from '../api'; export default function Page() { const all = api.useQueries((t) => [t.orders.list({ id: 'x' }, { refetchInterval: 5000, staleTime: 2000 })]); return <b>{all}</b>; }"),
}  # fmt: skip


def page(api: str, code: str) -> Inventory:
    return audited({**NEXT, **SERVER, MOUNTS["fetch"][0]: MOUNTS["fetch"][1], "api.ts": api, "pages/index.tsx": code})


@pytest.mark.parametrize("name", POLLING)
def test_queries_of_procedures_poll(name: str) -> None:
    inventory = page(*POLLING[name])
    assert called(inventory, "page", "/") == LIST
    (poll,) = (one for one in inventory.triggers if one.kind == "poll")
    assert ([each.ms for each in poll.intervals], poll.stale_ms, poll.reaches_upstream) == ([5000], 2000, True)
    assert {reach.through for reach in entry(inventory, "/").reaches} == {("GET /api/trpc/orders.list",)}
    (site,) = (one for one in inventory.calls if one.client == "trpc")
    assert (site.method, site.path, site.internal_route) == (
        "GET",
        "/api/trpc/orders.list",
        "GET /api/trpc/orders.list",
    )


ONCE = {
    "a query": (REACT, "api.orders.list.useQuery({ id: 'x' });", LIST),
    "of suspense": (REACT, "api.orders.list.useSuspenseQuery({ id: 'x' });", LIST),
    "pages": (REACT, "api.orders.list.useInfiniteQuery({ id: 'x' });", LIST),
    "a mutation": (REACT, "const m = api.orders.place.useMutation(); void m;", {"PUT a.test/place": (0, 1)}),
    "a mutation's options": (TANSTACK + "export const api = {};", "const trpc = useTRPC(); useMutation(trpc.orders.place.mutationOptions());", {"PUT a.test/place": (0, 1)}),
    "fetched by hand": (REACT, "const utils = api.useUtils(); useEffect(() => { void utils.orders.list.fetch({ id: 'x' }); }, []);", LIST),
    "the client of the hooks": (REACT, "const utils = api.useUtils(); useEffect(() => { void utils.client.orders.list.query({ id: 'x' }); }, []);", LIST),
    "a client without hooks": ("import { createTRPCClient, httpLink } from '@trpc/client'; import type { AppRouter } from './root'; export const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/api/trpc' })] });", "useEffect(() => { void api.orders.list.query({ id: 'x' }); }, []);", LIST),
    "a client of version 10": ("import { createTRPCProxyClient } from '@trpc/client'; import type { AppRouter } from './root'; export const api = createTRPCProxyClient<AppRouter>({ links: [] });", "useEffect(() => { void api.orders.place.mutate(); }, []);", PLACE),
    "skipped": (REACT, "api.orders.list.useQuery(skipToken);", {}),
    "perhaps skipped": (REACT, "api.orders.list.useQuery(props.id ? { id: props.id } : skipToken);", {"GET a.test/orders/{}": (0, 1)}),
    "not enabled": (REACT, "api.orders.list.useQuery({ id: 'x' }, { enabled: false });", {"GET a.test/orders/{}": (0, 1)}),
    "only let ask again": (REACT, "const utils = api.useUtils(); useEffect(() => { void utils.orders.list.invalidate(); }, []);", {}),
}  # fmt: skip
HEAD = "import { api, useTRPC } from '../api'; import { useEffect } from 'react'; import { skipToken, useMutation } from '@tanstack/react-query';"


@pytest.mark.parametrize("name", ONCE)
def test_clients_ask_for_procedures(name: str) -> None:
    api, code, wanted = ONCE[name]
    inventory = page(api, f"{HEAD} export default function Page(props) {{ {code} return <b />; }}")
    if not wanted:
        assert not entry(inventory, "/").reaches
        return
    assert called(inventory, "page", "/") == wanted


DIRECT = {
    "createCaller": "import { appRouter } from './root'; const caller = appRouter.createCaller({}); await caller.orders.list({ id: 'x' });",
    "a factory": "import { t } from './t'; import { appRouter } from './root'; const make = t.createCallerFactory(appRouter); const caller = make(async () => ({})); await caller.orders.list({ id: 'x' });",
    "hydration": "import { t } from './t'; import { appRouter, type AppRouter } from './root'; import { createHydrationHelpers } from '@trpc/react-query/rsc'; const { trpc: api, HydrateClient } = createHydrationHelpers<AppRouter>(t.createCallerFactory(appRouter)({}), () => null); await api.orders.list({ id: 'x' });",
    "hydration, ahead": "import { t } from './t'; import { appRouter, type AppRouter } from './root'; import { createHydrationHelpers } from '@trpc/react-query/rsc'; const { trpc: api } = createHydrationHelpers<AppRouter>(t.createCallerFactory(appRouter)({}), () => null); await api.orders.list.prefetch({ id: 'x' });",
    "helpers": "import { appRouter } from './root'; import { createServerSideHelpers } from '@trpc/react-query/server'; const helpers = createServerSideHelpers({ router: appRouter, ctx: {} }); await helpers.orders.list.prefetch({ id: 'x' });",
}  # fmt: skip


@pytest.mark.parametrize("name", DIRECT)
def test_callers_run_procedures_in_their_own_process(name: str) -> None:
    inventory = audited({**SERVER, "main.ts": DIRECT[name]})
    assert called(inventory, "script", "main.ts") == {"GET a.test/orders/x": (1, 1)}
    assert all(not reach.through for reach in entry(inventory, "main.ts").reaches)


FETCHED = {
    "in its own process": ("import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'; import { appRouter } from './root'; const trpc = createTRPCOptionsProxy({ ctx: {}, router: appRouter, queryClient });", ()),
    "through a client": ("import { createTRPCClient, httpLink } from '@trpc/client'; import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'; import type { AppRouter } from './root'; const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/api/trpc' })] }); const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });", ("GET /{trpc}/orders.list",)),
}  # fmt: skip


@pytest.mark.parametrize("method", ["fetchQuery", "prefetchQuery", "ensureQueryData"])
@pytest.mark.parametrize("name", FETCHED)
def test_options_are_asked_for_by_hand(name: str, method: str) -> None:
    head, through = FETCHED[name]
    code = f"import {{ QueryClient }} from '@tanstack/react-query'; const queryClient = new QueryClient(); {head} await queryClient.{method}(trpc.orders.list.queryOptions({{ id: value }})); queryClient.invalidateQueries(trpc.orders.list.queryFilter());"
    inventory = audited({**SERVER, "main.ts": code})
    assert called(inventory, "script", "main.ts") == {"GET a.test/orders/{}": (0, 1)}
    assert {reach.through for reach in entry(inventory, "main.ts").reaches} == {through}


MONOREPO = {
    "package.json": '{"workspaces": ["packages/*", "apps/*"]}',
    "packages/api/package.json": '{"name": "@own/api", "main": "src/index.ts", "dependencies": {"@trpc/server": "11.0.0"}}',
    "packages/api/src/index.ts": "export { appRouter, type AppRouter } from './root';",
    **{f"packages/api/src/{name}": code for name, code in SERVER.items()},
    "apps/web/package.json": '{"name": "web", "dependencies": {"next": "15.0.0", "@own/api": "workspace:*"}}',
    "apps/web/app/api/trpc/[trpc]/route.ts": MOUNTS["fetch"][1].replace("../../../../root", "@own/api"),
    "apps/app/package.json": '{"name": "app", "dependencies": {"expo": "50.0.0", "expo-router": "3.0.0", "@own/api": "workspace:*"}}',
    "apps/app/api.ts": REACT.replace("./root", "@own/api").replace("'/api/trpc'", "`${base()}/api/trpc`"),
    "apps/app/app/index.tsx": "import { api } from '../api'; export default function Page() { api.orders.list.useQuery({ id: 'x' }); return <b />; }",
}


def test_routers_of_another_package_are_served_where_it_is_used() -> None:
    inventory = audited(MONOREPO)
    assert {one.path for one in inventory.routes if one.framework == "trpc"} == {
        "/api/trpc/orders.list",
        "/api/trpc/orders.place",
    }
    (reach,) = entry(inventory, "/", "page").reaches
    assert (reach.through, reach.origin) == (("GET /api/trpc/orders.list",), "server")


# --- what cannot be linked ----------------------------------------------------------------------


def test_a_router_that_is_elsewhere_is_asked_by_its_url() -> None:
    code = "import { createTRPCClient, httpBatchLink } from '@trpc/client'; import type { AppRouter } from 'their-api'; const api = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: 'https://b.test/trpc' })] }); await api.orders.list.query(); await api.orders.place.mutate();"
    inventory = audited({"main.ts": code})
    assert called(inventory, "script", "main.ts") == {
        "GET b.test/trpc/orders.list": (1, 1),
        "POST b.test/trpc/orders.place": (1, 1),
    }
    assert inventory.unknowns == ()


def test_two_routers_are_told_apart_by_their_types() -> None:
    other = "import { initTRPC } from '@trpc/server'; const t = initTRPC.create(); export const adminRouter = t.router({ orders: t.router({ list: t.procedure.query(() => fetch('https://z.test/admin')) }) }); export type AdminRouter = typeof adminRouter;"
    code = "import { createTRPCClient } from '@trpc/client'; import type { AdminRouter } from './admin'; import type { AppRouter } from './root'; const admin = createTRPCClient<AdminRouter>({ links: [] }); await admin.orders.list.query();"
    inventory = audited({**SERVER, "admin.ts": other, "main.ts": code})
    assert called(inventory, "script", "main.ts") == {"GET z.test/admin": (1, 1)}


UNKNOWN = {
    "no type": ("import { createTRPCClient } from '@trpc/client'; const api = createTRPCClient(options); await api.orders.list.query();", "the router of its client is not known"),
    "a router without it": ("import { createTRPCClient } from '@trpc/client'; import type { AppRouter } from './root'; const api = createTRPCClient<AppRouter>({ links: [] }); await api.orders.gone.query();", "its router has no such procedure"),
    "a caller of something else": ("import { t } from './t'; const caller = t.createCallerFactory(given)({}); await caller.orders.list();", "the procedure that it runs is not found in the routers of the program"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_cannot_be_linked_is_said(name: str) -> None:
    code, why = UNKNOWN[name]
    assert why in unresolved(audited({**SERVER, "main.ts": code}))


def test_a_router_that_nothing_is_seen_to_serve_is_said() -> None:
    why = "it is not known where the router that holds it is served"
    (one,) = audited({**SERVER, "main.ts": "export {};"}).unknowns
    assert (one.file, one.what, one.why) == ("orders.ts", "procedure orders.list", why)
    assert why not in unresolved(audited({**SERVER, MOUNTS["express"][0]: MOUNTS["express"][1]}))


def test_other_objects_with_such_methods_are_no_clients() -> None:
    code = "import { api } from './own'; export default function Page() { api.orders.list.useQuery({ id: 'x' }); return <b />; }"
    inventory = audited({**NEXT, **SERVER, "own.ts": "export const api = make();", "pages/index.tsx": code})
    assert not entry(inventory, "/").reaches
    assert not [one for one in inventory.calls if one.client == "trpc"]


def test_what_has_a_procedures_name_below_is_let_ask_again() -> None:
    code = "import { api } from '../api'; export default function Page() { const utils = api.useUtils(); api.orders.list.useQuery({ id: 'x' }); const m = api.orders.place.useMutation({ onSuccess: () => utils.orders.invalidate() }); return <b onClick={() => m.mutate()} />; }"
    found = [one for one in page(REACT, code).triggers if one.mechanism == "invalidate"]
    assert [{(end.method, end.host) for end in one.endpoints} for one in found] == [{("GET", "a.test")}]
    assert routes(page(REACT, code)) >= {"GET /api/trpc/orders.list"}
