"""Thunks of Redux: what they do is done where they are dispatched, by whatever name."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases, run

THUNKS = """
export const load = (id: string) => async (dispatch, getState) => {
  await fetch(`https://a.test/items/${id}`);
  dispatch({ type: "loaded" });
  dispatch(more());
};
export const more = () => (dispatch) => fetch("https://a.test/more");
export const plain = () => ({ type: "plain" });
"""
FILES = {"package.json": '{"dependencies": {"redux": "4", "react-redux": "8"}}', "thunks.ts": THUNKS}
STORE = """
import { createStore, applyMiddleware, bindActionCreators } from "redux";
import { configureStore } from "@reduxjs/toolkit";
import * as thunks from "./thunks";
const store = createStore(() => ({}), applyMiddleware());
"""
BOTH = {"GET a.test/items/{}": (1, 1), "GET a.test/more": (1, 1)}
DISPATCHED = {
    "by the store": "store.dispatch(thunks.load(process.argv[2]));",
    "by a store of Redux Toolkit": "configureStore({ reducer: {} }).dispatch(thunks.load(process.argv[2]));",
    "bound, a namespace": "const { load } = bindActionCreators(thunks, store.dispatch); load(process.argv[2]);",
    "bound, an object": """
        const all = bindActionCreators({ start: thunks.load }, store.dispatch);
        all.start(process.argv[2]);
        """,
    "bound, one": "const start = bindActionCreators(thunks.load, store.dispatch); start(process.argv[2]);",
}


@pytest.mark.parametrize("name", cases(DISPATCHED))
def test_a_thunk_that_is_dispatched_is_run_and_handed_dispatch(name: str) -> None:
    assert run(STORE + DISPATCHED[name], FILES) == BOTH


NOTHING = {
    "made": "const made = thunks.load(process.argv[2]);",
    "bound and not called": "const { load } = bindActionCreators(thunks, store.dispatch);",
    "a plain action": "store.dispatch(thunks.plain()); bindActionCreators(thunks, store.dispatch).plain();",
}


@pytest.mark.parametrize("name", cases(NOTHING))
def test_what_is_not_dispatched_sends_nothing(name: str) -> None:
    assert run(STORE + NOTHING[name], FILES) == {}


HOOKS = {
    "useDispatch": "const dispatch = useDispatch(); useEffect(() => { dispatch(thunks.load(id)); }, [id]);",
    "a typed hook": "const dispatch = useAppDispatch(); useEffect(() => { dispatch(thunks.load(id)); }, [id]);",
    "bound": """
        const { load } = bindActionCreators(thunks, useDispatch());
        useEffect(() => { load(id); }, [id]);
        """,
}


@pytest.mark.parametrize("name", cases(HOOKS))
def test_components_that_dispatch(name: str) -> None:
    page = f"""
        'use client';
        import {{ useEffect }} from "react";
        import {{ bindActionCreators }} from "redux";
        import {{ useDispatch }} from "react-redux";
        import * as thunks from "../thunks";
        const useAppDispatch = useDispatch.withTypes<any>();
        export default function Page({{ id }}) {{ {HOOKS[name]} return null; }}
        """
    package = '{"dependencies": {"next": "15", "redux": "4", "react-redux": "9"}}'
    inventory = audited({**FILES, "package.json": package, "app/page.tsx": page})
    assert called(inventory, "page", "/") == BOTH
