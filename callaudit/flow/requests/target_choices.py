"""Which targets of one call are requests of their own, and which are the same request said otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.text.urls import shape

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Target

_HOLES = re.compile(r"\{[^}]*\}")
_FOR_TRYING = re.compile(
    r"(^|[.-])(localhost|local|dev|develop|stag|stage|staging|test|testnet|sandbox|demo|paper|qa|uat)\d*([.:-]|$)"
)


def targets_apart(found: list[Target]) -> list[Target]:
    """The targets that differ in more than their query; a target that is not known gives way to those that are."""
    unlike = {(target.method, target.host, shape(target.path)): target for target in reversed(found)}
    kept = list(reversed(unlike.values()))
    known = [target for target in kept if not target.unknown]
    named = {(target.method, shape(target.path)) for target in known if target.host and target.host[0] != "{"}
    # `given || process.env.URL || default`: where the host is known on one way, the way where it is not adds nothing
    known = [t for t in known if not t.host.startswith("{") or (t.method, shape(t.path)) not in named]
    # a browser's relative URL and the server's absolute one to the same path are two spellings of one request
    relative = {(target.method, shape(target.path)) for target in known if not target.host}
    known = [t for t in known if not _is_own_host(t.host) or (t.method, shape(t.path)) not in relative]
    return _one_a_path(_subsumed(_with_variables(known))) or kept


def _with_variables(found: list[Target]) -> list[Target]:
    """Without those of which a variable names the whole base that others begin with: they may be asked there instead.

    `${process.env.API ?? (isMain ? "https://a.b/v1" : "https://t.b/v1")}/prices` is `/prices` below the variable.
    """
    places = [one for one in found if one.host and not one.host.startswith(("env:", "{"))]
    kept = {id(one): one for one in found}
    for target in found if places else ():
        below = [one for one in places if one.method == target.method and _is_below(one.path, target.path)]
        if target.host.startswith("env:") and below:
            del kept[id(target)]
            for one in below:
                known = kept[id(one)]
                names = dict.fromkeys((*known.env, *target.env))
                kept[id(one)] = replace(known, env=tuple(names), others=(*known.others, target.host))
    return list(kept.values())


def _is_below(path: str, end: str) -> bool:
    """Whether a path ends as another one, which is shorter."""
    return bool(end.strip("/")) and len(path) > len(end) and shape(path).endswith(shape(end))


def _one_a_path(found: list[Target]) -> list[Target]:
    """Targets that differ in their host alone are one request, which goes to one of the hosts."""
    merged: dict[tuple[str, str], Target] = {}
    for target in sorted(found, key=lambda one: (not one.host, _for_trying(one), _is_variable(one), len(one.host))):
        key = (target.method, shape(target.path))
        first = merged.get(key)
        if first is None:
            merged[key] = target
        else:
            hosts = dict.fromkeys((*first.others, target.host, *target.others))
            hosts.pop(first.host, None)
            merged[key] = replace(first, others=tuple(hosts))
    return list(merged.values())


def _for_trying(target: Target) -> bool:
    """Whether a host is named as those for development are: where one of several is taken, it is not the first."""
    return bool(_FOR_TRYING.search(target.host)) or target.host.startswith(("127.", "[::1]"))


def _is_variable(target: Target) -> bool:
    """Whether somebody sets the host outside of the code: of several hosts, one that is known says more."""
    return target.host.startswith("env:")


def _is_own_host(host: str) -> bool:
    return host.startswith(("localhost", "127.0.0.1", "env:"))


def _subsumed(found: list[Target]) -> list[Target]:
    """Without targets that another one covers: `/users/{id}` covers `/users/null` and `/users/me` of the same call."""
    kept: list[Target] = []
    for target in found:
        others = (other for other in found if other is not target)
        if not any(_covers(other, target) for other in others):
            kept.append(target)
    return kept


def _covers(general: Target, special: Target) -> bool:
    if (general.method, general.host) != (special.method, special.host) or shape(general.path) == shape(special.path):
        return False
    first, second = general.path.split("/"), special.path.split("/")
    if len(first) != len(second):
        return False
    agreed = sum(one == other and bool(one) for one, other in zip(first, second, strict=True))
    return agreed > 0 and all(map(_is_like, first, second))


def _is_like(general: str, special: str) -> bool:
    """Whether a segment may be what `special` is: `data-{date}.json` is never `data.json`."""
    if "{" not in general or "{" in special:
        return shape(general) == shape(special)
    texts = _HOLES.split(general)
    return re.fullmatch(".*".join(map(re.escape, texts)), special) is not None
