"""tRPC 10 and 11: https://trpc.io/docs: procedures in routers, and clients that ask for them by their names.

Servers: /docs/server/routers, /procedures, /middlewares, /server-side-calls, /adapters; @hono/trpc-server 0.3
(https://hono.dev/docs/guides/others#trpc), trpc-nuxt 0.10. Clients: /docs/client/vanilla, /react, /nextjs, /links and,
since 11, /client/tanstack-react-query. The type that a client is made with is its router's; what is asked of it in
between may leave in one request of several (httpBatchLink): each is taken for a request of its own.
"""

from callaudit.libraries.model import Give, Library, Make, Model, Part
from callaudit.libraries.procedures import BY_FILE, BY_MOUNT, BY_OPTION, HTTP_LINKS, METHODS, ROUTERS

_LINKS = (*HTTP_LINKS, "splitLink", "loggerLink", "wsLink", "retryLink")
_CLIENTS = ("createTRPCClient", "createTRPCProxyClient")
_HOOKS = ("createTRPCReact", "createTRPCNext")
_HELPERS = ("createServerSideHelpers", "createProxySSGHelpers", "createServerSideHelper")
_BUILDING = ("input", "output", "meta", "use", "concat", "unstable_concat")
_T: dict[str, Model] = {
    "procedure": Part("procedure"),
    "router": Make("router"),
    "mergeRouters": Make("merged"),
    "middleware": Give(),
    "createCallerFactory": Make("caller-factory"),
}
_CALLED: dict[str, Model] = {"createCaller": Make("caller", of=True)}

LIBRARY = Library(
    name="trpc",
    packages=(
        "@trpc/server",
        "@trpc/server/unstable-core-do-not-import",
        *(
            f"@trpc/server/adapters/{name}"
            for name in ("fetch", "next", "express", "fastify", "standalone", "node-http", "aws-lambda")
        ),
        "@hono/trpc-server",
        "trpc-koa-adapter",
        "trpc-nuxt",
        "trpc-nuxt/server",
        "@trpc/client",
        "@trpc/react-query",
        "@trpc/react-query/rsc",
        "@trpc/react-query/server",
        "@trpc/next",
        "@trpc/tanstack-react-query",
    ),
    exports={
        "initTRPC.create": Make("t"),
        "initTRPC.context": Make("init"),
        "initTRPC.meta": Make("init"),
        "lazy": Make("lazy"),
        "experimental_lazy": Make("lazy"),
        **{name: Make("served") for name in (*BY_MOUNT, *BY_OPTION, *BY_FILE)},
        **{name: Make("client") for name in _CLIENTS},
        **{name: Make("hooks") for name in _HOOKS},
        **{name: Make("helpers") for name in _HELPERS},
        **{name: Make("link") for name in _LINKS},
        "createTRPCContext": Make("context"),
        "createTRPCOptionsProxy": Make("options"),
        "createHydrationHelpers": Make("hydration"),
    },
    clients={
        "init": {"create": Make("t"), "context": Make("init"), "meta": Make("init")},
        "t": _T,
        "procedure": {
            **{name: Make("procedure") for name in _BUILDING},
            **{name: Make(name) for name in METHODS},
        },
        **dict.fromkeys(ROUTERS, _CALLED),
        "caller-factory": {"": Make("caller")},
        "next": {"": Make("passed")},
        "hooks": {"useUtils": Make("utils"), "useContext": Make("utils"), "createClient": Make("client")},
        "utils": {"client": Part("client")},
        "context": {"useTRPC": Make("options"), "useTRPCClient": Make("client")},
        "hydration": {"trpc": Part("caller")},
        **{kind: {} for kind in ("client", "options", "helpers", "caller", "link", "served", "lazy", "passed")},
        **{kind: {} for kind in METHODS},
    },
    typed=("client", "hooks", "helpers", "context", "options", "hydration"),
    network=True,
)
