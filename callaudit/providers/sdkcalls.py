"""Finds the requests behind a method call of a client library."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.providers.model import SdkCall
from callaudit.providers.sdk import Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.providers.model import Profile
    from callaudit.providers.sdk import Package

_WORD = re.compile(r"[A-Za-z0-9]+")


class SdkTable:
    """The client libraries of all providers, by the module that code imports."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """List the libraries; their methods are indexed when one is first asked for."""
        self._packages: dict[str, list[tuple[Profile, Package]]] = {}
        for profile in profiles:
            for package in profile.recognise.packages:
                for module in package.imports or (package.name,):
                    self._packages.setdefault(module, []).append((profile, package))
        self._indexed: dict[tuple[str, str], _Methods] = {}

    def find(self, module: str, member: tuple[str, ...]) -> tuple[SdkCall, ...] | None:
        """Return what the call requests; `()` for one that requests nothing, None for an unknown one."""
        for profile, package in chain.from_iterable(self._packages.get(m, ()) for m in _modules(module)):
            rest = member
            if package.selector:
                if package.selector not in member:
                    continue
                rest = member[member.index(package.selector) + 1 :]
                if not rest:
                    return ()
            key = (profile.provider.id, package.name)
            methods = self._indexed.get(key)
            if methods is None:
                methods = self._indexed[key] = _Methods(profile, package)
            calls = methods.find(rest)
            if calls is not None:
                return calls
        return None


def calls_by_method(profile: Profile, package: Package) -> dict[str, tuple[SdkCall, ...]]:
    """Return what each method of a library requests, by its dotted member path."""
    endpoints = {endpoint.id: endpoint for endpoint in profile.endpoints}
    found: dict[str, tuple[SdkCall, ...]] = {}
    for method, uses in _uses(profile, package):
        first = (replace(u, min=0) for u in package.first_use if not _has(uses, u.endpoint))
        found[method] = tuple(
            SdkCall(
                provider=profile.provider.id,
                endpoint=endpoints[use.endpoint],
                min=use.min,
                max=use.max,
                when=use.when,
            )
            for use in (*uses, *first)
        )
    return found


class _Methods:
    """The methods of one library."""

    def __init__(self, profile: Profile, package: Package) -> None:
        self._python = "pypi" in package.registries
        self._namespaces: set[str] = set()
        self._calls = calls_by_method(profile, package)
        for method, calls in tuple(self._calls.items()):
            self._namespaces.update(method.split(".")[:-1])
            if self._python:
                self._calls.setdefault(_folded(method), calls)

    def find(self, member: tuple[str, ...]) -> tuple[SdkCall, ...] | None:
        for start in range(len(member)):
            name = ".".join(member[start:])
            calls = self._calls.get(name)
            if calls is None and self._python:
                calls = self._calls.get(_folded(name))
            if calls is not None:
                # `native.spot.getPositions` is not the `getPositions` that stands on the client itself.
                return None if self._namespaces.intersection(member[:start]) else calls
        return None


def _uses(profile: Profile, package: Package) -> Iterator[tuple[str, tuple[Use, ...]]]:
    for method in package.streams:
        yield method, ()
    if package.naming == "ccxt":
        yield from _ccxt_names(profile, package)
    for method in package.methods:
        yield method, package.uses(method)


def _ccxt_names(profile: Profile, package: Package) -> Iterator[tuple[str, tuple[Use, ...]]]:
    """Yield the methods that ccxt generates: `GET info/prices` becomes `publicGetInfoPrices`."""
    prefix = profile.hosts[0].path_prefix
    cited = set(package.sources.split())
    for endpoint in profile.endpoints:
        if cited.intersection(endpoint.sources.split()):
            words = _WORD.findall(endpoint.path.removeprefix(prefix))
            side = "private" if endpoint.access == "signed" else "public"
            name = "".join(word[:1].upper() + word[1:] for word in words)
            yield f"{side}{endpoint.method.capitalize()}{name}", (Use(endpoint=endpoint.id),)


def _has(uses: tuple[Use, ...], endpoint: str) -> bool:
    return any(use.endpoint == endpoint for use in uses)


def _folded(name: str) -> str:
    """Fold `fetch_ohlcv` and `fetchOHLCV`, the same method in two languages, to one word."""
    return name.replace("_", "").lower()


def _modules(module: str) -> Iterator[str]:
    """Yield the module, then the package it belongs to: `@a/b/c` in `@a/b`, `ccxt.pro` in `ccxt`."""
    yield module
    parts = module.split("/")
    root = "/".join(parts[:2] if module.startswith("@") else parts[:1])
    if root != module:
        yield root
    top = module.partition(".")[0]
    if top not in (module, root):
        yield top
