"""Modules that code names by their files, beside its own: `new URL("./poll.ts", import.meta.url)`.

Bundlers and Node load them when they are made a worker: https://webpack.js.org/guides/web-workers,
https://vite.dev/guide/features#web-workers, https://nodejs.org/api/worker_threads.html#new-workerfilename-options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Lit, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.syntax.ir import Expr

MARK = "+"
"""What a reference to such a module begins with."""
MAKERS = frozenset({"Worker", "SharedWorker"})
"""Constructors that load one."""
NAMING = frozenset({"URL", *MAKERS})
"""Constructors that such a path is handed to."""
_HERE = frozenset({"import.meta", "__dirname"})
_ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".mts", ".cjs", ".cts")


def paths_beside(args: tuple[Expr, ...], *, any_ending: bool = False) -> list[str]:
    """The paths of modules, or of anything, in the arguments of a constructor, seen from the file where they stand."""
    nodes = walk(args)
    if not any(type(node) is Name and node.id in _HERE for node in nodes):
        return []
    texts = [node.value for node in nodes if type(node) is Lit and type(node.value) is str]
    named = [text for text in texts if text[:1] != "/" and (any_ending or text.endswith(_ENDINGS))]
    return [text if text[:1] == "." else f"./{text}" for text in named]
