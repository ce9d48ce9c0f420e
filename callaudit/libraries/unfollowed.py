"""Clients that send requests which no table lists: what a program asks of them is said to be unknown.

They speak a protocol in which every request is a POST to one URL, and only its body tells what is asked: JSON-RPC of
nodes of blockchains. By the documentation of ethers 5 and 6 (https://docs.ethers.org/v6/api/providers/jsonrpc/), viem 2
(https://viem.sh/docs/clients/public), web3.js 1 and 4 (https://docs.web3js.org), @solana/web3.js 1 and @solana/kit
(https://solana.com/docs/clients/javascript), @polkadot/api (https://polkadot.js.org/docs/api).
"""

from __future__ import annotations

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


def unfollowed(package: str) -> tuple[str, ...]:
    """The exports of `package` that make clients of JSON-RPC."""
    return _MAKERS.get(package, ())
