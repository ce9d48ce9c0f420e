"""Components of Angular run their lifecycle; their other methods may run."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, entry

PACKAGE = {"package.json": '{"dependencies": {"@angular/core": "17.0.0"}}'}
SERVICE = """
    import { HttpClient } from '@angular/common/http';
    import { Injectable, inject } from '@angular/core';
    @Injectable({ providedIn: 'root' })
    export class Data {
      SETUP
      list() { return this.http.get('https://a.test/list'); }
      save(body: unknown) { return this.http.post('https://a.test/save', body); }
      unused() { return this.http.delete('https://a.test/unused'); }
    }
"""
COMPONENT = """
    import { Component, inject } from '@angular/core';
    import { Data } from './data';
    @Component({ selector: 'app-list', template: '' })
    export class ListComponent {
      DATA
      ngOnInit() { this.data.list().subscribe(); }
      onSave() { this.data.save({}).subscribe(); }
    }
"""


@pytest.mark.parametrize(
    "client", ["private readonly http = inject(HttpClient);", "constructor(private http: HttpClient) {}"]
)
@pytest.mark.parametrize("data", ["private data = inject(Data);", "constructor(private readonly data: Data) {}"])
def test_a_component(client: str, data: str) -> None:
    files = {**PACKAGE, "data.ts": SERVICE.replace("SETUP", client), "list.ts": COMPONENT.replace("DATA", data)}
    inventory = audited(files)
    assert called(inventory, "component", "ListComponent") == {
        "GET a.test/list": (1, 1),
        "POST a.test/save": (0, 1),
    }
    found = entry(inventory, "ListComponent")
    assert (found.origin, found.framework, found.dead) == ("browser", "angular", False)
    assert [call.path for call in inventory.calls if call.dead] == ["/unused"]


def test_a_class_without_the_decorator_is_none() -> None:
    source = COMPONENT.replace("@Component({ selector: 'app-list', template: '' })", "").replace(
        "DATA", "private data = inject(Data);"
    )
    files = {**PACKAGE, "data.ts": SERVICE.replace("SETUP", "private http = inject(HttpClient);"), "list.ts": source}
    assert [item.kind for item in audited(files).entries] == []


POLLING = """
    import { HttpClient } from '@angular/common/http';
    import { DECORATOR } from 'PACKAGE';
    import { interval, timer } from 'rxjs';
    import { switchMap } from 'rxjs/operators';
    @DECORATOR({ name: 'live' })
    export class Live {
      constructor(private http: HttpClient) { POLL }
      later() { return this.http.get('https://a.test/later'); }
    }
"""
POLLS = {
    "through a pipe": "interval(3000).pipe(switchMap(() => this.http.get('https://a.test/live'))).subscribe();",
    "by a timer": "setInterval(() => this.http.get('https://a.test/live').subscribe(), 3000);",
}


@pytest.mark.parametrize("poll", POLLS)
@pytest.mark.parametrize("decorator", ["Injectable", "NgModule", "Pipe"])
def test_a_service_that_polls_from_its_constructor_does_so_in_the_browser(poll: str, decorator: str) -> None:
    source = POLLING.replace("DECORATOR", decorator).replace("PACKAGE", "@angular/core").replace("POLL", POLLS[poll])
    inventory = audited({**PACKAGE, "live.ts": source})
    assert [(one.kind, one.name, one.origin) for one in inventory.entries] == [("component", "Live", "browser")]
    assert set(called(inventory, "component", "Live")) == {"GET a.test/live"}
    assert [one.ms for trigger in inventory.triggers for one in trigger.intervals] == [3000]


def test_a_service_of_a_server_polls_from_there() -> None:
    source = POLLING.replace("DECORATOR", "Injectable").replace("PACKAGE", "@nestjs/common")
    inventory = audited({**PACKAGE, "live.ts": source.replace("POLL", POLLS["by a timer"])})
    assert {one.origin for one in inventory.entries} == {"server", "worker"}


def test_a_service_that_asks_for_nothing_when_it_is_made_is_no_entry() -> None:
    source = POLLING.replace("DECORATOR", "Injectable").replace("PACKAGE", "@angular/core").replace("POLL", "")
    assert not audited({**PACKAGE, "live.ts": source}).entries


FIELDS = {
    "by its constructor": ("", "constructor(private http: HttpClient) {}"),
    "by itself": ("private http = inject(HttpClient);", ""),
}


@pytest.mark.parametrize("client", FIELDS)
def test_what_a_field_of_a_service_begins_with_is_asked_for_where_somebody_subscribes(client: str) -> None:
    first, last = FIELDS[client]
    source = f"""
        import {{ HttpClient }} from '@angular/common/http';
        import {{ Injectable, inject }} from '@angular/core';
        import {{ timer }} from 'rxjs';
        import {{ retry, shareReplay, switchMap }} from 'rxjs/operators';
        @Injectable({{ providedIn: 'root' }})
        export class Prices {{
          {first}
          prices$ = timer(0, 5000).pipe(switchMap(() => this.http.get('https://a.test/prices')), shareReplay(1));
          markets$ = this.http.get('https://a.test/markets').pipe(retry({{ count: 2, delay: 1000 }}));
          load = () => this.http.get('https://a.test/later');
          {last}
        }}
    """
    inventory = audited({**PACKAGE, "prices.ts": source})
    assert called(inventory, "component", "Prices") == {"GET a.test/markets": (0, 3), "GET a.test/prices": (0, 1)}
    assert [(one.mechanism, one.intervals[0].ms) for one in inventory.triggers] == [("timer", 5000)]
    assert [(one.mechanism, one.max_attempts) for one in inventory.retries] == [("retry", 3)]
    assert [call.path for call in inventory.calls if call.dead] == ["/later"]
