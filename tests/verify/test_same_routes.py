"""Two apps that serve the same path: what a document says of one is not judged by who asks for the other."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from callaudit.audit import audit
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.verify.ground import ground_of

if TYPE_CHECKING:
    from callaudit.verify.ground import Ground

PACKAGE = '{"name": "%s", "dependencies": {"next": "15.0.0", "react": "18.0.0"}}'
POLL = """
'use client';
import { useEffect } from 'react';
const load = () => fetch('/api/things');
export default function Page() {
  useEffect(() => { const timer = setInterval(() => load(), 5000); return () => clearInterval(timer); }, []);
  return null;
}
"""
ONCE = "'use client';\nexport default function Page() { return <i onClick={() => fetch('/api/things')}/>; }\n"
ROUTE = "export async function GET() { return Response.json(await fetch('https://api.example.com/things')); }\n"


def ground(files: dict[str, str]) -> Ground:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return ground_of(root, audit(root).inventory, Catalogue(builtin_profiles()))


def test_a_poll_belongs_to_the_route_of_its_own_app() -> None:
    files = {"package.json": '{"workspaces": ["apps/*"]}'}
    for name, page in (("one", POLL), ("two", ONCE)):
        files[f"apps/{name}/package.json"] = PACKAGE % name
        files[f"apps/{name}/app/page.tsx"] = page
        files[f"apps/{name}/app/api/things/route.ts"] = ROUTE
    known = ground(files)
    polled = {route.app: known.triggers_of_route(route) for route in known.routes("GET", "/api/things")}
    assert sorted(polled) == ["apps/one", "apps/two"]
    assert [one.mechanism for one in polled["apps/one"]] == ["setInterval"]
    assert polled["apps/two"] == []
