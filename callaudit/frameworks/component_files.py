"""Components that files show by their places: what a page of Nuxt or SvelteKit draws, and what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.frameworks.model import Start, unknown_args

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter


def component_starts(interpreter: Interpreter, path: str, *, maybe: bool = False) -> Iterator[Start]:
    """What shows the component in the file `path` in a browser."""
    exported = interpreter.export(path, "default")
    known = forced(exported) if exported is not None else None
    if isinstance(known, Closure):
        yield Start(known, unknown_args(interpreter, known), origin="browser", maybe=maybe)
