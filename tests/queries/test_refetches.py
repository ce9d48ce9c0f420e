"""What makes queries ask again beside time: mutations, events, calls of a client."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.queries.hooks import page

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Trigger

HEAD = """
import { useQuery, useMutation, useQueryClient } from '@tanstack/react-query';
const two = () => fetch('https://a.test/two', { method: 'POST' });
"""
QUERIES = """
const { refetch } = useQuery({ queryKey: ['orders', id], queryFn: one });
useQuery({ queryKey: ['prices'], queryFn: () => fetch('https://a.test/prices') });
const client = useQueryClient();
"""


def events(inventory: Inventory, mechanism: str) -> list[Trigger]:
    """The triggers of kind `event` with this mechanism."""
    return [one for one in inventory.triggers if one.kind == "event" and one.mechanism == mechanism]


MATCHED: dict[str, set[str]] = {
    "client.invalidateQueries({ queryKey: ['orders'] })": {"/one"},
    "client.invalidateQueries({ queryKey: ['orders', id] })": {"/one"},
    "client.invalidateQueries(['orders'])": {"/one"},
    "client.invalidateQueries('orders')": {"/one"},
    "client.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'orders' })": {"/one"},
    "client.invalidateQueries({ predicate: ({ queryKey }) => ['prices', 'news'].includes(queryKey[0]) })": {"/prices"},
    "client.invalidateQueries({ predicate: (query) => query.queryKey.length > given })": {"/one", "/prices"},
    "client.invalidateQueries()": {"/one", "/prices"},
    "client.invalidateQueries({ queryKey: ['prices'], exact: true })": {"/prices"},
    "client.refetchQueries({ queryKey: ['prices'] })": {"/prices"},
    "refetch()": {"/one"},
}


@pytest.mark.parametrize("call", MATCHED)
def test_which_queries_ask_again(call: str) -> None:
    body = f"{QUERIES}\nuseMutation({{ mutationFn: two, onSuccess: () => {{ {call}; }} }});"
    inventory = page(body, HEAD)
    (trigger,) = events(inventory, call.partition("(")[0].rpartition(".")[2])
    assert {end.path for end in trigger.endpoints} == MATCHED[call]
    assert trigger.entry == "/"


SWR = """
import useSWR, { mutate, useSWRConfig } from 'swr';
const load = (url) => fetch(`https://a.test${url}`);
"""
SWR_QUERIES = "useSWR('/orders', load);\nuseSWR('/prices', load);\nconst config = useSWRConfig(); \nconst { mutate: again } = useSWR(key, load);"
NOT_KNOWN: dict[str, tuple[str, str, set[str]]] = {
    "a part": (HEAD, f"{QUERIES} const f = () => client.invalidateQueries({{ queryKey: [id] }});", set()),
    "the key": (HEAD, f"{QUERIES} const f = () => client.invalidateQueries({{ queryKey: key }});", set()),
    "the argument": (HEAD, f"{QUERIES} const f = () => client.refetchQueries(filters);", set()),
    "a text": (HEAD, f"{QUERIES} const f = () => client.invalidateQueries({{ queryKey: [`${{id}}`] }});", set()),
    "of SWR": (SWR, f"{SWR_QUERIES} const f = () => mutate(key);", set()),
    "of SWR's configuration": (SWR, f"{SWR_QUERIES} const f = () => config.mutate(`${{url}}`);", set()),
    "of the query alone": (SWR, "useSWR(key, load); const f = () => mutate('/orders');", set()),
    "of another query": (SWR, f"{SWR_QUERIES} const f = () => mutate('/orders');", {"/orders"}),
    "of the query that gave it": (SWR, f"{SWR_QUERIES} const f = () => again();", {"/{key}"}),
    "of a hook around it": (
        SWR
        + "function useData(path) { const { mutate: again, data } = useSWR(path, load); return { data, renew: () => again() }; }",
        "useSWR('/other', load); const { renew } = useData('/orders'); useData('/prices'); const f = () => renew();",
        {"/orders", "/prices", "/{url}"},
    ),
    "of part of it": (SWR, f"{SWR_QUERIES} const f = () => mutate(`/orders${{query}}`);", {"/orders"}),
}


@pytest.mark.parametrize("name", NOT_KNOWN)
def test_keys_that_are_not_known_name_no_queries(name: str) -> None:
    head, body, paths = NOT_KNOWN[name]
    inventory = page(f"{body} return <button onClick={{f}} />;", head)
    found = [one for one in inventory.triggers if one.kind == "event" and not one.mechanism.startswith("on")]
    assert {end.path for one in found for end in one.endpoints} == paths
    why = [one.why for one in inventory.unknowns if one.what.startswith("the queries that ")]
    assert bool(why) == (not paths)


@pytest.mark.parametrize(
    "call",
    [
        "client.invalidateQueries({ queryKey: ['other'] })",
        "client.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'other' })",
        "client.invalidateQueries({ queryKey: ['orders'], exact: true })",
        "client.invalidateQueries({ queryKey: ['orders'], refetchType: 'none' })",
        "client.setQueryData(['orders', id], 1)",
        "client.cancelQueries({ queryKey: ['orders'] })",
    ],
)
def test_what_asks_nothing_again(call: str) -> None:
    body = f"{QUERIES}\nuseMutation({{ mutationFn: two, onSuccess: () => {{ {call}; }} }});"
    assert [one for one in page(body, HEAD).triggers if one.mechanism.endswith("Queries")] == []


def test_later_by_a_timer() -> None:
    body = f"{QUERIES}\nuseMutation({{ mutationFn: two, onSuccess: () => {{ setTimeout(() => {{ client.invalidateQueries(); }}, 1500); }} }});"
    (trigger,) = events(page(body, HEAD), "invalidateQueries")
    assert trigger.settings == (("delay_ms", "1500"),)


@pytest.mark.parametrize(
    "spelling", ["mutationFn: two", "mutationFn: () => two()", "mutationFn: async (x) => { await two(); }"]
)
def test_a_mutation_is_an_event(spelling: str) -> None:
    inventory = page(f"useMutation({{ {spelling} }});", HEAD)
    (trigger,) = events(inventory, "useMutation")
    assert {(end.method, end.path) for end in trigger.endpoints} == {("POST", "/two")}
    assert trigger.intervals == ()


def test_a_mutation_before_version_5() -> None:
    (trigger,) = events(page("useMutation(() => two());", HEAD.replace("@tanstack/", "")), "useMutation")
    assert {end.path for end in trigger.endpoints} == {"/two"}


def test_a_mutation_is_retried_only_where_it_is_asked_for() -> None:
    assert page("useMutation({ mutationFn: two });", HEAD).retries == ()
    (retry,) = page("useMutation({ mutationFn: two, retry: 2 });", HEAD).retries
    assert retry.max_attempts == 3


@pytest.mark.parametrize("handler", ["() => one()", "async () => { await one(); }", "save"])
def test_handlers_of_elements_are_events(handler: str) -> None:
    inventory = page(f"const save = () => one();\nreturn <b onClick={{{handler}}} />;")
    triggers = events(inventory, "onClick")
    assert [{end.path for end in trigger.endpoints} for trigger in triggers] == [{"/one"}]


def test_a_handler_that_reaches_nothing_is_no_trigger() -> None:
    assert events(page("return <b onClick={() => 1} />;"), "onClick") == []


SWR = "import useSWR, { mutate, useSWRConfig } from 'swr';\nconst get = (u: string) => fetch(u);"


@pytest.mark.parametrize(
    "call",
    [
        "mutate('https://a.test/one')",
        "config.mutate('https://a.test/one')",
        "own()",
    ],
)
def test_swr_asks_again(call: str) -> None:
    body = f"const own = useSWR('https://a.test/one', get).mutate;\nconst config = useSWRConfig();\nuseSWR('https://a.test/two', get);\nconst save = () => {{ {call}; }};"
    body = body.replace("own()", "answer.mutate()").replace(
        "const own = useSWR('https://a.test/one', get).mutate", "const answer = useSWR('https://a.test/one', get)"
    )
    (trigger,) = events(page(body, SWR), "mutate")
    assert {end.path for end in trigger.endpoints} == {"/one"}


def test_mutate_of_something_else() -> None:
    body = "useSWR('https://a.test/one', get);\nconst save = () => { given.mutate('https://a.test/one'); };"
    assert events(page(body, SWR), "mutate") == []
