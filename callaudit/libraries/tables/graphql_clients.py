"""GraphQL clients that post to one URL.

graphql-request 4 to 7 (https://github.com/graffle-js/graffle), urql 4 (`createClient({ url })`).
"""

from callaudit.libraries.model import Arg, Headers, Library, Make, Model, Request

_POST = Request(urls=(Arg(0, "url"), Arg(0)), method="POST", headers=(Arg(3), Arg(0, "requestHeaders")))
_OWN = Request(
    urls=(Arg(-2, "0.uri"), Arg(-2, "0.url"), Arg(-2, "0")), method="POST", headers=(Arg(2), Arg(0, "requestHeaders"))
)
_CLIENT: dict[str, Model] = dict.fromkeys(
    ("request", "rawRequest", "batchRequests", "query", "mutate", "mutation"), _OWN
)

LIBRARY = Library(
    name="graphql",
    packages=(
        "graphql-request",
        "urql",
        "@urql/core",
    ),
    exports={
        "request": _POST,
        "rawRequest": _POST,
        "default": _POST,
        "GraphQLClient": Make("client"),
        "createClient": Make("client"),
        "Client": Make("client"),
    },
    clients={
        "client": {**_CLIENT, "setHeader": Headers(named=Arg(0)), "setHeaders": Headers(given=Arg(0))},
    },
    types={"GraphQLClient": "client"},
    network=True,
)
