"""What an unknown library makes of a handler is that handler: it runs for a request, not when its module is loaded."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases

ASK = "await fetch('https://a.test/one');"
ASKED = {"GET a.test/one": (1, 1)}
MANIFEST = '{"dependencies": {"next": "14.0.0", "express": "4", "some-wrapper": "1"}}'
WRAP = "import { wrap } from 'some-wrapper';\n"
EXPRESS = f"import express from 'express';\n{WRAP}const app = express();\n"
HANDLER = f"async (req, res) => {{ {ASK} res.json({{}}); }}"
SERVED: dict[str, tuple[str, str, str]] = {
    "a file of pages": ("pages/api/x.ts", f"{WRAP}const handler = {HANDLER};\nexport default wrap(handler);", "ANY /api/x"),
    "a route handler": ("app/api/x/route.ts", f"{WRAP}export const GET = wrap({HANDLER});", "GET /api/x"),
    "a router": ("server.ts", f"{EXPRESS}app.get('/x', wrap({HANDLER}));\napp.listen(3000);", "GET /x"),
    "a router, by a name": ("server.ts", f"{EXPRESS}const handler = {HANDLER};\napp.get('/x', wrap(handler));\napp.listen(3000);", "GET /x"),
}  # fmt: skip


def audit_of(file: str, code: str) -> Files:
    return {"package.json": MANIFEST, file: code}


@pytest.mark.parametrize("name", cases(SERVED))
def test_a_handler_that_a_library_wraps_is_no_script(name: str) -> None:
    file, code, route = SERVED[name]
    inventory = audited(audit_of(file, code))
    assert called(inventory, "route", route) == ASKED
    assert not [one for one in inventory.entries if one.kind == "script"]


def test_what_the_module_sends_itself_is_its_own() -> None:
    file, code, route = SERVED["a router"]
    inventory = audited(audit_of(file, code + "\nfetch('https://b.test/two');"))
    assert called(inventory, "route", route) == ASKED
    assert called(inventory, "script", file)["GET b.test/two"] == (1, 1)


def test_a_function_that_is_no_handler_may_be_called_at_once() -> None:
    inventory = audited(audit_of("main.ts", f"{WRAP}wrap({HANDLER});"))
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (0, 1)}
