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
_BY_PLATFORMS = frozenset(
    {
        *("VERCEL_URL", "VERCEL_BRANCH_URL", "VERCEL_PROJECT_PRODUCTION_URL"),
        *("DEPLOY_URL", "DEPLOY_PRIME_URL", "CF_PAGES_URL", "HEROKU_APP_DEFAULT_DOMAIN_NAME"),
        *("RENDER_EXTERNAL_URL", "RENDER_EXTERNAL_HOSTNAME"),
        *("RAILWAY_PUBLIC_DOMAIN", "RAILWAY_PRIVATE_DOMAIN", "RAILWAY_STATIC_URL"),
    }
)
"""What platforms set to the address of the deployment that is running: Vercel
(https://vercel.com/docs/environment-variables/system-environment-variables), Netlify
(https://docs.netlify.com/build/configure-builds/environment-variables/), Cloudflare Pages
(https://developers.cloudflare.com/pages/configuration/build-configuration/), Heroku
(https://devcenter.heroku.com/articles/dyno-metadata), Render (https://render.com/docs/environment-variables) and
Railway (https://docs.railway.com/reference/variables)."""
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
    plain = _BUNDLER.sub("", name.upper())
    if plain in _BY_PLATFORMS:
        return True
    found = set(words(plain))
    named = found & (_OWN | (apps - _ANY if public else apps))
    if found - _OWN - _ANY - apps:
        return False
    return bool(named) or not public


def is_own_placeholder(host: str) -> bool:
    """Whether a host that only the running program knows is the one that it was asked at: an origin, a Host header."""
    found = set(words(host))
    return found == {"HOST"} or ("ORIGIN" in found and found <= _AROUND_ORIGIN)
