"""SWR: keys handed to fetchers, intervals, options for all hooks below an element."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import brief
from tests.queries.hooks import page, polls, spans

S = "import useSWR from 'swr';\nconst get = (url: string) => fetch(url);\n"
U = "https://a.test/one"

POLLS: dict[str, tuple[str, str, list[tuple[float, str]]]] = {
    "number": (S, f"useSWR('{U}', get, {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "named import": ("import { useSWR } from 'swr';", f"useSWR('{U}', (u) => fetch(u), {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "ternary": (S, f"useSWR('{U}', get, {{ refreshInterval: given ? 1000 : 0 }});", [(1_000, "given")]),
    "function": (S, f"useSWR('{U}', get, {{ refreshInterval: (data) => data ? 2000 : 1000 }});", [(2_000, "data"), (1_000, "!data")]),
    "fetcher among the options": (S, f"useSWR('{U}', {{ fetcher: get, refreshInterval: 3000 }});", [(3_000, "")]),
    "array key": (S, f"useSWR(['{U}', id], ([u]) => fetch(u), {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "array key, items handed over": (S, f"useSWR(['{U}', id], (u, x) => fetch(u), {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "key function": (S, f"useSWR(() => '{U}', get, {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "immutable": ("import useSWRImmutable from 'swr/immutable';", f"useSWRImmutable('{U}', (u) => fetch(u), {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "infinite": ("import useSWRInfinite from 'swr/infinite';", f"useSWRInfinite(() => '{U}', (u) => fetch(u), {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "a client's method as fetcher": ("import useSWR from 'swr';\nimport axios from 'axios';", f"useSWR('{U}', axios.get, {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "fetch as fetcher": ("import useSWR from 'swr';", f"useSWR('{U}', fetch, {{ refreshInterval: 3000 }});", [(3_000, "")]),
    "zero": (S, f"useSWR('{U}', get, {{ refreshInterval: 0 }});", []),
    "options in a state": (S + "import { useState } from 'react';", f"const [o] = useState({{ refreshInterval: 3000 }}); useSWR('{U}', get, o);", [(3_000, "")]),
    "options in a state that is set": (S + "import { useState } from 'react';", f"const [o, set] = useState({{ refreshInterval: 3000 }}); useSWR('{U}', get, o); change(() => set({{ ...o, keepPreviousData: true }}));", [(3_000, "")]),
    "one of two options": (S, f"useSWR('{U}', get, given ? {{ refreshInterval: 1000 }} : {{ refreshInterval: 2000 }});", [(1_000, ""), (2_000, "")]),
    "options or none": (S, f"useSWR('{U}', get, given ? {{ refreshInterval: 1000 }} : undefined);", [(1_000, "")]),
    "options without an interval in a state": (S + "import { useState } from 'react';", f"const [o] = useState({{ keepPreviousData: true }}); useSWR('{U}', get, o);", []),
    "none": (S, f"useSWR('{U}', get);", []),
    "never a key": (S, "useSWR(null, get, { refreshInterval: 3000 });", []),
}  # fmt: skip


@pytest.mark.parametrize("name", POLLS)
def test_intervals(name: str) -> None:
    head, body, wanted = POLLS[name]
    inventory = page(body, head)
    found = polls(inventory)
    assert [spans(trigger) for trigger in found] == ([wanted] if wanted else [])
    for trigger in found:
        assert trigger.mechanism == "refreshInterval"
        assert [(end.method, end.host, end.path) for end in trigger.endpoints] == [("GET", "a.test", "/one")]


CONFIG = {
    "value": "value={{ refreshInterval: 3000, fetcher: (url: string) => fetch(url) }}",
    "value of a constant": "value={config}",
    "value of a function": "value={(parent) => ({ ...parent, refreshInterval: 3000, fetcher: (url: string) => fetch(url) })}",
}


@pytest.mark.parametrize("name", CONFIG)
def test_options_for_all_hooks(name: str) -> None:
    layout = (
        "'use client';\nimport { SWRConfig } from 'swr';\n"
        "const config = { refreshInterval: 3000, fetcher: (url: string) => fetch(url) };\n"
        f"export default function Layout({{ children }}: any) {{ return <SWRConfig {CONFIG[name]}>{{children}}</SWRConfig>; }}"
    )
    inventory = page("useSWR('/api/x');", "import useSWR from 'swr';", {"app/layout.tsx": layout})
    (trigger,) = polls(inventory)
    assert spans(trigger) == [(3_000, "")]
    assert [(end.host, end.path) for end in trigger.endpoints] == [("same-origin", "/api/x")]


def test_an_element_of_the_same_name_sets_nothing() -> None:
    layout = "export const SWRConfig = (p: any) => null; export default function L() { return <SWRConfig value={{ fetcher: fetch }} />; }"
    assert page("useSWR('/api/x');", "import useSWR from 'swr';", {"app/layout.tsx": layout}).triggers == ()


def test_a_key_that_may_be_missing_is_conditional() -> None:
    (entry,) = (one for one in page(f"useSWR(id ? '{U}' : null, get);", S).entries if one.kind == "page")
    assert brief(entry) == {"GET a.test/one": (0, 1)}


def test_what_else_is_known() -> None:
    options = "{ refreshInterval: 1000, refreshWhenHidden: true, dedupingInterval: 5000, revalidateOnFocus: false }"
    inventory = page(f"useSWR('{U}', get, {options});", S)
    (trigger,) = polls(inventory)
    assert trigger.background is True
    assert trigger.key == f"'{U}'"
    assert dict(trigger.settings)["revalidateOnFocus"] == "false"
    (guard,) = inventory.guards
    assert (guard.kind, guard.mechanism, guard.ttl_ms) == ("dedup", "dedupingInterval", 5_000)


RETRIES: dict[str, tuple[int, tuple[float, ...]] | None] = {
    "{ errorRetryCount: 3 }": (4, (5_000, 10_000, 20_000)),
    "{ errorRetryCount: 2, errorRetryInterval: 1000 }": (3, (1_000, 2_000)),
    "{ errorRetryInterval: 1000 }": None,
    "{}": None,
}


@pytest.mark.parametrize("options", RETRIES)
def test_retries(options: str) -> None:
    found = page(f"useSWR('{U}', get, {options});", S).retries
    wanted = RETRIES[options]
    assert [(retry.max_attempts, retry.delays_ms, retry.jitter) for retry in found] == (
        [(*wanted, True)] if wanted else []
    )


def test_focus_is_on_but_for_immutable_data() -> None:
    assert [one.kind for one in page(f"useSWR('{U}', get);", S).triggers] == ["focus"]
    head = "import useSWRImmutable from 'swr/immutable';"
    assert [one.kind for one in page(f"useSWRImmutable('{U}', (u) => fetch(u));", head).triggers] == ["load"]


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ("`/api/items/${id}`", False),
        ("id ? `/api/items/${id}` : null", False),
        ("`/api/${id}`", True),
        ("`${id}/main`", True),
        ("'/api/settings/main'", True),
        ("['/api/settings/main', id]", False),
    ],
)
def test_a_key_that_begins_or_ends_otherwise_is_not_asked_for_again(asked: str, again: bool) -> None:
    body = f"useSWR({asked}, one); const save = () => mutate('/api/settings/main'); return <b onClick={{save}}/>;"
    inventory = page(body, "import useSWR, { mutate } from 'swr';")
    found = [one for one in inventory.triggers if one.mechanism == "mutate"]
    assert bool(found) == again
