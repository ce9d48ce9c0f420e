"""Packages that send requests which no table lists: what a program has them ask is said to be unknown.

Clients of nodes of blockchains speak JSON-RPC: every request is a POST to one URL, and only its body tells what is
asked. By the documentation of ethers 5 and 6 (https://docs.ethers.org/v6/api/providers/jsonrpc/), viem 2
(https://viem.sh/docs/clients/public), web3.js 1 and 4 (https://docs.web3js.org), @solana/web3.js 1 and @solana/kit
(https://solana.com/docs/clients/javascript), @polkadot/api (https://polkadot.js.org/docs/api).

SDKs of services are listed beside, in `service_sdks.py`.

Clients and servers of tRPC (https://trpc.io/docs) meet in the names of procedures, not in URLs: those of version 9, and
clients of other frameworks, are not followed.

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


def unfollowed(package: str) -> tuple[tuple[str, ...], str]:
    """The exports of `package` that make something which sends requests, and what it does; nothing of most packages."""
    if package in _TRPC:
        return _TRPC[package], TRPC
    if package in _PROXIES:
        return (ANY,), PROXY
    if package in _MAKERS:
        return _MAKERS[package], JSON_RPC
    return (service_exports(package) if not sdks_of(package) else ()), SERVICE
