"""The provider and endpoint that a profile knows a request by."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Target
    from callaudit.providers.match import Catalogue


def endpoint_of(catalogue: Catalogue, target: Target) -> tuple[str, str]:
    """The provider and the endpoint of a request, as far as a profile knows them."""
    profile = catalogue.provider_of(target.host) if target.host else None
    if profile is None:
        return "", ""
    endpoint = catalogue.endpoint(target.host, target.method, target.path, dict(target.discriminator) or None)
    return profile.provider.id, endpoint.id if endpoint is not None else ""
