"""Lists that are put together and then joined into URLs: in the order in which that happens, or in none."""

from __future__ import annotations

import pytest

from tests.projects import run

FUNCTION = """
async function main(flag, rows) {{
  const parts = ['v1'];
  {steps}
  await fetch('https://a.test/' + parts.join('/'));
}}
await main(ask(), load());
"""


@pytest.mark.parametrize(
    ("steps", "paths"),
    [
        ("parts.push('a'); parts.push('b', 'c');", ["/v1/a/b/c"]),
        ("parts.unshift('api');", ["/api/v1"]),
        ("parts.push('a'); parts.unshift('x', 'y');", ["/x/y/v1/a"]),
        ("parts.push('d'); parts.splice(1, 0, 'b', 'c');", ["/v1/b/c/d"]),
        ("parts.push('a', 'b'); parts.splice(1, 1);", ["/v1/b"]),
        ("parts.push('a'); parts.reverse();", ["/a/v1"]),
        ("parts.push('a', 'b'); parts.pop(); parts.shift();", ["/a"]),
        ("if (flag) parts.push('a'); parts.push('b');", ["/v1/a/b", "/v1/b"]),
        ("flag && parts.push('a');", ["/v1", "/v1/a"]),
        ("if (flag) { parts.push('a'); } else { parts.unshift('b'); }", ["/b/v1", "/v1/a"]),
    ],
)
def test_the_order_is_that_in_which_it_is_done(steps: str, paths: list[str]) -> None:
    assert sorted(run(FUNCTION.format(steps=steps))) == [f"GET a.test{path}" for path in paths]
    at_the_top = FUNCTION.format(steps=steps).replace("async function main(flag, rows) {", "const flag = ask();")
    at_the_top = at_the_top.replace("}\nawait main(ask(), load());", "")
    assert sorted(run(at_the_top)) == [f"GET a.test{path}" for path in paths]


@pytest.mark.parametrize(
    "steps",
    [
        "for (const row of rows) parts.unshift(row.id);",  # as many as there are, from the end
        "parts.sort();",
        "rows.forEach((row) => { parts.splice(row.at, 0, row.id); });",
    ],
)
def test_an_order_that_is_not_known_is_none(steps: str) -> None:
    assert list(run(FUNCTION.format(steps=f"parts.push('a'); {steps}"))) == ["GET a.test/{}"]


ADDRESS = """
function address(path, params) {{
  {begin}
  const parts = ['https://a.test', path];
  if (params.id) {{ parts.push(params.id.toString()); }}
  if (params.of && !params.no) {{ parts.push('of', params.of); }}
  {end}
  return parts.join('/');
}}
fetch({asked});
"""


@pytest.mark.parametrize(
    ("asked", "paths"),
    [
        ("address('one')", ["/one"]),
        ("address('one', { id: 5 })", ["/one/5"]),
        ("address('one', { of: 'two', no: true })", ["/one"]),
        ("address('one', { of: 'two' })", ["/one/of/two"]),
        ("address('one', JSON.parse('x'))", ["/one", "/one/of/{}", "/one/{}", "/one/{}/of/{}"]),
    ],
)
@pytest.mark.parametrize("begin", ["params = params || {};", "if (!params) { params = {}; }"])
def test_tests_of_what_a_function_is_told_are_taken_as_they_are(begin: str, asked: str, paths: list[str]) -> None:
    found = run(ADDRESS.format(begin=begin, end="", asked=asked))
    assert sorted(found) == [f"GET a.test{path}" for path in paths]


def test_tests_of_what_changes_later_are_open() -> None:
    found = run(ADDRESS.format(begin="params = params || {};", end="params.id = 5;", asked="address('one')"))
    assert "GET a.test/one" in found


def test_what_a_loop_adds_comes_where_the_loop_stands() -> None:
    steps = "for (const row of rows) parts.push(row.id); parts.push('end');"
    assert list(run(FUNCTION.format(steps=steps))) == ["GET a.test/v1/{}/end{}"]


BUILDER = """
class Path {{
  parts = [];
  push(part) {{ this.parts.push(part); return this; }}
  url() {{ return 'https://a.test/' + this.parts.join('/'); }}
}}
{use}
"""


@pytest.mark.parametrize(
    "use",
    [
        "await fetch(new Path().push('a').push('b').url());",
        "const p = new Path(); p.push('a'); p.push('b'); fetch(p.url());",
    ],
)
def test_what_calls_of_a_method_put_into_a_field_has_no_order(use: str) -> None:
    assert list(run(BUILDER.format(use=use))) == ["GET a.test/{}"]


@pytest.mark.parametrize(
    ("expression", "path"),
    [
        ("['a', 'b', 'c'].slice(1).join('/')", "/b/c"),
        ("['a', 'b', 'c'].slice(0, -1).join('/')", "/a/b"),
        ("['a'].concat(['b'], 'c').join('/')", "/a/b/c"),
        ("['b', 'a'].reverse().join('/')", "/a/b"),
        ("['b', 'a'].sort().join('/')", "/{}"),
        ("['a'].sort().join('/')", "/a"),
    ],
)
def test_what_methods_make_of_a_list_that_is_known(expression: str, path: str) -> None:
    assert list(run(f"await fetch('https://a.test/' + {expression});")) == [f"GET a.test{path}"]
