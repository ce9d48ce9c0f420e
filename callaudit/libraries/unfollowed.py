"""Packages that send requests which no table lists: what a program has them ask is said to be unknown.

Clients of nodes of blockchains speak JSON-RPC: every request is a POST to one URL, and only its body tells what is
asked. By the documentation of ethers 5 and 6 (https://docs.ethers.org/v6/api/providers/jsonrpc/), viem 2
(https://viem.sh/docs/clients/public), web3.js 1 and 4 (https://docs.web3js.org), @solana/web3.js 1 and @solana/kit
(https://solana.com/docs/clients/javascript), @polkadot/api (https://polkadot.js.org/docs/api).

SDKs of services are listed beside, in `service_sdks.py`.

Clients and servers of tRPC (https://trpc.io/docs) meet in the names of procedures, not in URLs: those of version 9, and
clients of other frameworks, are not followed.

Clients of ts-rest 3 (https://ts-rest.com/client), Zodios 10 (https://www.zodios.org/docs/client), feTS
(https://the-guild.dev/openapi/fets/client/quick-start), oRPC 1, Connect 1 and 2 and gRPC are told by contracts what to
ask. Schedules of effect 3 (https://effect.website/docs/scheduling/introduction/) and activities of Temporal 1
(https://docs.temporal.io/develop/typescript/core-application) run functions again.

Proxies hand on whatever they are asked: http-proxy, @fastify/reply-from and koa-proxy, and those of `proxies.py` where
no router that is known is given them.
"""

from __future__ import annotations

from callaudit.libraries.registry import sdks_of
from callaudit.libraries.service_sdks import service_exports

JSON_RPC = "JSON-RPC"
_ETHERS = (
    "AlchemyProvider",
    "AnkrProvider",
    "FallbackProvider",
    "InfuraProvider",
    "JsonRpcBatchProvider",
    "JsonRpcProvider",
    "QuickNodeProvider",
    "StaticJsonRpcProvider",
    "UrlJsonRpcProvider",
    "WebSocketProvider",
    "getDefaultProvider",
)
SERVICE = "it asks an API of its own"
PROXY = "it hands on what it is asked"
ANY = "*"
"""Stands for whatever a package exports."""
_PROXIES = (
    "http-proxy-middleware",
    "express-http-proxy",
    "http-proxy",
    "fastify-http-proxy",
    "@fastify/http-proxy",
    "fastify-reply-from",
    "@fastify/reply-from",
    "koa-proxies",
    "koa-proxy",
    "koa-better-http-proxy",
)
_MAKERS: dict[str, tuple[str, ...]] = {
    "ethers": _ETHERS,
    "@ethersproject/providers": _ETHERS,
    "viem": ("createClient", "createPublicClient", "createWalletClient"),
    "web3": ("default", "Web3"),
    "@solana/web3.js": ("Connection", "createSolanaRpc"),
    "@solana/kit": ("createSolanaRpc",),
    "@polkadot/api": ("ApiPromise", "ApiRx", "HttpProvider", "WsProvider"),
}
"""By package, the exports that make a client."""
TRPC = "its procedures are not taken for routes"
_TRPC: dict[str, tuple[str, ...]] = {
    "@trpc/client": ("createTRPCUntypedClient", "createTRPCClientProxy"),
    "@trpc/react-query": ("createReactQueryHooks",),
    "@trpc/react": ("createReactQueryHooks", "createTRPCReact"),
    "trpc-nuxt/client": ("createTRPCNuxtClient",),
    "trpc-sveltekit": ("createTRPCClient",),
    "solid-trpc": ("createTRPCSolid",),
}
BY_CONTRACT = "what it asks is told by a contract of its own"
_CONTRACTS: dict[str, tuple[str, ...]] = {
    "@zodios/core": ("Zodios", "default"),
    "@zodios/react": ("ZodiosHooks",),
    "@zodios/fetch": ("Zodios",),
    "@ts-rest/core": ("initClient",),
    "@ts-rest/react-query": ("initQueryClient", "initTsrReactQuery"),
    "@ts-rest/react-query/v5": ("initTsrReactQuery",),
    "@ts-rest/next": ("initNextClient",),
    "fets": ("createClient",),
    "@orpc/client": ("createORPCClient",),
    "@connectrpc/connect": ("createClient", "createPromiseClient", "createCallbackClient"),
    "nice-grpc": ("createClient", "createClientFactory"),
    "@grpc/grpc-js": ("Client", "loadPackageDefinition", "makeGenericClientConstructor"),
}
"""Clients that are made with what tells the requests."""
BY_OPTIONS = "what it asks is told by options that are not read"
_OPTIONS: dict[str, tuple[str, ...]] = {
    "cacheable-request": ("default", "CacheableRequest"),
    "up-fetch": ("up",),
    "@effect/platform": ("HttpClient", "FetchHttpClient"),
}
AGAIN = "what it does again, and how often, is not read"
_REPEATING: dict[str, tuple[str, ...]] = {
    "effect": ("Schedule",),
    "@temporalio/workflow": ("proxyActivities", "proxyLocalActivities"),
}
"""What runs functions of the program again by rules of its own."""
_UNREAD = {
    TRPC: _TRPC,
    JSON_RPC: _MAKERS,
    BY_CONTRACT: _CONTRACTS,
    BY_OPTIONS: _OPTIONS,
    AGAIN: _REPEATING,
}


def unfollowed(package: str) -> tuple[tuple[str, ...], str]:
    """The exports of `package` that make something which sends requests, and what it does; nothing of most packages."""
    if package in _PROXIES:
        return (ANY,), PROXY
    for what, makers in _UNREAD.items():
        if package in makers:
            return makers[package], what
    return (service_exports(package) if not sdks_of(package) else ()), SERVICE
