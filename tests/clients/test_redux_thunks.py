"""Thunks of Redux Toolkit: their payload creators run where they are dispatched, not where they are made."""

from __future__ import annotations

import pytest

from tests.projects import run

PACKAGE = {"package.json": '{"dependencies": {"@reduxjs/toolkit": "2"}}'}
MADE = {
    "createAsyncThunk": """
        import { createAsyncThunk } from "@reduxjs/toolkit";
        export const load = createAsyncThunk("load", async (id: string) => fetch(`https://a.test/things/${id}`));
        """,
    "withTypes": """
        import { createAsyncThunk } from "@reduxjs/toolkit";
        const createAppThunk = createAsyncThunk.withTypes<{ state: object }>();
        export const load = createAppThunk<void, string>("load", async (id) => fetch(`https://a.test/things/${id}`));
        """,
}
STORE = """
    import { configureStore } from "@reduxjs/toolkit";
    import { load } from "./thunks";
    const store = configureStore({ reducer: {} });
    """


@pytest.mark.parametrize("name", MADE)
def test_a_thunk_runs_where_it_is_dispatched(name: str) -> None:
    files = {**PACKAGE, "thunks.ts": MADE[name]}
    assert run(STORE + 'store.dispatch(load("one"));', files) == {"GET a.test/things/one": (1, 1)}
    assert run(STORE + 'const made = await store.dispatch(load("one")).unwrap();', files) == {
        "GET a.test/things/one": (1, 1)
    }


@pytest.mark.parametrize("name", MADE)
def test_making_a_thunk_sends_nothing(name: str) -> None:
    assert run(STORE, {**PACKAGE, "thunks.ts": MADE[name]}) == {}


def test_a_function_that_an_action_holds_may_run() -> None:
    """Who takes it out of the state and runs it is not followed."""
    source = """
        import { createAction } from "@reduxjs/toolkit";
        const add = createAction<{ step: { run: () => Promise<Response> } }>("steps/add");
        store.dispatch(add({ step: { run: () => fetch("https://a.test/steps") } }));
        """
    thunks = {**PACKAGE, "thunks.ts": MADE["createAsyncThunk"]}
    assert run(STORE + source, thunks) == {"GET a.test/steps": (0, 1)}
