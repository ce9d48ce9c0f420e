"""A profile as it is written: like the records, but endpoints stand in blocks that share what they can."""

from __future__ import annotations

from msgspec import Struct

from callaudit.providers.model import (
    Access,
    Effect,
    Endpoint,
    EndpointFacts,
    EndpointId,
    Id,
    Profile,
    ProfileFacts,
    Scope,
)


class Block(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Endpoints of one group that share access, effect, scope and, unless they say otherwise, cost class.

    The key of an endpoint is its id: `METHOD /path`, and a third word where one URL has several operations.
    """

    group: Id
    access: Access
    effect: Effect
    scope: Scope
    cost: Id
    endpoints: dict[EndpointId, EndpointFacts]


class ProfileDocument(ProfileFacts, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider profile: who a provider is, its endpoints, what calls cost and which quota pays for them."""

    endpoints: tuple[Block, ...]


def assemble(document: ProfileDocument) -> Profile:
    """Turn a checked document into the profile: blocks into single endpoints."""
    endpoints = tuple(
        _endpoint(block, endpoint_id, facts)
        for block in document.endpoints
        for endpoint_id, facts in block.endpoints.items()
    )
    fields = {name: getattr(document, name) for name in ProfileFacts.__struct_fields__}
    return Profile(**fields, endpoints=endpoints)


def _endpoint(block: Block, endpoint_id: str, facts: EndpointFacts) -> Endpoint:
    method, path = endpoint_id.split(" ")[:2]
    fields = {name: getattr(facts, name) for name in EndpointFacts.__struct_fields__}
    fields["cost"] = facts.cost or block.cost
    return Endpoint(
        **fields,
        id=endpoint_id,
        method=method,
        path=path,
        group=block.group,
        access=block.access,
        effect=block.effect,
        scope=block.scope,
    )
