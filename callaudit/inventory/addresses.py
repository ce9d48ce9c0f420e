"""What the name of an address says: whether it may be that of the repository's own deployment.

A word that names neither the deployment nor an app of the repository names somebody else, and then no route of the
repository answers, whatever the path is. A name of words that fit every address says nothing by itself.
"""

from __future__ import annotations

import re

_OWN = frozenset(
    {"APP", "SITE", "WEBSITE", "VERCEL", "HOST", "ORIGIN", "BACKEND", "FRONTEND", "SERVER", "INTERNAL", "WEB", "SELF"}
)
"""Words for the repository's own deployment."""
_ANY = frozenset(
    {
        *("URL", "URI", "API", "BASE", "BASEURL", "BASEURI", "ENDPOINT", "ADDRESS", "DOMAIN", "HOSTNAME", "ROOT"),
        *("PUBLIC", "PRIVATE", "PORT", "PATH", "PREFIX", "SERVICE", "GATEWAY", "HTTP", "HTTPS", "REST", "CLIENT"),
        *("DEV", "PROD", "LOCAL", "LOCALHOST", "DEFAULT", "ENV", "CONFIG", "V", "NODE", "MY", "THE"),
    }
)
"""Words that the name of any address may have."""
_AROUND_ORIGIN = frozenset({"ORIGIN", "URL", "LOCATION", "WINDOW", "NEXT", "REQUEST"})
_BUNDLER = re.compile(r"^(NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP|GATSBY|VITE|NEXT|NUXT|PUBLIC)_")
"""What build tools want the names of variables to begin with that browsers see."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def words(name: str) -> list[str]:
    """The words of a name in any spelling, in capitals."""
    return [word.upper() for word in _WORD.findall(name)]


def is_own_variable(name: str, apps: frozenset[str], *, public: bool) -> bool:
    """Whether the address in an environment variable may be the repository's own.

    `apps` are the words of the names of its apps. `public` holds where a public host is the default: then a name that
    says nothing is that host's.
    """
    found = set(words(_BUNDLER.sub("", name.upper())))
    named = found & (_OWN | (apps - _ANY if public else apps))
    if found - _OWN - _ANY - apps:
        return False
    return bool(named) or not public


def is_own_placeholder(host: str) -> bool:
    """Whether a host that only the running program knows is the one that it was asked at: an origin, a Host header."""
    found = set(words(host))
    return found == {"HOST"} or ("ORIGIN" in found and found <= _AROUND_ORIGIN)
