"""The SDKs that provider profiles name, as tables of libraries: what flow reads knows nothing of providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.libraries.model import Fixed, Library, Model, Operation, Part
from callaudit.libraries.sdks import OTHERS
from callaudit.providers.sdkcalls import calls_by_method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.providers.model import Profile, SdkCall
    from callaudit.providers.sdk import Package


def sdk_libraries(profiles: Iterable[Profile]) -> tuple[Library, ...]:
    """A table for each package for JavaScript that a profile names; an earlier profile comes first."""
    return tuple(
        _library(profile, package)
        for profile in profiles
        for package in profile.recognise.packages
        if "npm" in package.registries
    )


def _library(profile: Profile, package: Package) -> Library:
    origin = next((host.url for host in profile.hosts if host.kind == "rest"), "")
    exports: dict[str, Model] = {}
    clients: dict[str, dict[str, Model]] = {"": {}}
    for method, calls in calls_by_method(profile, package).items():
        *owners, name = method.split(".")
        kind = ""
        for owner in owners:
            inside = f"{kind}.{owner}" if kind else owner
            clients.setdefault(kind, {}).setdefault(owner, Part(inside))
            kind = inside
        clients.setdefault(kind, {})[name] = Operation(tuple(_fixed(origin, call) for call in calls))
    for name, model in clients[""].items():
        if isinstance(model, Operation) and name in clients:  # a class whose constructor calls
            exports[name] = Operation(model.requests, makes=name)
    return Library(
        name=package.name,
        packages=package.imports or (package.name,),
        exports=exports,
        clients={**clients, "?": clients[""], OTHERS: {}},
        network=True,
        sdk=profile.provider.name,
        selector=package.selector,
    )


def _fixed(origin: str, call: SdkCall) -> Fixed:
    """Requests to an endpoint of the provider's first host, where an SDK asks unless it is told otherwise."""
    endpoint = call.endpoint
    discriminator = tuple(sorted(endpoint.discriminator.items()))
    return Fixed(endpoint.method, origin + endpoint.path, discriminator, call.min, call.max, call.when)
