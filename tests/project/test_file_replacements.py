"""What a build for production puts in the place of a file is what an import of that file means."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.projects import Files, audited

REPLACED = [{"replace": "src/environments/environment.ts", "with": "src/environments/environment.prod.ts"}]
DEV = [{"replace": "src/environments/environment.ts", "with": "src/environments/environment.dev.ts"}]


def _workspace(word: str, build: dict[str, Any]) -> str:
    return json.dumps({"projects": {"app": {word: {"build": build}}}})


def _files(place: str, config: str) -> Files:
    return {
        "package.json": '{"dependencies": {"@angular/core": "17.0.0", "@angular/common": "17.0.0"}}',
        place: config,
        "src/environments/environment.ts": "export const environment = { api: '' };",
        "src/environments/environment.prod.ts": "export const environment = { api: 'https://prod.test' };",
        "src/environments/environment.dev.ts": "export const environment = { api: 'https://dev.test' };",
        "src/app.ts": """
            import { Component } from '@angular/core';
            import { HttpClient } from '@angular/common/http';
            import { environment } from './environments/environment';
            @Component({ selector: 'a', template: '' })
            export class App {
              constructor(private http: HttpClient) {}
              ngOnInit() { this.http.get(`${environment.api}/pool`).subscribe(); }
            }
        """,
    }


FOLLOWED = {
    "production": ("angular.json", _workspace("architect", {"configurations": {
        "development": {"fileReplacements": DEV}, "production": {"fileReplacements": REPLACED},
    }, "defaultConfiguration": "development"})),
    "of a target": ("angular.json", _workspace("targets", {"configurations": {
        "production": {"fileReplacements": REPLACED}},
    })),
    "the default": ("angular.json", _workspace("architect", {"configurations": {
        "live": {"fileReplacements": REPLACED}, "development": {"fileReplacements": DEV},
    }, "defaultConfiguration": "live"})),
    "of Nx": ("project.json", json.dumps({"targets": {"build": {"configurations": {
        "production": {"fileReplacements": REPLACED}},
    }}})),
}  # fmt: skip

NOT_FOLLOWED = {
    "of another configuration": ("angular.json", _workspace("architect", {"configurations": {
        "development": {"fileReplacements": DEV}, "production": {},
    }})),
    "to a file that is not there": ("angular.json", _workspace("architect", {"configurations": {
        "production": {"fileReplacements": [{**REPLACED[0], "with": "src/environments/gone.ts"}]},
    }})),
    "of another shape": ("angular.json", _workspace("architect", {"configurations": {
        "production": {"fileReplacements": "no"}, "x": [],
    }})),
}  # fmt: skip


def _host(name: str, how: dict[str, tuple[str, str]]) -> str:
    (call,) = audited(_files(*how[name])).calls
    return call.host


@pytest.mark.parametrize("name", FOLLOWED)
def test_the_file_of_the_build_for_production_is_meant(name: str) -> None:
    assert _host(name, FOLLOWED) == "prod.test"


@pytest.mark.parametrize("name", NOT_FOLLOWED)
def test_what_is_not_built_for_production_stays(name: str) -> None:
    assert _host(name, NOT_FOLLOWED) == "same-origin"
