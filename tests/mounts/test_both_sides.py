"""One call site that a page uses on the server and in the browser: both, each with its bounds and its payer."""

from __future__ import annotations

import pytest

from tests.load.models import SERVER, VISITOR, project
from tests.projects import Files, audited, entry

NEXT = '{"dependencies": {"next": "15", "react": "19", "swr": "2", "@tanstack/react-query": "5"}}'
URL = "https://api.pacifica.fi/api/v1/info"
CLIENT = f'export const load = () => fetch("{URL}");'
FILES = {
    "package.json": NEXT,
    "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["./*"]}}}',
    "lib/load.ts": CLIENT,
}
BOTH = [("browser", VISITOR, 1, 1), ("server", SERVER, 1, 1)]

PAGES: dict[str, tuple[Files, list[tuple[str, str, int, int | None]]]] = {
    "getServerSideProps and a query": (
        {
            "pages/index.tsx": """
                import useSWR from "swr";
                import { load } from "@/lib/load";
                export async function getServerSideProps() { return { props: { first: await load() } }; }
                export default function Page({ first }) {
                  const { data } = useSWR("info", () => load(), { fallbackData: first, refreshInterval: 5000 });
                  return <p>{data}</p>;
                }
                """,
        },
        BOTH,
    ),
    "a server component around a client component": (
        {
            "app/page.tsx": """
                import { load } from "@/lib/load";
                import { Prices } from "./prices";
                export default async function Page() { const first = await load(); return <Prices first={first} />; }
                """,
            "app/prices.tsx": """
                "use client";
                import { useQuery } from "@tanstack/react-query";
                import { load } from "@/lib/load";
                export function Prices({ first }) {
                  useQuery({ queryKey: ["info"], queryFn: load, initialData: first, refetchInterval: 5000 });
                  return <p />;
                }
                """,
        },
        BOTH,
    ),
    "three times on the server, once in the browser": (
        {
            "app/page.tsx": """
                import { load } from "@/lib/load";
                import { Prices } from "./prices";
                export default async function Page() {
                  await Promise.all([load(), load()]);
                  await load();
                  return <Prices />;
                }
                """,
            "app/prices.tsx": """
                "use client";
                import { useEffect } from "react";
                import { load } from "@/lib/load";
                export function Prices() { useEffect(() => { load(); }, []); return <p />; }
                """,
        },
        [("browser", VISITOR, 1, 1), ("server", SERVER, 3, 3)],
    ),
    "by itself and through an own route": (
        {
            "app/page.tsx": """
                "use client";
                import { useEffect } from "react";
                import { load } from "@/lib/load";
                export default function Page() {
                  useEffect(() => { load(); fetch("/api/info"); if (location.hash) fetch("/api/info"); }, []);
                  return <p />;
                }
                """,
            "app/api/info/route.ts": """
                import { load } from "@/lib/load";
                export async function GET() { return Response.json(await load()); }
                """,
        },
        [("browser", VISITOR, 1, 1), ("server", SERVER, 1, 2)],
    ),
    "an action beside the component that starts it": (
        {
            "app/page.tsx": """
                "use client";
                import { useEffect } from "react";
                import { load } from "@/lib/load";
                import { again } from "./again";
                export default function Page() { useEffect(() => { load(); again(); }, []); return <p />; }
                """,
            "app/again.ts": """
                "use server";
                import { load } from "@/lib/load";
                export async function again() { await load(); }
                """,
        },
        BOTH,
    ),
    "the server alone": (
        {
            "pages/index.tsx": """
                import { load } from "@/lib/load";
                export async function getServerSideProps() { return { props: { first: await load() } }; }
                export default function Page({ first }) { return <p>{first}</p>; }
                """,
        },
        [("server", SERVER, 1, 1)],
    ),
    "two components of the browser": (
        {
            "app/page.tsx": """
                import { One } from "./one";
                import { Two } from "./two";
                export default function Page() { return <><One /><Two /></>; }
                """,
            **{
                f"app/{name.lower()}.tsx": f"""
                    "use client";
                    import {{ useEffect }} from "react";
                    import {{ load }} from "@/lib/load";
                    export function {name}() {{ useEffect(() => {{ load(); }}, []); return <p />; }}
                    """
                for name in ("One", "Two")
            },
        },
        [("browser", VISITOR, 2, 2)],
    ),
    "one component or another of the browser": (
        {
            "app/page.tsx": """
                "use client";
                import { useEffect } from "react";
                import { load } from "@/lib/load";
                import { Other } from "./other";
                function Here() { useEffect(() => { load(); }, []); return <p />; }
                export default function Page({ other }) { return other ? <Other /> : <Here />; }
                """,
            "app/other.tsx": """
                "use client";
                import { useEffect } from "react";
                import { load } from "@/lib/load";
                export function Other() { useEffect(() => { load(); }, []); return <p />; }
                """,
        },
        [("browser", VISITOR, 1, 1)],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_each_side_has_its_bounds_and_its_payer(name: str) -> None:
    files, expected = PAGES[name]
    page = entry(audited({**FILES, **files}), "/", "page")
    assert [(one.origin, one.bucket, one.min, one.max) for one in page.reaches] == expected
    assert all(not one.bucket_why for one in page.reaches)


def test_only_the_side_that_crosses_a_route_says_so() -> None:
    files, _ = PAGES["by itself and through an own route"]
    page = entry(audited({**FILES, **files}), "/", "page")
    assert [(one.origin, one.through) for one in page.reaches] == [("browser", ()), ("server", ("GET /api/info",))]


KEPT = {
    "app/page.tsx": """
        import { unstable_cache } from "next/cache";
        import { load } from "@/lib/load";
        import { Prices } from "./prices";
        const kept = unstable_cache(() => load(), ["info"], { revalidate: 60 });
        export default async function Page() { await kept(); return <Prices />; }
        """,
    "app/prices.tsx": """
        "use client";
        import { useEffect } from "react";
        import { load } from "@/lib/load";
        export function Prices() { useEffect(() => { load(); }, []); return <p />; }
        """,
}


def test_a_cache_of_the_server_stands_before_the_server_alone() -> None:
    page = entry(audited({**FILES, **KEPT}), "/", "page")
    assert [(one.origin, one.min, bool(one.guards)) for one in page.reaches] == [
        ("browser", 1, False),
        ("server", 0, True),
    ]


LOADS = {
    "getServerSideProps and a query": {("poll", VISITOR), ("load", VISITOR), ("focus", VISITOR), ("load", SERVER)},
    "a server component around a client component": {
        ("poll", VISITOR),
        ("load", VISITOR),
        ("focus", VISITOR),
        ("load", SERVER),
    },
    "by itself and through an own route": {("load", VISITOR), ("load", SERVER), ("action", SERVER)},
    "the server alone": {("load", SERVER)},
}


@pytest.mark.parametrize("name", LOADS)
def test_the_load_estimate_charges_both(name: str) -> None:
    streams = project({**FILES, **PAGES[name][0]}).streams
    assert {(one.kind, charge.bucket) for one in streams for charge in one.charges} == LOADS[name]
