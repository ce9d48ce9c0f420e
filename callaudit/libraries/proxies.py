"""Handlers of libraries that hand on whatever they are asked to another server.

http-proxy-middleware 0.19 to 3 (https://github.com/chimurai/http-proxy-middleware; until 2 the path of the mount stays
in the path that is asked for, from 3 on it does not: MIGRATION.md), express-http-proxy 1 and 2 and
koa-better-http-proxy 0.2 (https://github.com/villadora/express-http-proxy: what follows the mount, at the host alone),
@fastify/http-proxy 6 to 11 (https://github.com/fastify/fastify-http-proxy: what follows the prefix, below
`rewritePrefix`), koa-proxies 0.12 (https://github.com/vagusX/koa-proxies: the whole path).
"""

from __future__ import annotations

from msgspec import Struct

WHOLE_UNTIL = 3
"""The first major version of http-proxy-middleware that asks for what follows the mount alone."""


class Proxy(Struct, frozen=True):
    """How a package is told where it hands on to.

    `target` and `rewrite` are options; with an empty `target` the first argument is it. `whole` holds where the path of
    the mount stays in what is asked for, `plain` where the target has no path of its own. `decides` are options that
    say where to in other ways. `plugin` holds for what is registered with a router together with its options.
    """

    exports: frozenset[str]
    target: str = "target"
    rewrite: str = ""
    prefix: str = ""
    whole: bool = True
    plain: bool = False
    decides: frozenset[str] = frozenset()
    plugin: bool = False


_HTTP_PROXY_MIDDLEWARE = Proxy(
    frozenset({"createProxyMiddleware", "legacyCreateProxyMiddleware", "default", ""}),
    rewrite="pathRewrite",
    decides=frozenset({"router", "prependPath"}),
)
_HOST = Proxy(
    frozenset({"default", ""}),
    target="",
    whole=False,
    plain=True,
    decides=frozenset({"proxyReqPathResolver", "forwardPath", "forwardPathAsync"}),
)
_FASTIFY = Proxy(
    frozenset({"default", "fastifyHttpProxy", ""}),
    target="upstream",
    prefix="rewritePrefix",
    whole=False,
    decides=frozenset({"getUpstream", "replyOptions.getUpstream"}),
    plugin=True,
)

PROXIES: dict[str, Proxy] = {
    "http-proxy-middleware": _HTTP_PROXY_MIDDLEWARE,
    "express-http-proxy": _HOST,
    "koa-better-http-proxy": _HOST,
    "@fastify/http-proxy": _FASTIFY,
    "fastify-http-proxy": _FASTIFY,
    "koa-proxies": Proxy(frozenset({"default", ""}), decides=frozenset({"rewrite"})),
}


def proxy_of(package: str, path: tuple[str, ...]) -> Proxy | None:
    """What the export `path` of `package` makes, if that hands on what it is asked."""
    found = PROXIES.get(package)
    return found if found is not None and (path[-1] if path else "") in found.exports else None
