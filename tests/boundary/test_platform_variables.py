"""What a platform sets to the address of the deployment is the repository's own, what is named alike is not."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited

ROUTE = "export async function GET() { await fetch('https://a.test/one'); return Response.json({}); }"
SPELLINGS = {
    "or the own machine": "const named = process.env.NAME;\n"
    "const base = named ? `https://${named}` : 'http://localhost:3000';\n"
    "export const again = () => fetch(`${base}/api/refresh`);",
    "alone": "export const again = () => fetch('https://' + process.env.NAME + '/api/refresh');",
}


def _files(spelling: str, name: str) -> Files:
    return {
        "package.json": '{"dependencies": {"next": "15.0.0"}}',
        "again.ts": SPELLINGS[spelling].replace("NAME", name),
        "app/api/refresh/route.ts": ROUTE,
        "app/api/state/route.ts": "import { again } from '../../../again';\n"
        "export async function GET() { void again(); return Response.json({}); }",
    }


def _reached(files: Files) -> set[tuple[str, str]]:
    (state,) = (one for one in audited(files).entries if one.name == "GET /api/state")
    return {(reach.host, reach.path) for reach in state.reaches}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("name", ["VERCEL_PROJECT_PRODUCTION_URL", "NEXT_PUBLIC_VERCEL_BRANCH_URL", "CF_PAGES_URL"])
def test_the_address_that_a_platform_sets_is_the_own_one(spelling: str, name: str) -> None:
    assert _reached(_files(spelling, name)) == {("a.test", "/one")}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("name", ["PAGES_URL", "PAYMENTS_PROJECT_PRODUCTION_URL"])
def test_a_name_that_no_platform_sets_is_somebody_elses(spelling: str, name: str) -> None:
    assert _reached(_files(spelling, name)) == {(f"env:{name}", "/api/refresh")}
