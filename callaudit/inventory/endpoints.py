"""What a request asks: the host that it goes to, and the provider and endpoint that a profile knows it by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.effects import Target
    from callaudit.providers.match import Catalogue


def host_of(target: Target) -> str:
    """The host of a request; a relative URL goes to the origin that the page came from."""
    if target.host.startswith("{"):
        return ""
    return target.host or ("same-origin" if target.path.startswith("/") and not target.unknown else "")


def endpoint_of(catalogue: Catalogue, target: Target) -> tuple[str, str]:
    """The provider and the endpoint of a request, as far as a profile knows them."""
    profile = catalogue.provider_of(target.host) if target.host else None
    if profile is None:
        return "", ""
    endpoint = catalogue.endpoint(target.host, target.method, target.path, dict(target.discriminator) or None)
    return profile.provider.id, endpoint.id if endpoint is not None else ""
