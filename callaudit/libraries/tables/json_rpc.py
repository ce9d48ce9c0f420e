"""Clients of nodes of blockchains, which speak JSON-RPC: the one URL that they are made with is named.

ethers 5 and 6 (https://docs.ethers.org/v6/api/providers/jsonrpc/), viem 2
(https://viem.sh/docs/clients/transports/http), @solana/web3.js 1
(https://solana-foundation.github.io/solana-web3.js/classes/Connection.html), web3.js 1 and 4
(https://docs.web3js.org/guides/web3_providers_guide/), @polkadot/api. How many requests they send is not told by the
calls of their methods: ethers asks for the chain's number first (5 beside nearly every request, 6 once), ethers 6 and
viem send together what is asked within a moment, viem tries three and web3.js of Solana five more times, and waiting
for a transaction or an event asks again and again. So they are said not to be followed, with the URL.
"""

from callaudit.libraries.model import Arg, Connect, Library
from callaudit.libraries.unfollowed import JSON_RPC

_NODE = Connect(Arg(0), JSON_RPC)
_PROVIDERS = ("JsonRpcProvider", "StaticJsonRpcProvider", "JsonRpcBatchProvider")
_OWNERS = ("", "ethers.", "providers.", "ethers.providers.", "default.", "default.providers.")

LIBRARIES = (
    Library(
        name="ethers",
        packages=("ethers", "@ethersproject/providers"),
        exports={owner + name: _NODE for name in _PROVIDERS for owner in _OWNERS},
        network=True,
    ),
    Library(
        name="@solana/web3.js",
        packages=("@solana/web3.js",),
        exports={"Connection": _NODE, "default.Connection": _NODE, "createSolanaRpc": _NODE},
        network=True,
    ),
    Library(name="@solana/kit", packages=("@solana/kit",), exports={"createSolanaRpc": _NODE}, network=True),
    Library(
        name="viem",
        packages=("viem",),
        exports={"http": _NODE, "webSocket": Connect(Arg(0), "websocket")},
        network=True,
    ),
    Library(name="web3", packages=("web3",), exports={"default": _NODE, "Web3": _NODE}, network=True),
    Library(
        name="@polkadot/api",
        packages=("@polkadot/api",),
        exports={"HttpProvider": _NODE, "WsProvider": Connect(Arg(0), "websocket")},
        network=True,
    ),
)
