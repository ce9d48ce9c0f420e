"""Functions that draw parts of a component: handlers inside them are run by whoever uses the page."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, Files, audited, called, cases

PACKAGE = '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0", "antd": "5.0.0", "swr": "2.0.0"}}'
TABLE = """
import { createContext, useContext, useState } from 'react';
export function Table({ columns, rows }: any) {
    const cell = (c: any, row: any) => <td>{c.render ? c.render(row) : row[c.key]}</td>;
    return <table>{rows.map((row: any) => <tr>{columns.map((c: any) => cell(c, row))}</tr>)}</table>;
}
export function Grid(props: any) {
    const cells = [];
    for (const column of props.columns) { cells.push(column.render(props.rows)); }
    return <div>{cells}</div>;
}
export function Menu({ config }: any) {
    return <ul>{config.groups.map((g: any) => g.items.map((i: any) => <li onClick={i.run}>{i.icon}</li>))}</ul>;
}
export function Kept({ columns }: any) {
    const [shown] = useState(columns);
    return <table>{shown.map((c: any) => c.render())}</table>;
}
export function Quiet({ columns, api }: any) { return <p>{columns.length}</p>; }
"""
OTHER = """
export const withSave = (save: (u: string) => void) => [
    { key: 'name' },
    { key: 'actions', render: (u: any) => <button onClick={() => save(u)}>x</button> },
];
"""


def _page(shown: str, code: str = "") -> Files:
    return {
        "package.json": PACKAGE,
        "app/table.tsx": TABLE,
        "app/columns.tsx": OTHER,
        "app/shop/page.tsx": f"""
            'use client';
            import {{ createContext, useMemo }} from 'react';
            import {{ Table as Ant, Dropdown }} from 'antd';
            import {{ SWRConfig }} from 'swr';
            import {{ Table, Grid, Menu, Kept, Quiet }} from '../table';
            import {{ withSave }} from '../columns';
            function Cell({{ go }}: any) {{ return <b onClick={{go}}/>; }}
            const Context = createContext<any>(null);
            export default function Page({{ items }}: any) {{
                const save = async (u: string) => {{ await fetch('https://a.test/save', {{ method: 'POST' }}); }};
                {code}
                return {shown};
            }}
        """,
    }


SAVE: dict[str, Bounds] = {"POST a.test/save": (0, 1)}
RENDER = "{ key: 'a', render: (u: any) => <select onChange={() => save(u)} /> }"
MANY = ", ".join(["{ key: 'x' }"] * 14)

CASES: dict[str, tuple[Files, dict[str, Bounds]]] = {
    "written in place": (_page(f"<Table columns={{[{RENDER}]}} rows={{items}} />"), SAVE),
    "a constant": (_page("<Table columns={columns} rows={items} />", f"const columns = [{RENDER}];"), SAVE),
    "remembered": (
        _page("<Table columns={columns} rows={items} />", f"const columns = useMemo(() => [{RENDER}], []);"),
        SAVE,
    ),
    "made elsewhere": (_page("<Table columns={withSave(save)} rows={items} />"), SAVE),
    "method": (
        _page("<Table columns={[{ render(u: any) { return <b onClick={() => save(u)}/>; } }]} rows={items} />"),
        SAVE,
    ),
    "the handler by its name": (
        _page("<Table columns={[{ render: () => <b onClick={save}/> }]} rows={items} />"),
        SAVE,
    ),
    "a component in it": (_page("<Table columns={[{ render: () => <Cell go={save}/> }]} rows={items} />"), SAVE),
    "loop": (_page(f"<Grid columns={{[{RENDER}]}} rows={{items}} />"), SAVE),
    "many columns": (_page(f"<Table columns={{[{MANY}, {RENDER}]}} rows={{items}} />"), SAVE),
    "groups of items": (
        _page("<Menu config={{ groups: [{ items: [{ icon: 'x', run: () => save('a') }] }] }} />"),
        SAVE,
    ),
    "kept in a state": (_page(f"<Kept columns={{[{RENDER}]}} />"), SAVE),
    "library": (_page(f"<Ant columns={{[{RENDER}]}} dataSource={{items}} />"), SAVE),
    "library, constant": (_page("<Ant columns={columns} />", f"const columns = [{RENDER}];"), SAVE),
    "library, event in an object": (
        _page("<Dropdown menu={{ items: [{ key: 'a', onClick: () => save('a') }] }} />"),
        SAVE,
    ),
    "nothing that is drawn": (_page("<Quiet columns={[]} api={{ save: () => save('a') }} />"), {}),
    "a context": (_page("<Context.Provider value={{ save: () => save('a') }}>x</Context.Provider>"), {}),
    "a context by its name": (_page("<Context value={{ save: () => save('a') }}>x</Context>"), {}),
    "settings of a library that is known": (
        _page("<SWRConfig value={{ fetcher: (url: string) => fetch(url) }}>x</SWRConfig>"),
        {},
    ),
    "no request": (
        _page("<Table columns={[{ render: (u: any) => <b onClick={() => alert(u)}/> }]} rows={items} />"),
        {},
    ),
}


@pytest.mark.parametrize("name", cases(CASES))
def test_columns(name: str) -> None:
    """What a user does in a part that is drawn by a function is an action of the page."""
    files, expected = CASES[name]
    inventory = audited(files)
    assert called(inventory, "page", "/shop") == expected
    if expected:
        assert [one.kind for one in inventory.triggers] == ["event"]
        assert not any(call.dead for call in inventory.calls)
