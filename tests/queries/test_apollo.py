"""Apollo Client: hooks post to the URI of the client that the app makes, or of its last link."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import brief, unresolved
from tests.queries.hooks import page, polls, spans

HEAD = "import { useQuery, useLazyQuery, useMutation, gql } from '@apollo/client';\nconst GET = gql`query Get { one }`;\nconst OTHER = gql`query Other { two }`;"
IMPORT = "import { ApolloClient, InMemoryCache, HttpLink, createHttpLink, from, split, ApolloLink } from '@apollo/client';\nimport { setContext } from '@apollo/client/link/context';\nimport { RetryLink } from '@apollo/client/link/retry';\n"
POST = {"POST a.test/graphql": (1, 1)}

CLIENTS = {
    "uri": "new ApolloClient({ uri: 'https://a.test/graphql', cache: new InMemoryCache() })",
    "new HttpLink": "new ApolloClient({ link: new HttpLink({ uri: 'https://a.test/graphql' }) })",
    "createHttpLink": "new ApolloClient({ link: createHttpLink({ uri: 'https://a.test/graphql' }) })",
    "concat": "new ApolloClient({ link: setContext((_, o) => o).concat(new HttpLink({ uri: 'https://a.test/graphql' })) })",
    "from": "new ApolloClient({ link: from([setContext((_, o) => o), new HttpLink({ uri: 'https://a.test/graphql' })]) })",
    "ApolloLink.from": "new ApolloClient({ link: ApolloLink.from([new HttpLink({ uri: 'https://a.test/graphql' })]) })",
    "split": "new ApolloClient({ link: split(() => false, new ApolloLink(), new HttpLink({ uri: 'https://a.test/graphql' })) })",
}


def client(made: str = CLIENTS["uri"]) -> dict[str, str]:
    """A module that makes the client."""
    return {"lib/client.ts": f"{IMPORT}export const client = {made};"}


@pytest.mark.parametrize("name", CLIENTS)
def test_where_a_query_is_sent(name: str) -> None:
    inventory = page("useQuery(GET);", HEAD, client(CLIENTS[name]))
    (entry,) = (one for one in inventory.entries if one.kind == "page")
    assert brief(entry) == POST


BODIES: dict[str, dict[str, tuple[int, int]]] = {
    "useQuery(GET, { skip: given });": {"POST a.test/graphql": (0, 1)},
    "useQuery(GET, { skip: true });": {"POST a.test/graphql": (0, 1)},
    "useLazyQuery(GET);": {"POST a.test/graphql": (0, 1)},
    "useMutation(GET);": {"POST a.test/graphql": (0, 1)},
    "gql`query X { y }`;": {},
}


@pytest.mark.parametrize("body", BODIES)
def test_when_a_query_is_sent(body: str) -> None:
    (entry,) = (one for one in page(body, HEAD, client()).entries if one.kind == "page")
    assert brief(entry) == BODIES[body]


@pytest.mark.parametrize("method", ["query", "mutate"])
def test_a_client_that_is_called(method: str) -> None:
    head = "import { client } from '../lib/client';\nimport { gql } from '@apollo/client';"
    made = CLIENTS["new HttpLink"]
    (entry,) = (
        one
        for one in page(f"client.{method}({{ query: gql`query X {{ y }}` }});", head, client(made)).entries
        if one.kind == "page"
    )
    assert brief(entry) == POST


def test_without_a_client_the_url_is_not_known() -> None:
    assert unresolved(page("useQuery(GET);", HEAD)) == ["url: no URL is given"]


POLLS: dict[str, list[list[tuple[float, str]]]] = {
    "useQuery(GET, { pollInterval: 500 });": [[(500, "")]],
    "useQuery(GET, { pollInterval: given ? 500 : 0 });": [[(500, "given")]],
    "useQuery(GET, { pollInterval: 0 });": [],
    "useQuery(GET, { variables: { id } });": [],
    "const q = useQuery(GET);\nconst f = () => { q.startPolling(700); };": [[(700, "")]],
    "const { startPolling } = useQuery(GET);\nconst f = () => { startPolling(700); };": [[(700, "")]],
    "useQuery(GET);\nconst f = () => { given.startPolling(700); };": [],
}


@pytest.mark.parametrize("body", POLLS)
def test_intervals(body: str) -> None:
    found = polls(page(body, HEAD, client()))
    assert [spans(trigger) for trigger in found] == POLLS[body]
    assert all({end.path for end in trigger.endpoints} == {"/graphql"} for trigger in found)


def test_hidden_tabs_go_on() -> None:
    (trigger,) = polls(page("useQuery(GET, { pollInterval: 500 });", HEAD, client()))
    assert trigger.background is True
    assert trigger.key.startswith("['GET'")


def test_options_for_all_queries() -> None:
    made = "new ApolloClient({ uri: 'https://a.test/graphql', defaultOptions: { watchQuery: { pollInterval: 900 } } })"
    (trigger,) = polls(page("useQuery(GET);", HEAD, client(made)))
    assert spans(trigger) == [(900, "")]


RETRIES: dict[str, tuple[int, tuple[float, ...], bool]] = {
    "new RetryLink()": (5, (300, 600, 1_200, 2_400), True),
    "new RetryLink({ attempts: { max: 3 }, delay: { initial: 100, jitter: false } })": (3, (100, 200), False),
}


@pytest.mark.parametrize("link", RETRIES)
def test_links_that_send_again(link: str) -> None:
    made = f"new ApolloClient({{ link: from([{link}, new HttpLink({{ uri: 'https://a.test/graphql' }})]) }})"
    (retry,) = page("useQuery(GET);", HEAD, client(made)).retries
    assert (retry.max_attempts, retry.delays_ms, retry.jitter) == RETRIES[link]
    assert retry.file == "lib/client.ts"
    assert retry.endpoints == ("POST a.test/graphql",)


def test_no_retry_without_a_link() -> None:
    assert page("useQuery(GET);", HEAD, client()).retries == ()
