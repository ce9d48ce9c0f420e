"""Sagas of Redux: what they do is done when the actions are dispatched that they wait for."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases

BASE: Files = {
    "package.json": '{"dependencies": {"react": "17", "react-dom": "17", "react-redux": "7", "redux-saga": "1"}}',
    "src/api.js": """
        class Api { get = async (path) => fetch("https://a.test/" + path); }
        export default new Api();
        """,
    "src/actions.js": """
        export const START = "things/START";
        export const STOP = "things/STOP";
        export const start = () => ({ type: START });
        """,
    "src/main.jsx": """
        import React from "react";
        import ReactDOM from "react-dom";
        import createSagaMiddleware from "redux-saga";
        import { createStore, applyMiddleware } from "redux";
        import { Provider } from "react-redux";
        import root from "./saga";
        import { App } from "./app";
        const middleware = createSagaMiddleware();
        const store = createStore(() => ({}), applyMiddleware(middleware));
        middleware.run(root);
        ReactDOM.render(<Provider store={store}><App /></Provider>, document.body);
        """,
}
APPS = {
    "a hook": """
        import { useEffect } from "react";
        import { useDispatch } from "react-redux";
        import { start } from "./actions";
        export const App = () => {
          const dispatch = useDispatch();
          useEffect(() => { dispatch(start()); }, []);
          return null;
        };
        """,
    "connected": """
        import React from "react";
        import { connect } from "react-redux";
        import { start } from "./actions";
        class Things extends React.Component {
          componentDidMount() { const { begin } = this.props; begin(); }
          render() { return null; }
        }
        export const App = connect(null, (dispatch) => ({ begin: () => dispatch(start()) }))(Things);
        """,
}
HEAD = """
import { all, call, delay, fork, put, race, take, takeEvery, takeLatest } from "redux-saga/effects";
import api from "./api";
import { START, STOP } from "./actions";
function* load() { const data = yield call(api.get, "x"); yield put({ type: "things/LOADED", data }); }
function* poll() {
  while (true) {
    try { yield* load(); } catch (error) { yield put({ type: "things/FAILED" }); } finally { yield delay(30000); }
  }
}
"""
ONCE = {"GET a.test/x": (1, 1)}
WAITING = {
    "takeEvery": "export default function* root() { yield takeEvery(START, load); }",
    "takeLatest": "export default function* root() { yield all([takeLatest([START], load)]); }",
    "take": "export default function* root() { while (true) { const action = yield take(START); yield call(load); } }",
    "take, once": "export default function* root() { yield take(START); yield* load(); }",
    "another saga puts it": """
        function* again() { yield put({ type: "things/AGAIN" }); }
        export default function* root() { yield takeEvery(START, again); yield takeEvery("things/AGAIN", load); }
        """,
}


@pytest.mark.parametrize("app", cases(APPS))
@pytest.mark.parametrize("name", cases(WAITING))
def test_what_waits_for_an_action_runs_where_it_is_dispatched(name: str, app: str) -> None:
    inventory = audited({**BASE, "src/app.jsx": APPS[app], "src/saga.js": HEAD + WAITING[name]})
    assert called(inventory, "page", "/") == ONCE


def test_what_waits_for_another_action_may_run() -> None:
    saga = HEAD + "export default function* root() { yield takeEvery(STOP, load); }"
    inventory = audited({**BASE, "src/app.jsx": APPS["a hook"], "src/saga.js": saga})
    assert called(inventory, "page", "/") == {"GET a.test/x": (0, 1)}


CALLS = {
    "a function": "call(api.get, 'x')",
    "of an object": "call([api, api.get], 'x')",
    "of an object, by its name": "call([api, 'get'], 'x')",
    "of a client": "call(client.get, 'x')",
    "fetch": "call(fetch, 'https://a.test/x')",
    "without waiting": "fork(api.get, 'x')",
}


@pytest.mark.parametrize("name", cases(CALLS))
def test_what_a_saga_calls(name: str) -> None:
    client = "import axios from 'axios';\nconst client = axios.create({ baseURL: 'https://a.test/' });\n"
    saga = f"{client}{HEAD}export default function* root() {{ yield {CALLS[name]}; }}"
    inventory = audited({**BASE, "src/app.jsx": APPS["a hook"], "src/saga.js": saga})
    assert called(inventory, "page", "/") == ONCE


POLLS = {
    "from the start": "export default function* root() { yield all([fork(poll)]); }",
    "of a list": "const sagas = [poll];\nexport default function* root() { yield all(sagas.map(fork)); }",
    "when it is told": """
        export default function* root() {
          while (true) { yield take(START); yield race([call(poll), take(STOP)]); }
        }
        """,
}


@pytest.mark.parametrize("name", cases(POLLS))
def test_a_saga_that_polls(name: str) -> None:
    inventory = audited({**BASE, "src/app.jsx": APPS["connected"], "src/saga.js": HEAD + POLLS[name]})
    (trigger,) = (one for one in inventory.triggers if one.kind == "loop")
    assert [one.ms for one in trigger.intervals] == [30_000]
    assert [one.path for one in trigger.endpoints] == ["/x"]
    assert called(inventory, "page", "/") == ONCE
    assert not trigger.dead
