"""Two apps of a repository that serve the same path: each route is its own, with those who ask for it."""

from __future__ import annotations

from callaudit.load.arrivals import arrivals
from callaudit.load.ranges import exactly
from callaudit.load.scenario import Action
from tests.load.models import project, scenario
from tests.projects import audited, entry

PACKAGE = '{"name": "%s", "dependencies": {"next": "15.0.0", "react": "18.0.0", "@tanstack/react-query": "5.0.0"}}'
PAGE = """
    'use client';
    import {{ useMutation, useQuery, useQueryClient }} from '@tanstack/react-query';
    function use{title}() {{
      const client = useQueryClient();
      return useMutation({{
        mutationFn: () => fetch('/api/things', {{ method: 'POST' }}),
        onSuccess: () => client.invalidateQueries({{ queryKey: ['{name}'] }}),
      }});
    }}
    export default function Page() {{
      useQuery({{ queryKey: ['{name}'], queryFn: () => fetch('https://api.example.com/{name}') }});
      use{title}();
      return null;
    }}
"""
ROUTE = """
    export async function POST() {{
      return Response.json(await fetch('https://api.example.com/{name}/create', {{ method: 'POST' }}));
    }}
"""


def apps(*names: str) -> dict[str, str]:
    files = {"package.json": '{"workspaces": ["apps/*"]}'}
    for name in names:
        files[f"apps/{name}/package.json"] = PACKAGE % name
        files[f"apps/{name}/app/page.tsx"] = PAGE.format(name=name, title=name.title())
        files[f"apps/{name}/app/api/things/route.ts"] = ROUTE.format(name=name)
    return files


def test_a_reach_says_which_of_them_it_crosses() -> None:
    inventory = audited(apps("one", "two"))
    for name in ("one", "two"):
        hook = entry(inventory, f"use{name.title()}")
        assert [one.routes for one in hook.reaches] == [(("POST /api/things", f"apps/{name}/app/api/things/route.ts"),)]


def test_each_route_is_followed_by_what_its_own_callers_ask_again() -> None:
    streams = project(apps("one", "two")).streams
    again = {(one.action, one.path) for one in streams if one.kind == "refetch" and "POST" in one.action}
    sent = {(one.action, one.path) for one in streams if one.kind == "action" and "POST" in one.action}
    names = {path.split("/")[1]: action for action, path in sent}
    assert sorted(names) == ["one", "two"]
    assert again == {(names["one"], "/one"), (names["two"], "/two")}


def test_a_route_alone_is_followed_by_all_who_ask_for_it() -> None:
    streams = project(apps("one")).streams
    assert {(one.action, one.path) for one in streams if one.kind == "refetch" and "POST" in one.action} == {
        ("POST /api/things", "/one")
    }


def test_a_load_test_asks_for_the_path_of_either() -> None:
    model = project(apps("one", "two"))
    names = sorted({one.action for one in model.streams if one.action.startswith("POST")})
    assert len(names) == 2
    acts = tuple(Action(name, exactly(1)) for name in names)
    paths = {one.path for one in arrivals(model, scenario(actions=acts)).arrivals if one.method == "POST"}
    assert paths == {"/api/things"}
