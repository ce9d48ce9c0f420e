"""Functions of Supabase: each folder of `supabase/functions` is served at a path of its own, by the service.

https://supabase.com/docs/guides/functions/quickstart and, for paths below, which a handler sees behind the name of the
function, https://supabase.com/docs/guides/functions/routing. What an app asks of its own origin no function answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.frameworks.model import join_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.frameworks.model import Entry

SERVED = "functions/v1"
_FUNCTION = re.compile(r"(?:^|/)supabase/functions/([^_./][^/]*)/")


def where_served(file: str, routes: Iterable[Entry]) -> Iterator[Entry]:
    """The routes of a server in `file`, at the paths at which they are asked for."""
    found = _FUNCTION.search(file)
    for one in routes:
        if found is None:
            yield one
            continue
        name = found[1]
        below = one.path.split("/")[1:]
        path = join_paths(SERVED, name, *(below[1:] if below[:1] == [name] else below))
        yield replace(one, path=path, name=f"{one.method} {path}")
