"""Components that a Redux store is connected to: what they do with the functions that they are handed."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases

BASE: Files = {
    "package.json": '{"dependencies": {"react": "17", "react-dom": "17", "react-redux": "7"}}',
    "src/thunks.ts": """
        export const load = () => async (dispatch) => { await fetch("https://a.test/orders"); };
        export const save = () => async (dispatch) => { await fetch("https://a.test/save"); };
        """,
    "src/main.jsx": """
        import React from "react";
        import ReactDOM from "react-dom";
        import { Shown } from "./orders";
        ReactDOM.render(<Shown />, document.body);
        """,
}
HEAD = """
import React, { useEffect } from "react";
import { connect } from "react-redux";
import { bindActionCreators } from "redux";
import { load, save } from "./thunks";
"""
CLASS = "class Orders extends React.Component { componentDidMount() { MOUNT } render() { return DRAWN; } }\n"


def _class(mount: str, drawn: str = "null") -> str:
    return CLASS.replace("MOUNT", mount).replace("DRAWN", drawn)


CONNECTED = {
    "an object": _class("this.props.load();") + "export const Shown = connect(null, { load, save })(Orders);",
    "a function component, other names": """
        const Orders = ({ start }) => { useEffect(() => { start(); }, []); return null; };
        const actions = { start: load, save };
        export const Shown = connect((state) => ({ state }), actions)(Orders);
        """,
    "a function": _class("const { begin } = this.props; begin();")
    + "const actions = (dispatch) => ({ begin: () => dispatch(load()), save: () => dispatch(save()) });\n"
    + "export const Shown = connect(null, actions)(Orders);",
    "bound": _class("this.props.load();")
    + "const actions = (dispatch) => bindActionCreators({ load, save }, dispatch);\n"
    + "export const Shown = connect(null, actions)(Orders);",
    "dispatch alone": _class("this.props.dispatch(load());") + "export const Shown = connect()(Orders);",
    "a connector with a name": _class("this.props.load();")
    + "const connector = connect(null, { load, save });\nexport const Shown = connector(Orders);",
    "a function that connects": _class("this.props.load();")
    + "const connected = (Shown) => connect(null, { load, save })(Shown);\nexport const Shown = connected(Orders);",
    "a function that makes one that connects": _class("this.props.load();")
    + "const joined = (actions) => (Shown) => connect(null, actions)(Shown);\n"
    + "export const Shown = joined({ load, save })(Orders);",
    "a decorator": "@connect(null, { load, save })\n" + _class("this.props.load();") + "export const Shown = Orders;",
}


def _page(source: str) -> dict[str, tuple[int, int | None]]:
    return called(audited({**BASE, "src/orders.jsx": HEAD + source}), "page", "/")


@pytest.mark.parametrize("name", cases(CONNECTED))
def test_a_connected_component_does_what_it_dispatches(name: str) -> None:
    assert _page(CONNECTED[name]) == {"GET a.test/orders": (1, 1)}


EVENTS = {
    "a handler": "<b onClick={() => this.props.load()} />",
    "handed on by its name": "<b onClick={this.props.load} />",
}


@pytest.mark.parametrize("name", cases(EVENTS))
def test_what_a_user_makes_it_dispatch(name: str) -> None:
    source = _class("", EVENTS[name]) + "export const Shown = connect(null, { load, save })(Orders);"
    assert _page(source) == {"GET a.test/orders": (0, 1)}
    (trigger,) = audited({**BASE, "src/orders.jsx": HEAD + source}).triggers
    assert (trigger.kind, trigger.mechanism) == ("event", "onClick")


def test_what_it_is_handed_and_does_not_call_sends_nothing() -> None:
    assert _page(_class("") + "export const Shown = connect(null, { load, save })(Orders);") == {}
    assert _page(_class("this.props.load();") + "export const Shown = Orders;") == {}


def test_a_function_of_another_module_connects() -> None:
    wrap = """
        import { connect as join } from "react-redux";
        export function connect(select, actions) { return join(select, actions); }
        """
    source = HEAD.replace('"react-redux"', '"./wrap"') + CONNECTED["an object"]
    inventory = audited({**BASE, "src/wrap.js": wrap, "src/orders.jsx": source})
    assert called(inventory, "page", "/") == {"GET a.test/orders": (1, 1)}


@pytest.mark.parametrize(
    "other", ["const handed = (Shown) => Shown;", "const handed = (Shown) => other(null, {})(Shown);"]
)
def test_a_function_that_connects_nothing(other: str) -> None:
    source = _class("this.props.load();") + other + "\nexport const Shown = handed(Orders);"
    assert _page(source) == {}
