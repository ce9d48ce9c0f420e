"""Names that say what a package of which nothing is known may do: `new TapClient()`, `executeRequest({ url })`.

Nothing is followed for a name. It only tells which packages deserve a word, where silence would look like no requests.
"""

from __future__ import annotations

import re

from callaudit.libraries.keepers import keeps
from callaudit.libraries.registry import libraries, sdks_of
from callaudit.libraries.unfollowed import unfollowed

_FUNCTION = re.compile(
    r"^(?:(?:\w+and)?(?:execute|make|send|perform|call|do)\w*(?:request|api|rpc)s?|(?:cached|retry)?(?:fetch|request))$",
    re.IGNORECASE,
)
_CLASS = re.compile(r"^[A-Z]\w*(?:Client|Api|API|Sdk|SDK|Rpc|RPC)$")
_OF_STORES = re.compile(
    r"redis|prisma|mongo|postgres|sql|dynamo|elastic|kafka|mqtt|amqp|nats|query|cache|mock|test", re.IGNORECASE
)


def may_send(package: str, name: str) -> bool:
    """Whether the export `name` of a package sounds like a client of the network, and no table says what it is."""
    if not (_CLASS.match(name) or (name[:1].islower() and _FUNCTION.match(name))) or _OF_STORES.search(name):
        return False
    said = package in libraries() or bool(sdks_of(package)) or keeps(package, ()) or bool(unfollowed(package)[0])
    return not said and not package.startswith("node:")
