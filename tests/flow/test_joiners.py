"""URL joiners: of libraries, and those that a codebase writes itself."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

URL_JOIN = r"""
function normalize(parts: string[]) {
  const result = [];
  if (parts.length === 0) return '';
  if (typeof parts[0] !== 'string') throw new TypeError('Url must be a string');
  if (parts[0].match(/^[^/:]+:\/*$/) && parts.length > 1) {
    const first = parts.shift();
    parts[0] = first + parts[0];
  }
  if (parts[0].match(/^file:\/\/\//)) parts[0] = parts[0].replace(/^([^/:]+):\/*/, '$1:///');
  else parts[0] = parts[0].replace(/^([^/:]+):\/*/, '$1://');
  for (let i = 0; i < parts.length; i++) {
    let one = parts[i];
    if (typeof one !== 'string') throw new TypeError('no');
    if (one === '') continue;
    if (i > 0) one = one.replace(/^[/]+/, '');
    if (i < parts.length - 1) one = one.replace(/[/]+$/, '');
    else one = one.replace(/[/]+$/, '/');
    result.push(one);
  }
  let text = result.join('/');
  text = text.replace(/\/(\?|&|#[^!])/g, '$1');
  const pieces = text.split('?');
  text = pieces.shift() + (pieces.length > 0 ? '?' : '') + pieces.join('&');
  return text;
}
export function join(...args: string[]): string { return normalize(args); }
"""
JOINERS = {
    "two templates": "export const join = (base: string, path: string) => `${base.replace(/\\/+$/, '')}/${path.replace(/^\\/+/, '')}`;",
    "split and filter": "export function join(...parts: string[]) { return parts.map((p, i) => i ? p.replace(/^\\/+|\\/+$/g, '') : p.replace(/\\/+$/, '')).filter(Boolean).join('/'); }",
    "reduce": "export const join = (...parts: string[]) => parts.reduce((all, p) => all.replace(/\\/*$/, '/') + p.replace(/^\\/*/, ''));",
    "conditions": "export function join(base: string, path: string) { if (base.endsWith('/')) base = base.slice(0, -1); if (!path.startsWith('/')) path = '/' + path; return base + path; }",
    "loop": "export function join(base: string, path: string) { while (base.endsWith('/')) base = base.slice(0, -1); while (path.startsWith('/')) path = path.slice(1); return base + '/' + path; }",
    "list of parts": "export function join(base: string, path: string) { const out = []; for (const p of [base, path]) { out.push(p.replace(/\\/$/, '').replace(/^\\//, '')); } return out.join('/'); }",
    "url-join, copied": URL_JOIN,
    "url-join 5": "export { default as join } from 'url-join';",
    "url-join 4": "const urljoin = require('url-join'); export const join = urljoin;",
    "proper-url-join": "import urlJoin from 'proper-url-join'; export const join = urlJoin;",
    "ufo": "export { joinURL as join } from 'ufo';",
    "urlcat": "import urlcat from 'urlcat'; export const join = (base: string, path: string) => urlcat(base, path);",
}
BOTH: dict[str, Bounds] = {"GET a.test/v1/one": (1, 1), "GET env:BASE/v1/one": (1, 1)}


@pytest.mark.parametrize("name", cases(JOINERS))
def test_a_joined_url_is_its_parts(name: str) -> None:
    source = "import { join } from './join'; await fetch(join('https://a.test/', '/v1/one')); await fetch(join(process.env.BASE!, 'v1/one'));"
    assert run(source, {"join.ts": JOINERS[name]}) == BOTH


VARIABLE = {
    "two templates": JOINERS["two templates"],
    "url-join, copied": URL_JOIN,
    "url-join 5": JOINERS["url-join 5"],
}


@pytest.mark.parametrize("name", cases(VARIABLE))
def test_what_is_variable_in_a_path_stays_variable(name: str) -> None:
    source = "import { join } from './join'; export async function load(id: string) { return fetch(join(process.env.BASE!, `v1/users/${id}/one`)); } await load(process.argv[2]);"
    assert run(source, {"join.ts": VARIABLE[name]}) == {"GET env:BASE/v1/users/{}/one": (1, 1)}


DEPENDS = {
    "an absolute path stays": "export function join(base: string, path: string) { const out = []; out.push(/^https?:/.test(path) ? 'x' : 'y'); out.push(path); return out.join('/'); }",
    "it is taken apart": "export function join(base: string, path: string) { const out = []; for (const c of path.split('/')) out.push(c + '!'); return out.join('/'); }",
    "something else": "import { secret } from 'else'; export function join(base: string, path: string) { const out = [secret(base)]; out.push(path); return out.join('/'); }",
}


@pytest.mark.parametrize("name", cases(DEPENDS))
def test_where_the_result_depends_on_what_is_not_known_nothing_is_concluded(name: str) -> None:
    source = "import { join } from './join'; await fetch(join('https://a.test', process.argv[2]));"
    found = run(source, {"join.ts": DEPENDS[name]})
    assert not any(key.startswith("GET a.test") for key in found)


def test_a_function_without_end_is_left() -> None:
    source = "function join(a: string, b: string) { const out = []; while (true) { out.push(a); } return out.join('/'); } await fetch(join('https://a.test', '/one'));"
    assert len(run(source)) <= 1


def test_a_pattern_that_may_take_long_is_not_tried() -> None:
    source = (
        "function join(a: string, b: string) { const out = []; out.push(a.replace(/(a+)+$/, '')); out.push(b); return out.join('/'); } await fetch(join('https://"
        + "a" * 60
        + "!', 'one'));"
    )
    assert len(run(source)) <= 1
