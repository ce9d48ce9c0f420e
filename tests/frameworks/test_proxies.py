"""Paths of routers that other servers answer, by proxies of libraries."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, routes, run

MIDDLEWARE = "http-proxy-middleware"


def _server(use: str, packages: str, imports: str) -> Files:
    return {
        "package.json": f'{{"name": "server", "dependencies": {{"express": "4", {packages}}}}}',
        "server.ts": f'import express from "express";\n{imports}\nconst app = express();\n{use}\napp.listen(3000);\n',
    }


def _express(use: str, version: str = "^2.0.6") -> Files:
    imports = 'import { createProxyMiddleware as proxy } from "http-proxy-middleware";'
    return _server(use, f'"http-proxy-middleware": "{version}"', imports)


FASTIFY = {
    "package.json": '{"name": "server", "dependencies": {"fastify": "4", "@fastify/http-proxy": "9"}}',
    "server.ts": """
        import Fastify from "fastify";
        import httpProxy from "@fastify/http-proxy";
        const app = Fastify();
        app.register(httpProxy, { upstream: "https://a.test", prefix: "/api", rewritePrefix: "/v1" });
        app.listen({ port: 3000 });
        """,
}
KOA = {
    "package.json": '{"name": "server", "dependencies": {"koa": "2", "koa-proxies": "0.12"}}',
    "server.ts": """
        import Koa from "koa";
        import proxy from "koa-proxies";
        const app = new Koa();
        app.use(proxy("/api", { target: "https://a.test/v1", changeOrigin: true }));
        app.listen(3000);
        """,
}
FOLLOWED: dict[str, tuple[Files, str]] = {
    "a mount and a rule": (
        _express('app.use("/api", proxy({ target: "https://a.test", pathRewrite: { "^/api": "/v1" } }));'),
        "a.test/v1/",
    ),
    "the mount stays until version 2": (
        _express('app.use("/api", proxy({ target: "https://a.test/" }));'),
        "a.test/api/",
    ),
    "and goes from version 3 on": (
        _express('app.use("/api", proxy({ target: "https://a.test/v1" }));', "^3.0.0"),
        "a.test/v1/",
    ),
    "a path of its own": (
        _express('app.use(proxy("/api/**", { target: "https://a.test", pathRewrite: { "^/api/": "/" } }));'),
        "a.test/",
    ),
    "a filter": (_express('app.use(proxy({ target: "https://a.test", pathFilter: "/api" }));', "3"), "a.test/api/"),
    "below a router": (
        _express(
            "const inner = express.Router();\n"
            'inner.use("/", proxy({ target: "https://a.test" }));\napp.use("/api", inner);'
        ),
        "a.test/api/",
    ),
    "express-http-proxy": (
        _server(
            'app.use("/api", proxy("a.test"));', '"express-http-proxy": "2"', 'import proxy from "express-http-proxy";'
        ),
        "a.test/",
    ),
    "fastify": (FASTIFY, "a.test/v1/"),
    "koa": (KOA, "a.test/v1/api/"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOLLOWED)
def test_what_a_proxy_asks_for(name: str) -> None:
    """It is a route for all that is below its path, and what asks it is followed to the other server."""
    files, asked = FOLLOWED[name]
    inventory = audited(files)
    assert "ANY /api/*" in routes(inventory)
    assert called(inventory, "route", "ANY /api/*") == {f"{{}} {asked}{{}}": (1, 1)}
    assert inventory.unknowns == ()
    assert run('await fetch("http://localhost:3000/api/users");', files) == {f"GET {asked}users": (1, 1)}


def test_a_rule_for_some_of_the_paths() -> None:
    files = _express(
        'app.use("/api", proxy({ target: "https://a.test", pathRewrite: { "^/api/old": "/new", "^/api": "" } }));'
    )
    assert run('await fetch("http://localhost:3000/api/old/x");', files) == {"GET a.test/new/x": (1, 1)}
    assert run('await fetch("http://localhost:3000/api/other");', files) == {"GET a.test/other": (1, 1)}


def test_a_route_of_its_own_comes_first() -> None:
    use = 'app.get("/api/own", (_, answer) => answer.json(1));\napp.use("/api", proxy({ target: "https://a.test" }));'
    assert run('await fetch("http://localhost:3000/api/own");', _express(use)) == {}


NOT_FOLLOWED = {
    "a router of its own": ('app.use("/api", proxy({ target: "https://a.test", router: (r) => pick(r) }));', "router"),
    "a function of paths": (
        'app.use("/api", proxy({ target: "https://a.test", pathRewrite: (p) => change(p) }));',
        "pathRewrite",
    ),
    "a rule that takes paths apart": (
        'app.use("/api", proxy({ target: "https://a.test", pathRewrite: { "^/api/(.*)/x": "/$1" } }));',
        "rule",
    ),
    "no target": ('app.use("/api", proxy({ changeOrigin: true }));', "target"),
}


@pytest.mark.parametrize("name", NOT_FOLLOWED)
def test_what_is_not_followed_is_said(name: str) -> None:
    use, why = NOT_FOLLOWED[name]
    inventory = audited(_express(use))
    assert [(one.file, one.line, one.what) for one in inventory.unknowns] == [("server.ts", 4, MIDDLEWARE)]
    assert why in inventory.unknowns[0].why
    assert routes(inventory) == set()


def test_a_proxy_that_no_router_is_given_is_said_not_to_be_followed() -> None:
    files = _express(
        'app.use("/api", proxy({ target: "https://a.test" }));\n'
        'export const set = (other: any) => other.use("/x", proxy({ target: "https://b.test" }));'
    )
    assert [one.what for one in audited(files).unknowns] == [MIDDLEWARE]


def test_a_request_that_hono_hands_on() -> None:
    files = {
        "server.ts": """
            import { Hono } from "hono";
            import { proxy } from "hono/proxy";
            const app = new Hono();
            app.get("/p/:path", (c) => proxy(`https://a.test/${c.req.param("path")}`, { headers: c.req.header() }));
            export default app;
            """
    }
    assert called(audited(files), "route", "GET /p/:path") == {"GET a.test/{}": (1, 1)}


LOCAL = {
    "by an address": 'app.use("/api", proxy({ target: "http://localhost:8080", changeOrigin: true }));',
    "by a variable": 'app.use("/api", proxy({ target: process.env.STORE || "http://localhost:8080" }));',
}


@pytest.mark.parametrize("how", LOCAL)
def test_what_a_proxy_asks_on_its_own_machine_is_another_server(how: str) -> None:
    page = """
        import { createRoot } from "react-dom/client";
        import { useQuery } from "react-query";
        function App() {
          useQuery("orders", () => fetch("/api/orders"), { refetchInterval: 1000 });
          return <p />;
        }
        createRoot(document.getElementById("root")).render(<App />);
        """
    package = '{"name": "page", "dependencies": {"react": "18", "react-dom": "18", "react-query": "3"}}'
    found = audited({**_express(LOCAL[how]), "page/package.json": package, "page/src/main.tsx": page})
    (poll,) = (one for one in found.triggers if one.kind == "poll")
    assert poll.reaches_upstream
    reached = [one for item in found.entries if item.kind == "page" for one in item.reaches]
    assert [(one.method, one.path, one.through) for one in reached] == [("GET", "/api/orders", ("ANY /api/*",))]
