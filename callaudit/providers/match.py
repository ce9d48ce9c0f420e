"""Finds the provider, the endpoint and the SDK method that a call means, and never guesses one."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from callaudit.providers.nearest import nearest
from callaudit.providers.paths import PathTable, fits, segments
from callaudit.providers.sdkcalls import SdkTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callaudit.providers.model import Endpoint, Host, NotEndpoints, Profile, SdkCall

_PORT = re.compile(r":\d*$")


class Catalogue:
    """What is known of all providers. Where two profiles claim the same, the earlier one wins."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Index the profiles: a user's own first, then the built-in ones."""
        self.profiles: dict[str, Profile] = {}
        for profile in profiles:
            self.profiles.setdefault(profile.provider.id, profile)
        self._hosts: dict[str, tuple[Profile, Host]] = {}
        for profile in self.profiles.values():
            for host in profile.hosts:
                self._hosts.setdefault(host.host, (profile, host))
        self._paths = {name: PathTable(profile.endpoints) for name, profile in self.profiles.items()}
        self._discriminators = {
            name: frozenset(field for endpoint in profile.endpoints for field in endpoint.discriminator)
            for name, profile in self.profiles.items()
        }

    def provider_of(self, host: str) -> Profile | None:
        """Return the provider of a host name, which may be in any case and have a port."""
        found = self._find_host(host)
        return found[0] if found else None

    def host_of(self, host: str) -> Host | None:
        """Return the profile's entry for a host name: its environment, kind and path prefix."""
        found = self._find_host(host)
        return found[1] if found else None

    def discriminators(self, host: str) -> frozenset[str]:
        """Return the fields of requests to a host that tell operations of one URL apart; dots lead into nested ones."""
        found = self._find_host(host)
        return self._discriminators[found[0].provider.id] if found else frozenset()

    def endpoint(
        self, host: str, method: str, path: str, discriminator: Mapping[str, str] | None = None
    ) -> Endpoint | None:
        """Return the endpoint of a request, or None where the host, or what it means there, is not known.

        Variable parts of the path are written `{name}`. `discriminator` holds the fields of the request
        that are known; dots lead into nested ones (`action.type`).
        """
        found = self._find_host(host)
        if found is None:
            return None
        return self._paths[found[0].provider.id].find(method, segments(path), discriminator)

    def nearest_endpoint(self, host: str, method: str, path: str) -> str | None:
        """Return the id of the endpoint that an unknown path of a known host may have meant."""
        profile = self.provider_of(host)
        if profile is None:
            return None
        known_wrong = self.not_endpoint(host, path)
        if known_wrong and known_wrong.instead:
            return known_wrong.instead
        return nearest(profile.endpoints, {h.path_prefix for h in profile.hosts}, method, path)

    def not_endpoint(self, host: str, path: str) -> NotEndpoints | None:
        """Return why a path is known to be no endpoint, where the profile says so."""
        profile = self.provider_of(host)
        given = segments(path)
        for entry in profile.not_endpoints if profile else ():
            if any(fits(segments(template), given) for template in entry.paths):
                return entry
        return None

    @cached_property
    def _sdk(self) -> SdkTable:
        return SdkTable(self.profiles.values())

    def sdk_call(self, package: str, member: tuple[str, ...]) -> tuple[SdkCall, ...] | None:
        """Return the requests behind a call of a client library.

        `package` is the module that code imports, `member` the names that lead from it to the method, calls
        and `new` left out: `("pacifica", "fetchTickers")` for `new ccxt.pacifica().fetchTickers()`.
        Returns `()` for a call that is known to request nothing, None for one that is not known.
        """
        return self._sdk.find(package, member)

    def _find_host(self, host: str) -> tuple[Profile, Host] | None:
        name = _PORT.sub("", host.lower()).rstrip(".")
        found = self._hosts.get(name)
        while found is None and name:
            _, _, name = name.partition(".")
            # The longest glob is tried first: `*.eu.example.com` before `*.example.com`.
            found = self._hosts.get(f"*.{name}")
        return found
