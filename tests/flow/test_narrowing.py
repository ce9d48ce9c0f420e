"""What a test that was passed says of the variables in it."""

from __future__ import annotations

import pytest

from tests.projects import audited

PACKAGE = '{"dependencies": {"react": "19", "react-dom": "19"}}'
READ = """
import { createRoot } from "react-dom/client";
function ask(name) {
  let found = localStorage.getItem(name);
  if (!found) { found = ""; } else { found = JSON.parse(found); }
"""
ASK = """
  fetch(`${found}/api/one`);
}
function App() { ask("url"); return <p />; }
createRoot(document.getElementById("root")).render(<App />);
"""


def asked(how: str) -> set[str]:
    found = audited({"package.json": PACKAGE, "src/main.jsx": f"{READ}  {how}{ASK}"})
    return {call.url for call in found.calls}


def hosts(how: str) -> set[tuple[str, str]]:
    """Host and path of each URL that a call may have."""
    found = audited({"package.json": PACKAGE, "src/main.jsx": f"{READ}  {how}{ASK}"})
    return {(one.host, one.path) for call in found.calls for one in call.urls or (call,)}


LEFT = {
    "throws": "if (!found) throw new Error('not set up');",
    "returns": "if (!found || !name) { return; }",
    "goes on only with it": "if (found) { console.log(found); } else { return; }",
}


@pytest.mark.parametrize("how", LEFT)
def test_what_is_empty_has_left(how: str) -> None:
    assert asked(LEFT[how]) == {"{parse}/api/one"}


STAYS = {
    "no test": "",
    "a test that does not leave": "if (!found) { console.log('not set up'); }",
    "a test of something else": "if (!name) throw new Error('no name');",
    "one of two": "if (!found && !window.name) throw new Error('not set up');",
}


@pytest.mark.parametrize("how", STAYS)
def test_what_may_be_empty(how: str) -> None:
    # empty: the page's own origin; not empty: what was read, which is not known
    assert hosts(STAYS[how]) == {("same-origin", "/api/one"), ("", "/api/one")}
