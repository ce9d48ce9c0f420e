"""What a provider profile says, as the records that matching, rules and the load estimate read.

Units are in the names (`_s` is seconds). Unknown is `None` where the field says so, never a missing number.
`sources` cite `Profile.sources` by id, or by id and page below its address, separated by blanks.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from callaudit.providers.limits import Bucket, Citations, Cost, CostClass, Header, OnExceed
from callaudit.providers.sdk import Package
from callaudit.providers.websocket import WebSocket

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=64)]
EndpointId = Annotated[str, Meta(pattern=r"^[A-Z]+ /\S*( \S+)?$", max_length=200)]
Seconds = Annotated[float, Meta(ge=0)]

Access = Literal["public", "keyed", "signed"]
Effect = Literal["read", "write"]
Scope = Literal["shared", "account", "object"]


class Provider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who it is, and the day (YYYY-MM-DD) on which the profile's facts were read."""

    id: Id
    name: str
    retrieved: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a value comes from; `url` is None for what has no public address."""

    url: str | None
    note: str = ""


class Host(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A host of the provider, whose name in `url` may be a `*.` glob for any subdomain.

    `path_prefix` is what base URLs often already hold (`/api/v1`); endpoint paths include it.
    """

    id: Id
    env: Literal["mainnet", "testnet", "production", "sandbox"]
    kind: Literal["rest", "ws"]
    url: Annotated[str, Meta(pattern=r"^(https?|wss?)://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?$", max_length=300)]
    path_prefix: Annotated[str, Meta(pattern=r"^(/[^/\s]+)*$")] = ""
    sources: Citations = ""

    @property
    def host(self) -> str:
        """The name or glob that a call's host is compared with."""
        return self.url.partition("://")[2].partition("/")[0]


class Recognise(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What else in code points at the provider, beside its hosts.

    `env_vars` hold base URLs, `secret_env_vars` credentials that must not reach a browser.
    """

    env_vars: tuple[str, ...] = ()
    secret_env_vars: tuple[str, ...] = ()
    key_headers: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()


class When(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a call must have to fall into a context; empty fields ask nothing.

    `header` is a request header's name, `host` a host's id, `access` the endpoint's.
    """

    header: str = ""
    host: str = ""
    access: Access | Literal[""] = ""


class Context(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A way of calling that decides which buckets pay; the first context that fits is the call's."""

    id: Id
    when: When = When()
    note: str = ""
    sources: Citations = ""


class EndpointFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is known of one endpoint.

    `discriminator` holds the request fields that tell operations of one URL apart. `cost` names a cost
    class. `channels` push the same data, the best one first; `ws_action` does the same over a socket.
    `ttl_s` is how long an answer may be kept, lowest and highest seconds (None: not known, or a write), and
    `changes` says why; `invalidated_by` lists endpoints, or groups (all writes of one), that make it old, and
    `signalled_by` the channels that tell so.
    `batch_max` is how many items one call takes. `verified` is false where the path is an inference.
    """

    sources: Citations
    discriminator: dict[str, str] = {}
    cost: str = ""
    channels: tuple[str, ...] = ()
    ws_action: str = ""
    ttl_s: tuple[Seconds, Seconds] | None = None
    changes: str = ""
    invalidated_by: tuple[str, ...] = ()
    signalled_by: tuple[str, ...] = ()
    batch_max: Annotated[int, Meta(ge=1)] | None = None
    verified: bool = True
    note: str = ""


class Endpoint(EndpointFacts, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An endpoint; `id` is `METHOD /path`, with a third word where one URL has several operations.

    `scope` says for whom the answer is the same: everybody, an account, or one object.
    """

    id: EndpointId
    method: str
    path: str
    group: Id
    access: Access
    effect: Effect
    scope: Scope


class SdkCall(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Requests to one endpoint by one call of a client library: bounds (`max` None: depends on data)."""

    provider: str
    endpoint: Endpoint
    min: int
    max: int | None
    when: str = ""


class Batch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One call of `use` stands for many of `calls`: `repeated` ones (N of one) or a `sequence` of all.

    `max` is how many it stands for at most (None: no known limit).
    """

    calls: tuple[str, ...]
    use: str
    how: Literal["repeated", "sequence"]
    max: Annotated[int, Meta(ge=2)] | None = None
    note: str = ""
    sources: Citations = ""


class NotEndpoints(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Paths that look like endpoints and are none, with the reason, and what to call instead (an id)."""

    why: Literal["legacy", "answers_404", "undocumented"]
    paths: tuple[str, ...]
    instead: str = ""
    note: str = ""
    sources: Citations = ""


class Caveat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A behaviour that a reader of the numbers must know."""

    text: str
    sources: Citations


class ConflictValue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One side of a disagreement."""

    value: str
    sources: Citations
    note: str = ""


class Conflict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value on which sources disagree, newest first, and which one the profile uses."""

    field: str
    values: tuple[ConflictValue, ...]
    use: str


class ProfileFacts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """All of a profile but its endpoints."""

    profile_version: Literal[1]
    provider: Provider
    sources: dict[Id, Source]
    hosts: tuple[Host, ...]
    recognise: Recognise = Recognise()
    contexts: tuple[Context, ...]
    buckets: tuple[Bucket, ...]
    costs: dict[Id, CostClass]
    headers: tuple[Header, ...] = ()
    on_exceed: OnExceed | None = None
    websocket: WebSocket | None = None
    batching: tuple[Batch, ...] = ()
    not_endpoints: tuple[NotEndpoints, ...] = ()
    caveats: dict[Id, Caveat] = {}
    conflicts: tuple[Conflict, ...] = ()


class Profile(ProfileFacts, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A provider: its hosts, its endpoints, what a call costs and which bucket pays."""

    endpoints: tuple[Endpoint, ...]

    def cost(self, endpoint: Endpoint, bucket: str) -> Cost | None:
        """Say what a call costs, in the bucket's unit; None where the call is not charged to that bucket."""
        charge = self.costs[endpoint.cost].charges.get(bucket)
        return Cost(min=charge, max=charge, value=charge) if isinstance(charge, int | float) else charge

    def context(self, *, headers: frozenset[str], host: str = "", access: Access | None = None) -> Context:
        """Which context a call has, by its header names (any case), its host's id, its endpoint's access."""
        names = {header.lower() for header in headers}
        return next(c for c in self.contexts if _fits(c.when, names, host, access))

    def buckets_of(self, context: str) -> tuple[Bucket, ...]:
        """Every bucket that a call of this context is charged to."""
        return tuple(bucket for bucket in self.buckets if context in bucket.contexts)

    def invalidating(self, endpoint: Endpoint) -> tuple[Endpoint, ...]:
        """Return the endpoints whose calls make an answer of this one old."""
        named = set(endpoint.invalidated_by)
        return tuple(e for e in self.endpoints if e.id in named or (e.group in named and e.effect == "write"))

    def addresses(self, sources: str) -> tuple[str, ...]:
        """Return the address behind each citation, or the citation itself where it has none."""
        return tuple(self._address(citation) for citation in sources.split())

    def _address(self, citation: str) -> str:
        source_id, _, page = citation.partition("/")
        source = self.sources.get(source_id)
        if source is None or source.url is None:
            return citation
        return f"{source.url}/{page}" if page else source.url


def _fits(when: When, headers: set[str], host: str, access: Access | None) -> bool:
    return (
        (not when.header or when.header.lower() in headers) and when.host in ("", host) and when.access in ("", access)
    )
