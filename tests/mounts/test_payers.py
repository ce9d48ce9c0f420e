"""Where a request is sent, and which quota of its provider pays for it."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, entry

HOST = "https://api.pacifica.fi/api/v1"
NEXT = {"package.json": '{"dependencies": {"next": "15", "react": "19", "axios": "1"}}'}
KEY, SERVER, VISITOR = "pacifica.api_key", "pacifica.ip.server", "pacifica.ip.visitor"
WHEN_SET = f"when PF-API-KEY is set, else {SERVER}"


def payer(files: Files, name: str, kind: str = "") -> tuple[str, str, str]:
    (reach,) = entry(audited({**NEXT, **files}), name, kind).reaches
    return reach.origin, reach.bucket, reach.bucket_why


def route(source: str) -> Files:
    handler = f"{source}\nexport async function GET() {{ return Response.json(await load()); }}"
    return {"app/api/prices/route.ts": handler}


SENT = {
    "in place": f'const load = () => fetch("{HOST}/info", {{ headers: {{ "PF-API-KEY": process.env.KEY! }} }});',
    "other capitals": f'const load = () => fetch("{HOST}/info", {{ headers: {{ "pf-api-key": process.env.KEY! }} }});',
    "new Headers": f"""
        const load = () => fetch("{HOST}/info", {{ headers: new Headers({{ "PF-API-KEY": process.env.KEY! }}) }});
        """,
    "pairs": f'const load = () => fetch("{HOST}/info", {{ headers: [["PF-API-KEY", process.env.KEY!]] }});',
    "headers.set": f"""
        function load() {{
          const headers = new Headers();
          headers.set("PF-API-KEY", process.env.KEY!);
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "a function that gives them": f"""
        const key = () => ({{ "PF-API-KEY": process.env.KEY! }});
        const load = () => fetch("{HOST}/info", {{ headers: {{ accept: "a", ...key() }} }});
        """,
    "assigned": f"""
        function load() {{
          const headers: Record<string, string> = {{}};
          headers["PF-API-KEY"] = process.env.KEY!;
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "of an instance": f"""
        import axios from "axios";
        const api = axios.create({{ baseURL: "{HOST}", headers: {{ "PF-API-KEY": process.env.KEY! }} }});
        const load = () => api.get("/info");
        """,
    "common ones of an instance": f"""
        import axios from "axios";
        const api = axios.create({{ baseURL: "{HOST}", headers: {{ common: {{ "PF-API-KEY": process.env.KEY! }} }} }});
        const load = () => api.get("/info");
        """,
    "set on a request": f"""
        function ask(path: string) {{
          const request = new Request(`{HOST}${{path}}`);
          request.headers.set("PF-API-KEY", process.env.KEY!);
          return request;
        }}
        const load = () => fetch(ask("/info"));
        """,
    "of a request": f"""
        const load = () => fetch(new Request("{HOST}/info", {{ headers: {{ "PF-API-KEY": process.env.KEY! }} }}));
        """,
    "Object.assign on a flag": f"""
        const key = () => ({{ "PF-API-KEY": process.env.KEY! }});
        function ask(path: string, {{ auth = false }} = {{}}) {{
          const headers = {{ accept: "a" }};
          if (auth) Object.assign(headers, key());
          return fetch(`{HOST}${{path}}`, {{ headers }});
        }}
        const load = () => ask("/info", {{ auth: true }});
        """,
    "put in by a function": f"""
        const sign = (headers: Record<string, string>) => {{ headers["PF-API-KEY"] = process.env.KEY!; }};
        function load() {{
          const headers = {{ accept: "a" }};
          sign(headers);
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "set by a function": f"""
        const sign = (headers: Headers) => {{ headers.set("PF-API-KEY", process.env.KEY!); }};
        function load() {{
          const headers = new Headers();
          sign(headers);
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "set by a function that gives them back": f"""
        const sign = (headers: Headers) => {{ headers.set("PF-API-KEY", process.env.KEY!); return headers; }};
        const load = () => fetch("{HOST}/info", {{ headers: sign(new Headers({{ accept: "a" }})) }});
        """,
    "a hook of ky": f"""
        import ky from "ky";
        const sign = (request: Request) => {{ request.headers.set("PF-API-KEY", process.env.KEY!); }};
        const api = ky.create({{ prefixUrl: "{HOST}", hooks: {{ beforeRequest: [sign] }} }});
        const load = () => api.get("info").json();
        """,
    "a hook of got": f"""
        import got from "got";
        const sign = (options: any) => {{ options.headers["pf-api-key"] = process.env.KEY!; }};
        const api = got.extend({{ hooks: {{ beforeRequest: [sign] }} }});
        const load = () => api("{HOST}/info");
        """,
    "an interceptor that gives another request": f"""
        import axios from "axios";
        const key = process.env.KEY!;
        const sign = (config: any) => ({{ ...config, headers: {{ ...config.headers, "PF-API-KEY": key }} }});
        const api = axios.create({{ baseURL: "{HOST}" }});
        api.interceptors.request.use(sign);
        const load = () => api.get("/info");
        """,
}
ABSENT = {
    "none": f'const load = () => fetch("{HOST}/info");',
    "no options": f'const load = (init?: RequestInit) => fetch("{HOST}/info", init);',
    "others": f'const load = () => fetch("{HOST}/info", {{ headers: {{ accept: "application/json" }} }});',
    "Headers without it": f'const load = () => fetch("{HOST}/info", {{ headers: new Headers({{ accept: "a" }}) }});',
    "an instance without": f"""
        import axios from "axios";
        const api = axios.create({{ baseURL: "{HOST}", headers: {{ post: {{ accept: "a" }} }} }});
        const load = () => api.get("/info");
        """,
    "Object.assign, flag off": f"""
        function ask(path: string, {{ auth = false }} = {{}}) {{
          const headers = {{ accept: "a" }};
          if (auth) Object.assign(headers, {{ "PF-API-KEY": process.env.KEY! }});
          return fetch(`{HOST}${{path}}`, {{ headers }});
        }}
        const load = () => ask("/info");
        """,
    "set for a key that is not handed over": f"""
        function client(key?: string) {{
          const headers = new Headers({{ accept: "a" }});
          if (key) headers.append("PF-API-KEY", key);
          return {{ get: (path: string) => fetch(`{HOST}${{path}}`, {{ headers }}) }};
        }}
        const load = () => client().get("/info");
        """,
    "a function that only reads them": f"""
        const log = (headers: Headers) => {{ console.log(headers.get("PF-API-KEY")); }};
        function load() {{
          const headers = new Headers();
          log(headers);
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "a request with other headers": f"""
        const load = () => fetch(new Request("{HOST}/info", {{ headers: {{ accept: "a" }} }}));
        """,
    "a hook that sets another": f"""
        import ky from "ky";
        const sign = (request: Request) => {{ request.headers.set("accept", "a"); }};
        const api = ky.create({{ prefixUrl: "{HOST}", hooks: {{ beforeRequest: [sign] }} }});
        const load = () => api.get("info").json();
        """,
}
CONDITIONAL = {
    "spread": f"""
        const key = process.env.KEY;
        const headers = {{ accept: "a", ...(key ? {{ "PF-API-KEY": key }} : {{}}) }};
        const load = () => fetch("{HOST}/info", {{ headers }});
        """,
    "assigned under a test": f"""
        const key = process.env.KEY;
        function load() {{
          const headers: Record<string, string> = {{ accept: "a" }};
          if (key) {{ headers["PF-API-KEY"] = key; }}
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "set under a test": f"""
        const key = process.env.KEY;
        function load() {{
          const headers = new Headers();
          if (key) headers.set("PF-API-KEY", key);
          return fetch("{HOST}/info", {{ headers }});
        }}
        """,
    "either": f"""
        const key = process.env.KEY;
        const load = () => fetch("{HOST}/info", {{ headers: key ? {{ "PF-API-KEY": key }} : {{ accept: "a" }} }});
        """,
}


@pytest.mark.parametrize("name", SENT)
def test_the_key_pays_where_it_is_sent(name: str) -> None:
    assert payer(route(SENT[name]), "GET /api/prices") == ("server", KEY, "")


@pytest.mark.parametrize("name", ABSENT)
def test_the_address_pays_where_it_is_not(name: str) -> None:
    assert payer(route(ABSENT[name]), "GET /api/prices") == ("server", SERVER, "")


@pytest.mark.parametrize("name", CONDITIONAL)
def test_a_key_that_may_be_missing(name: str) -> None:
    assert payer(route(CONDITIONAL[name]), "GET /api/prices") == ("server", KEY, WHEN_SET)


UNSEEN = {
    "headers of a request": f"""
        async function GET(request: Request) {{ await fetch("{HOST}/info", {{ headers: request.headers }}); }}
        export {{ GET }};
        """,
    "spread of what is not known": f"""
        export async function GET(request: Request) {{
          const {"{ headers }"} = await request.json();
          await fetch("{HOST}/info", {{ headers: {{ ...headers }} }});
        }}
        """,
}


@pytest.mark.parametrize("name", UNSEEN)
def test_headers_that_are_not_seen(name: str) -> None:
    origin, bucket, why = payer({"app/api/prices/route.ts": UNSEEN[name]}, "GET /api/prices")
    assert (origin, bucket) == ("server", "unknown")
    assert "PF-API-KEY may be among them" in why


def test_a_host_without_a_profile_has_no_bucket() -> None:
    files = route('const load = () => fetch("https://api.example.com/x");')
    assert payer(files, "GET /api/prices") == ("server", "", "")


def test_two_callers_of_one_call_site_that_differ() -> None:
    files = {
        "lib/send.ts": f'export const send = (headers: Record<string, string>) => fetch("{HOST}/info", {{ headers }});',
        "app/api/a/route.ts": """
            import { send } from "../../../lib/send";
            export async function GET() { await send({ "PF-API-KEY": "k" }); }
            """,
        "app/api/b/route.ts": """
            import { send } from "../../../lib/send";
            export async function GET() { await send({ accept: "a" }); }
            """,
        "app/api/c/route.ts": """
            import { send } from "../../../lib/send";
            export async function GET() { await send({ accept: "a" }); await send({ "PF-API-KEY": "k" }); }
            """,
    }
    assert payer(files, "GET /api/a") == ("server", KEY, "")
    assert payer(files, "GET /api/b") == ("server", SERVER, "")
    assert payer(files, "GET /api/c") == ("server", "unknown", f"callers differ: {KEY}, {SERVER}")


# --- where it is sent ------------------------------------------------------------------------------

LOAD = f'fetch("{HOST}/info")'
PAGES = {
    "a server component": (
        {"app/page.tsx": f"export default async function Page() {{ await {LOAD}; return <p />; }}"},
        "server",
    ),
    "a client component": (
        {
            "app/page.tsx": f"""
                "use client";
                import {{ useEffect }} from "react";
                export default function Page() {{ useEffect(() => {{ {LOAD}; }}, []); return <p />; }}
                """
        },
        "browser",
    ),
    "a client component in a server page": (
        {
            "app/page.tsx": 'import { Box } from "./box"; export default function Page() { return <Box />; }',
            "app/box.tsx": f"""
                "use client";
                import {{ useEffect }} from "react";
                export function Box() {{ useEffect(() => {{ {LOAD}; }}, []); return <p />; }}
                """,
        },
        "browser",
    ),
    "what a client component imports": (
        {
            "app/page.tsx": 'import { Box } from "./box"; export default function Page() { return <Box />; }',
            "app/box.tsx": """
                "use client";
                import { useInfo } from "./info";
                export function Box() { useInfo(); return <p />; }
                """,
            "app/info.ts": f"""
                import {{ useEffect }} from "react";
                export function useInfo() {{ useEffect(() => {{ {LOAD}; }}, []); }}
                """,
        },
        "browser",
    ),
    "a server layout around a client page": (
        {
            "app/layout.tsx": f"export default async function Layout(p) {{ await {LOAD}; return p.children; }}",
            "app/page.tsx": '"use client"; export default function Page() { return <p />; }',
        },
        "server",
    ),
    "getServerSideProps": (
        {
            "pages/index.tsx": f"""
                export async function getServerSideProps() {{ await {LOAD}; return {{ props: {{}} }}; }}
                export default function Page() {{ return <p />; }}
                """
        },
        "server",
    ),
    "a page of the pages router": (
        {
            "pages/index.tsx": f"""
                import {{ useEffect }} from "react";
                export default function Page() {{ useEffect(() => {{ {LOAD}; }}, []); return <p />; }}
                """
        },
        "browser",
    ),
    "its own route": (
        {
            "app/page.tsx": """
                "use client";
                import { useEffect } from "react";
                export default function Page() { useEffect(() => { fetch("/api/prices"); }, []); return <p />; }
                """,
            **route(f"const load = () => {LOAD};"),
        },
        "server",
    ),
    "a server action": (
        {
            "app/page.tsx": """
                "use client";
                import { save } from "./save";
                export default function Page() { return <button onClick={() => save()} />; }
                """,
            "app/save.ts": f'"use server"; export async function save() {{ await {LOAD}; }}',
        },
        "server",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_where_pages_send(name: str) -> None:
    files, origin = PAGES[name]
    assert payer(files, "/", "page")[:2] == (origin, VISITOR if origin == "browser" else SERVER)


def test_a_script_is_a_worker() -> None:
    assert payer({"jobs/run.ts": f"{LOAD};"}, "jobs/run.ts")[:2] == ("worker", SERVER)
