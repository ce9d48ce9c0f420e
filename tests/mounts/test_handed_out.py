"""Functions that a hook hands out are user actions of the hook."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, entry

HEAD = 'import { useCallback, useEffect, useState } from "react";\n'
RETURNED = {
    "an object": "return { create };",
    "renamed": "return { state: 1, make: create };",
    "an array": "return [1, create] as const;",
    "the function": "return create;",
    "nested": "return { actions: { create } };",
    "in place": 'return { create: () => fetch("https://api.example.com/create", { method: "POST" }) };',
}
CREATE = """
    const create = useCallback(async () => { await fetch("https://api.example.com/create", { method: "POST" }); }, []);
    """
POST = "POST api.example.com/create"


@pytest.mark.parametrize("name", RETURNED)
def test_what_is_handed_out_counts(name: str) -> None:
    inventory = audited({"useThing.ts": f"{HEAD}export function useThing() {{ {CREATE} {RETURNED[name]} }}"})
    assert called(inventory, "hook", "useThing") == {POST: (0, 1)}
    (trigger,) = inventory.triggers
    assert (trigger.kind, trigger.entry, trigger.reaches_upstream) == ("event", "useThing", True)


NOT_RETURNED = {
    "kept": "return { ready: true };",
    "its name": 'return { create: "create" };',
    "another": "return { other: () => console.log(1) };",
}


@pytest.mark.parametrize("name", NOT_RETURNED)
def test_what_is_not_handed_out_does_not(name: str) -> None:
    effect = 'useEffect(() => { fetch("https://api.example.com/list"); }, []);'
    source = f"{HEAD}export function useThing() {{ {effect} {CREATE} {NOT_RETURNED[name]} }}"
    assert called(audited({"useThing.ts": source}), "hook", "useThing") == {"GET api.example.com/list": (1, 1)}


REFETCH = {
    "the function of the effect": "return { refetch: load };",
    "another that calls it": "const again = () => load(); return { again };",
    "the next page": "const more = (p: number) => fetch(`https://api.example.com/list?page=${p}`); return { more };",
}


@pytest.mark.parametrize("name", REFETCH)
def test_what_the_mount_loads_is_loaded_again_without_being_counted(name: str) -> None:
    source = f"""
        {HEAD}
        export function useThing() {{
          const load = useCallback(async () => {{ await fetch("https://api.example.com/list"); }}, []);
          useEffect(() => {{ load(); }}, [load]);
          {REFETCH[name]}
        }}
        """
    inventory = audited({"useThing.ts": source})
    assert called(inventory, "hook", "useThing") == {"GET api.example.com/list": (1, 1)}
    assert [one.kind for one in inventory.triggers if one.reaches_upstream][:1] == ["event"]


def test_a_write_and_the_refetch_that_it_causes() -> None:
    source = f"""
        {HEAD}
        export function useThing() {{
          const load = useCallback(async () => {{ await fetch("https://api.example.com/list"); }}, []);
          useEffect(() => {{ load(); }}, [load]);
          const create = async () => {{
            await fetch("https://api.example.com/create", {{ method: "POST" }});
            await load();
          }};
          return {{ create }};
        }}
        """
    inventory = audited({"useThing.ts": source})
    assert called(inventory, "hook", "useThing") == {"GET api.example.com/list": (1, 1), POST: (0, 1)}
    assert {one.mechanism for one in inventory.triggers} == {"create()", "refetch"}


PAGE = {
    "package.json": '{"dependencies": {"next": "15", "react": "19"}}',
    "hooks/useThing.ts": f"{HEAD}export function useThing() {{ {CREATE} return {{ create }}; }}",
}


def test_a_page_has_what_it_calls_once() -> None:
    page = """
        "use client";
        import { useThing } from "../hooks/useThing";
        export default function Page() {
          const { create } = useThing();
          return <button onClick={() => create()}>make</button>;
        }
        """
    inventory = audited({**PAGE, "app/page.tsx": page})
    assert called(inventory, "page", "/") == {POST: (0, 1)}
    assert entry(inventory, "useThing").mounted_on == ("/",)


def test_a_page_that_does_not_call_it_does_not_have_it() -> None:
    page = """
        "use client";
        import { useThing } from "../hooks/useThing";
        export default function Page() { useThing(); return <p />; }
        """
    inventory = audited({**PAGE, "app/page.tsx": page})
    assert called(inventory, "page", "/") == {}
    assert called(inventory, "hook", "useThing") == {POST: (0, 1)}
