"""Pages with one query, and what the inventory says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.projects import audited

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Trigger

ONE = "export const one = (...given: unknown[]) => fetch('https://a.test/one');"


def page(body: str, head: str = "", files: dict[str, str] | None = None, package: str = "") -> Inventory:
    """The inventory of an app whose page runs `body` below the lines of `head`."""
    app = {
        "package.json": package or '{"name": "x", "dependencies": {"next": "15.0.0"}}',
        "lib/one.ts": ONE,
        "app/page.tsx": f"'use client';\nimport {{ one }} from '../lib/one';\n{head}\n"
        f"export default function P({{ given, id }}: any) {{\n{body}\nreturn null; }}",
        **(files or {}),
    }
    return audited(app)


def tanstack(options: str, **more: str) -> Inventory:
    """The inventory of a page that calls `useQuery` with `options`, each on a line of its own."""
    head = f"import {{ useQuery }} from '@tanstack/react-query';\n{more.get('head', '')}"
    return page(f"useQuery({{ queryKey: ['k'], queryFn: () => one(),\n{options} }});", head)


def polls(inventory: Inventory) -> list[Trigger]:
    """The triggers that poll."""
    return [trigger for trigger in inventory.triggers if trigger.kind == "poll"]


def spans(trigger: Trigger) -> list[tuple[float, str]]:
    """The intervals of a trigger with their conditions."""
    return [(interval.ms, interval.when) for interval in trigger.intervals]


def line_of(text: str, part: str) -> int:
    """The 1-based line of `text` that holds `part`."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)
