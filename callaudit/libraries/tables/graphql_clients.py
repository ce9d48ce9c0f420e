"""GraphQL clients that post to one URL.

GraphQL clients that post to one URL: graphql-request 4 to 7 (https://github.com/graffle-js/graffle), Apollo
Client 3 and 4, urql 4 (`createClient({ url })`).
"""

from callaudit.libraries.model import Arg, Library, Make, Model, Request

_POST = Request(urls=(Arg(0, "url"), Arg(0)), method="POST")
_OWN = Request(urls=(Arg(-2, "0.uri"), Arg(-2, "0.url"), Arg(-2, "0")), method="POST")
_CLIENT: dict[str, Model] = dict.fromkeys(
    ("request", "rawRequest", "batchRequests", "query", "mutate", "mutation"), _OWN
)

LIBRARY = Library(
    name="graphql",
    packages=(
        "graphql-request",
        "@apollo/client",
        "@apollo/client/core",
        "apollo-client",
        "urql",
        "@urql/core",
    ),
    exports={
        "request": _POST,
        "rawRequest": _POST,
        "default": _POST,
        "GraphQLClient": Make("client"),
        "ApolloClient": Make("client"),
        "createClient": Make("client"),
        "Client": Make("client"),
    },
    clients={"client": _CLIENT},
    types={"GraphQLClient": "client", "ApolloClient": "client"},
    network=True,
)
