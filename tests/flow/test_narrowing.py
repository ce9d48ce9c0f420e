"""What a test that was passed says of the variables in it."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

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


WRAPPER = """
async function ask(how, path) {{
  {body}
}}
ask(process.argv[2] ? "GET" : process.argv[3] ? "PUT" : "POST", "one");
"""
APART = {
    "one way each": 'if (how === "GET") {{ fetch(`https://a.test/read/${{path}}`, {{ method: how }}); }} else {{ fetch(`https://a.test/write/${{path}}`, {{ method: how }}); }}',
    "the other way round": 'if (how !== "GET") {{ fetch(`https://a.test/write/${{path}}`, {{ method: how }}); }} else {{ fetch(`https://a.test/read/${{path}}`, {{ method: how }}); }}',
    "several": 'if (how === "PUT" || how === "POST") {{ fetch(`https://a.test/write/${{path}}`, {{ method: how }}); }} else {{ fetch(`https://a.test/read/${{path}}`, {{ method: how }}); }}',
    "negated": 'if (!(how === "GET")) {{ fetch(`https://a.test/write/${{path}}`, {{ method: how }}); }} else {{ fetch(`https://a.test/read/${{path}}`, {{ method: how }}); }}',
    "behind what left": 'if (how === "GET") {{ fetch(`https://a.test/read/${{path}}`, {{ method: how }}); return; }} fetch(`https://a.test/write/${{path}}`, {{ method: how }});',
    "a constant": 'const READS = "GET"; if (how === READS && path) {{ fetch(`https://a.test/read/${{path}}`, {{ method: how }}); }} if (how !== READS) {{ fetch(`https://a.test/write/${{path}}`, {{ method: how }}); }}',
}


@pytest.mark.parametrize("name", APART)
def test_a_way_is_taken_with_what_its_test_leaves(name: str) -> None:
    found = run(WRAPPER.format(body=APART[name].format()))
    assert sorted(found) == ["GET a.test/read/one", "POST a.test/write/one", "PUT a.test/write/one"]


def test_behind_both_ways_it_is_either_again() -> None:
    body = 'if (how === "GET") { console.log(1); } else { console.log(2); } fetch("https://a.test/" + path, { method: how });'
    assert sorted(run(WRAPPER.format(body=body))) == [f"{how} a.test/one" for how in ("GET", "POST", "PUT")]


def test_what_a_way_sets_stays_set() -> None:
    body = 'if (how === "GET") { how = "HEAD"; } fetch("https://a.test/" + path, { method: how });'
    assert {f"{how} a.test/one" for how in ("HEAD", "POST", "PUT")} <= set(run(WRAPPER.format(body=body)))


def test_a_test_of_something_else_leaves_all() -> None:
    body = 'if (path === process.argv[4]) { fetch("https://a.test/one", { method: how }); }'
    assert sorted(run(WRAPPER.format(body=body))) == [f"{how} a.test/one" for how in ("GET", "POST", "PUT")]


NOTHING = """
function load(how) {{ if ({test}) {{ if (how === undefined) fetch("https://a.test/unset"); else fetch("https://a.test/null"); }} else fetch("https://a.test/some"); }}
const [one, other] = process.argv;
load(one ? undefined : other ? null : "some");
"""
TESTS_OF_NOTHING = {
    "loosely": ("how == null", {"null", "some", "unset"}),
    "loosely, the other nothing": ("how == undefined", {"null", "some", "unset"}),
    "loosely not": ("!(how != null)", {"null", "some", "unset"}),
    # ---
    "strictly": ("how === null", {"null", "some"}),
}


@pytest.mark.parametrize("name", cases(TESTS_OF_NOTHING))
def test_what_is_loosely_nothing_is_null_and_undefined(name: str) -> None:
    test, wanted = TESTS_OF_NOTHING[name]
    assert set(run(NOTHING.format(test=test))) == {f"GET a.test/{way}" for way in wanted}


CONVERTED = {
    "a text and a number": ('"1"', "how == 1", {"one", "two"}),
    "a number and a text": ("0", "how != ''", {"one", "two"}),
    "a flag and a number": ("true", "how == 1", {"one", "two"}),
    # ---
    "strictly": ('"1"', "how === 1", {"two"}),
    "two texts": ('"1"', "how == '1'", {"one"}),
    "null is no number": ("null", "how == 0", {"two"}),
}


@pytest.mark.parametrize("name", cases(CONVERTED))
def test_what_is_converted_before_it_is_compared(name: str) -> None:
    given, test, wanted = CONVERTED[name]
    source = f'function load(how) {{ if ({test}) fetch("https://a.test/one"); else fetch("https://a.test/two"); }} load({given});'
    assert set(run(source)) == {f"GET a.test/{way}" for way in wanted}
