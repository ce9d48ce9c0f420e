"""Resolvers and guards that Angular's router runs."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief

ONE = "GET a.test/one"
APP = """
import { Component, Injectable, inject } from '@angular/core';
import { HttpClient } from '@angular/common/http';
import { Routes } from '@angular/router';
@Injectable({ providedIn: 'root' })
export class Api {
  constructor(private http: HttpClient) {}
  one() { return this.http.get('https://a.test/one'); }
}
@Injectable({ providedIn: 'root' })
export class Loaded {
  constructor(private api: Api) {}
  resolve() { return this.api.one(); }
  canActivate() { return fetch('https://a.test/one').then((r) => r.ok); }
}
export const load = () => inject(Api).one();
@Component({ selector: 'a-a', template: '' })
export class Shown {}
"""


def _app(routes: str) -> Files:
    package = '{"dependencies": {"@angular/core": "17", "@angular/router": "17"}}'
    return {"package.json": package, "src/app.ts": f"{APP}\nexport const routes: Routes = [{routes}];"}


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ("{ path: 'a', component: Shown, resolve: { data: Loaded } }", "Loaded.resolve"),
        ("{ path: '', children: [{ path: 'a', component: Shown, resolve: { data: load } }] }", "load"),
        ("{ path: 'a', component: Shown, canActivate: [Loaded] }", "Loaded.canActivate"),
        ("{ path: 'a', canMatch: [load], loadComponent: () => Shown }", "load"),
    ],
)
def test_what_a_route_runs_is_an_entry(route: str, name: str) -> None:
    (found,) = audited(_app(route)).entries
    assert (found.name, found.origin, brief(found)) == (name, "browser", {ONE: (0, 1)})


@pytest.mark.parametrize(
    "route",
    [
        "{ path: 'a', component: Shown }",
        "{ path: 'a', data: { resolve: Loaded } }",
        "{ title: 'a', resolve: { data: load } }",
    ],
)
def test_what_no_route_runs_is_none(route: str) -> None:
    assert audited(_app(route)).entries == ()


def test_what_looks_like_a_route_is_none_where_no_router_is_imported() -> None:
    files = _app("{ path: 'a', component: Shown, resolve: { data: load } }")
    source = files["src/app.ts"].replace("import { Routes } from '@angular/router';", "").replace(": Routes", "")
    assert audited({**files, "src/app.ts": source}).entries == ()
