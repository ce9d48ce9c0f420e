"""Apollo Client 2 to 4: hooks and clients post to the URI of the client, or of the link that ends its chain of links.

https://www.apollographql.com/docs/react/data/queries#polling and /api/react/hooks: `pollInterval` 0 is off, the next
poll is set up when the last has ended, and hidden tabs go on polling (`skipPollAttempt` may stop that). `RetryLink`
(/api/link/apollo-link-retry) tries five times in all, 300 · 2^n milliseconds apart, with jitter.
"""

from callaudit.libraries.model import Arg, Defaults, Library, Make, Model, Query, QueryOptions, Request

PACKAGES = (
    "@apollo/client",
    "@apollo/client/core",
    "@apollo/client/react",
    "@apollo/client/react/hooks",
    "@apollo/client/link/batch-http",
    "@apollo/client/link/context",
    "@apollo/client/link/core",
    "@apollo/client/link/error",
    "@apollo/client/link/http",
    "@apollo/client/link/persisted-queries",
    "@apollo/client/link/retry",
    "@apollo/client/link/ws",
    "@apollo/client/link/subscriptions",
    "@apollo/react-hooks",
    "@apollo/experimental-nextjs-app-support",
    "@apollo/client-integration-nextjs",
    "apollo-client",
    "apollo-boost",
    "apollo-link",
    "apollo-link-context",
    "apollo-link-error",
    "apollo-link-http",
    "apollo-link-retry",
    "apollo-upload-client",
    "apollo-upload-client/createUploadLink.mjs",
    "react-apollo",
)
OPTIONS = QueryOptions(
    interval="pollInterval",
    in_background=True,
    others=(("fetchPolicy", "cache-first"),),
    disabled="skip",
)
_SEND = Request(urls=(Arg(-2, "0.uri"), Arg(-2, "0.link.uri")), method="POST")
_DEFAULTS = Defaults(packages=PACKAGES, name="ApolloClient", option="defaultOptions")


def _hook(name: str, how: str = "once") -> Query:
    return Query(
        OPTIONS,
        options=(Arg(1),),
        how=how,
        handed="variables",
        mechanism=name,
        defaults=_DEFAULTS,
        of="watchQuery",
        sends=_SEND,
        clients=("ApolloClient",),
    )


_CLIENT: dict[str, Model] = {
    **dict.fromkeys(("query", "mutate", "refetchQueries", "reFetchObservableQueries"), _SEND),
    "watchQuery": Query(OPTIONS, how="once", handed="variables", mechanism="watchQuery", sends=_SEND),
}
_LINKS = ("HttpLink", "BatchHttpLink", "ApolloLink", "RetryLink", "GraphQLWsLink")
_MAKE_LINKS = (
    "createHttpLink",
    "createUploadLink",
    "createPersistedQueryLink",
    "setContext",
    "onError",
    "from",
    "concat",
    "split",
    "ApolloLink.from",
    "ApolloLink.concat",
    "ApolloLink.split",
)

LIBRARY = Library(
    name="apollo",
    packages=PACKAGES,
    exports={
        **{name: _hook(name) for name in ("useQuery", "useSuspenseQuery", "useBackgroundQuery")},
        **{name: _hook(name, "mutation") for name in ("useMutation", "useLazyQuery")},
        **dict.fromkeys((*_LINKS, *_MAKE_LINKS), Make("link")),
        "ApolloClient": Make("client"),
        "default": Make("client"),
        "WebSocketLink": Make("socket-link"),
    },
    clients={"client": _CLIENT, "link": {"concat": Make("link"), "split": Make("link")}, "socket-link": {}},
    types={"ApolloClient": "client"},
    network=True,
)
