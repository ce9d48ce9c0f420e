"""Types that modules write alike and that mean the same are one: what is handed on is told apart by nothing else."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from callaudit.flow.machine import activation
from tests.projects import audited as audited_once
from tests.projects import called, cases

MANY = 5
SHARED = "export async function load(told: any) { await fetch('https://a.test/x'); }\n"
APP = "import express from 'express';\nexport const app = express();\napp.listen(80);\n"
HANDLER = """
    {imported}
    import {{ app }} from './app';
    import {{ load }} from './shared';
    function go(told: {type}) {{ return load(told); }}
    app.get('/{number}', (req, res) => go(JSON.parse(req.body)));
"""
ALIKE = {
    "of a package": ("import type { Request } from 'express';", "Request"),
    "of a package, renamed": ("import type { Request as Asked } from 'express';", "Asked"),
    "of a module": ("import type { Asked } from './types';", "Asked"),
    "of a module, through another": ("import { Asked } from './index';", "Asked"),
    "in a list": ("import { Asked } from './types';", "Asked[] | undefined"),
    "of the platform": ("", "Request"),
}
APART = {
    "declared by each": ("interface Asked { url: string }", "Asked"),
    "of what each declares": ("const asked = { url: '/' };", "typeof asked"),
    "imported from what is missing": ("import type { Asked } from './missing';", "Asked"),
}
TYPES = {
    "types.ts": "export interface Asked { url: string }\n",
    "index.ts": "export * from './types';\n",
}


def contexts(monkeypatch: pytest.MonkeyPatch, imported: str, type_: str) -> int:
    """In how many contexts `load` is run that each of several modules calls."""
    runs: Counter[str] = Counter()
    run = activation._run  # noqa: SLF001 - what is counted

    def counted(interpreter: Any, closure: Any, *args: Any, **named: Any) -> Any:
        runs[interpreter.function(closure.module, closure.index).name] += 1
        return run(interpreter, closure, *args, **named)

    monkeypatch.setattr(activation, "_run", counted)
    handlers = {f"h{number}.ts": HANDLER.format(imported=imported, type=type_, number=number) for number in range(MANY)}
    main = "".join(f"import './h{number}';\n" for number in range(MANY))
    inventory = audited_once({"main.ts": main, "app.ts": APP, "shared.ts": SHARED, **TYPES, **handlers})
    for number in range(MANY):
        assert called(inventory, "route", f"GET /{number}") == {"GET a.test/x": (1, 1)}
    return runs["load"]


@pytest.mark.parametrize("name", cases(ALIKE))
def test_what_is_of_one_type_in_many_modules_is_no_context_of_each(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert contexts(monkeypatch, *ALIKE[name]) == 1


@pytest.mark.parametrize("name", cases(APART))
def test_types_that_are_only_written_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert contexts(monkeypatch, *APART[name]) == MANY


def test_a_type_leads_to_what_its_own_module_means_by_it() -> None:
    client = "export class Client {{ ask() {{ return fetch('https://{host}.test/x'); }} }}\n"
    handler = """
        import {{ Client }} from './{host}';
        import {{ app }} from './app';
        app.get('/{host}', (req, res) => [1].forEach(() => ask(JSON.parse(req.body))));
        function ask(client: Client) {{ return client.ask(); }}
    """
    files = {f"{host}.ts": client.format(host=host) for host in "bc"}
    files |= {f"h{host}.ts": handler.format(host=host) for host in "bc"}
    inventory = audited_once({"main.ts": "import './hb'; import './hc';\n", "app.ts": APP, **files})
    for host in "bc":
        assert called(inventory, "route", f"GET /{host}") == {f"GET {host}.test/x": (1, 1)}
