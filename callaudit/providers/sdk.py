"""Client libraries of a provider: which of their methods make which calls."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from callaudit.providers.limits import Citations

Count = Annotated[int, Meta(ge=0)]


class Use(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Calls of one endpoint by one SDK call: bounds (`max` None: depends on data), and the condition."""

    endpoint: str
    min: Count = 1
    max: Count | None = 1
    when: str = ""


class Package(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A published client library.

    `imports` are the module names in code where they differ from `name`. `selector` is the member that
    picks this provider in a library for many. `methods` maps a dotted member path to one endpoint, or to a
    list of them; `first_use` is paid once an instance, before its first call. `streams` maps methods
    that use a socket instead of requests to their channel or action. `naming: ccxt` adds its generated
    methods (`publicGetInfoPrices`). `retries` is how often it repeats a call by itself (None: not known).
    """

    name: str
    registries: tuple[Literal["npm", "pypi"], ...]
    official: bool
    retries: Count | None
    imports: tuple[str, ...] = ()
    selector: str = ""
    sends_key: bool | None = None
    version: str = ""
    throttle: str = ""
    naming: Literal["", "ccxt"] = ""
    first_use: tuple[Use, ...] = ()
    methods: dict[str, str | tuple[str | Use, ...]] = {}
    streams: dict[str, str] = {}
    note: str = ""
    sources: Citations = ""

    def uses(self, method: str) -> tuple[Use, ...]:
        """List what one call of a method of `methods` uses. Raises `KeyError` for other methods."""
        written = self.methods[method]
        items = (written,) if isinstance(written, str) else written
        return tuple(Use(endpoint=item) if isinstance(item, str) else item for item in items)
