"""What a user does to one of many rows happens once; what the rows do by themselves happens for each."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, Files, audited, called, cases

PACKAGE = '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0", "@mui/material": "6.0.0"}}'
SAVE = "POST a.test/save"
READ = "GET a.test/read"


def _page(rows: str, code: str = "", *, root: str = "") -> Files:
    return {
        "package.json": PACKAGE,
        "app/shop/page.tsx": f"""
            'use client';
            import {{ useEffect }} from 'react';
            import {{ Button }} from '@mui/material';
            const save = () => fetch('https://a.test/save', {{ method: 'POST' }});
            const read = () => fetch('https://a.test/read');
            {root}
            export default function Page({{ items }}: {{ items: string[] }}) {{
                {code}
                return <div>{{{rows}}}</div>;
            }}
        """,
    }


ROW = "function Row({ onPick }: any) { return <button onClick={onPick}>x</button>; }"
OWN = "function Row({ x }: any) { const go = async () => { await save(); }; return <a onClick={go}>x</a>; }"
READS = "function Row({ x }: any) { useEffect(() => { read(); }, []); return <a onClick={() => save()}>x</a>; }"
ONCE: dict[str, Bounds] = {SAVE: (0, 1)}

CASES: dict[str, tuple[Files, dict[str, Bounds]]] = {
    "element": (_page("items.map((x) => <button onClick={() => save()}>x</button>)"), ONCE),
    "named handler": (_page("items.map((x) => <button onClick={save}>x</button>)"), ONCE),
    "form action": (_page("items.map((x) => <form action={save}/>)"), ONCE),
    "component": (_page("items.map((x) => <Row onPick={() => save()} />)", root=ROW), ONCE),
    "handler of the component": (_page("items.map((x) => <Row x={x} />)", root=OWN), ONCE),
    "component of a library": (_page("items.map((x) => <Button onClick={() => save()}>x</Button>)"), ONCE),
    "list inside a list": (
        _page("items.map((x) => items.map((y) => <button onClick={() => save()}>x</button>))"),
        ONCE,
    ),
    "loop": (
        _page("rows", "const rows = []; for (const x of items) { rows.push(<a onClick={() => save()}>x</a>); }"),
        ONCE,
    ),
    "long list that is written down": (
        _page(f"{list('abcdefghijklmnop')}.map((x) => <a onClick={{() => save()}}>x</a>)"),
        ONCE,
    ),
    "attributes as one object": (
        _page("items.map((x) => <a {...given}>x</a>)", "const given = { onClick: () => save(), ref: () => read() };"),
        ONCE,
    ),
    "attributes of a hook": (
        _page("items.map((x) => <a {...usePress()}>x</a>)", root="const usePress = () => ({ onClick: () => save() });"),
        ONCE,
    ),
    "what each row does by itself": (
        _page("items.map((x) => <Row x={x} />)", root=READS),
        {SAVE: (0, 1), READ: (0, None)},
    ),
    "list inside a handler": (
        _page("<button onClick={() => { items.map((x) => save()); }}>x</button>"),
        {SAVE: (0, None)},
    ),
    "no handler": (_page("items.map((x) => { save(); return null; })"), {SAVE: (0, None)}),
    "two buttons": (_page("[<a onClick={() => save()}/>, <b onClick={() => save()}/>]"), {SAVE: (0, 2)}),
}


@pytest.mark.parametrize("name", cases(CASES))
def test_lists(name: str) -> None:
    """A handler in a row is run by a user, once; a page that renders many rows does not run it."""
    files, expected = CASES[name]
    assert called(audited(files), "page", "/shop") == expected


@pytest.mark.parametrize("tag", ["button", "Button", "form"])
def test_handlers_are_triggers(tag: str) -> None:
    """A handler that is handed to a component of a library is an event as that of an element is."""
    attribute = "action" if tag == "form" else "onClick"
    inventory = audited(_page(f"<{tag} {attribute}={{() => save()}}>x</{tag}>"))
    assert [(one.kind, one.mechanism) for one in inventory.triggers] == [("event", attribute)]


def test_render_prop_is_no_event() -> None:
    """What a component of a library renders with is not what a user does."""
    inventory = audited(_page("<Button render={() => { save(); return null; }} />"))
    assert not [one for one in inventory.triggers if one.kind == "event"]


MADE = {
    "of a form": "<form onSubmit={handleSubmit(save)} />",
    "of a form's object": "<form onSubmit={form.handleSubmit(async () => { await save(); })} />",
    "on a component": "<Button onClick={form.handleSubmit(save)}>x</Button>",
}


@pytest.mark.parametrize("name", cases(MADE))
def test_what_a_library_makes_of_a_handler_runs_at_the_event(name: str) -> None:
    root = "import { useForm } from 'react-hook-form';"
    inventory = audited(_page(MADE[name], "const form = useForm();\nconst { handleSubmit } = form;", root=root))
    assert called(inventory, "page", "/shop") == ONCE
    assert [one.kind for one in inventory.triggers] == ["event"]


@pytest.mark.parametrize("event", ["keydown", "visibilitychange"])
def test_listeners_of_what_a_user_does_are_triggers(event: str) -> None:
    code = f"useEffect(() => {{ window.addEventListener('{event}', () => save()); }}, []);"
    inventory = audited(_page("null", code))
    assert called(inventory, "page", "/shop") == ONCE
    assert [one.mechanism for one in inventory.triggers] == (["onKeydown"] if event == "keydown" else [])
