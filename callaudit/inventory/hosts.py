"""Which host a request goes to: one without a host goes to the origin of the page, which only browsers have.

https://developer.mozilla.org/en-US/docs/Web/API/RequestInfo: a relative URL is resolved against the page's address. A
server has none: `fetch("/path")` fails there, and an address that is empty in the code is one that is set at run time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Requested, Target
    from callaudit.flow.machine.interpreter import Interpreter

SAME_ORIGIN = "same-origin"
_BELOW = re.compile(r"\}\.[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?$")
"""How a host ends of which only what stands before a known domain varies: `{region}.api.test`."""
NO_ORIGIN = "its address has no host, and a server has no origin: what is set when it runs is not known"


class Hosts:
    """Answers for requests that entries send, once it is told from where."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for the requests of `interpreter`."""
        self._in = interpreter
        self._sides: dict[int, set[bool]] = {}

    def sent(self, requested: Requested, origin: str) -> bool:
        """Note that a request is sent by a browser, a server or a worker; false where it has no address there."""
        host = host_of(requested.target)
        in_browser = origin == "browser"
        if host != SAME_ORIGIN:
            if not host and "" in requested.target.others and not in_browser:
                self._in.gap(requested.site.file, requested.site.line, "address", NO_ORIGIN)
            return True
        self._sides.setdefault(id(requested), set()).add(in_browser)
        if not in_browser:
            self._in.gap(requested.site.file, requested.site.line, "address", NO_ORIGIN)
        return in_browser

    def of(self, requested: Requested) -> str:
        """The host of a request; empty where it is not known."""
        return "" if self.why(requested) else host_of(requested.target)

    def why(self, requested: Requested) -> str:
        """Why the host of a request is not known, where that is for who sends it."""
        return NO_ORIGIN if self._sides.get(id(requested)) == {False} else ""


def host_of(target: Target) -> str:
    """The host of a request; a relative URL goes to the origin that the page came from."""
    if target.host.startswith("{") and not _BELOW.search(target.host):
        return ""
    return target.host or (SAME_ORIGIN if target.path.startswith("/") and not target.unknown else "")
