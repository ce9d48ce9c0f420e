"""What holds on a way through a program, as far as the words of its conditions say, and what excludes what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

OTHERWISE: Final = "otherwise"
"""The label of a way that is taken where the other ones are not."""

_COMPARED = re.compile(
    r"^(?P<subject>[\w$.]+) (?P<op>={2,3}|!={1,2}|is) (?P<value>\"[^\"]*\"|-?[\d.]+|true|false|null)$"
)
_NAMED = re.compile(r"^(?P<no>!?)(?P<subject>[A-Za-z_$][\w$]*)$")


class Fact(Struct, frozen=True):
    """`subject` is `value`, or is not; without a value, whether it counts as true.

    `where` is the call that the words belong to: in another function, or in another call, they may mean something else.
    """

    where: Hashable
    subject: str
    value: str
    holds: bool


def facts(condition: str, where: Hashable, *, holds: bool = True) -> Iterator[Fact]:
    """Give what `condition` says; nothing where its words are cut, or it may hold for one of several reasons.

    A member that counts as true says nothing: it may have been set meanwhile. What it is compared with names a kind.
    """
    if " || " in condition or "\N{HORIZONTAL ELLIPSIS}" in condition:
        return
    parts = condition.split(" && ")
    if not holds and len(parts) > 1:
        return
    for part in parts:
        if found := _COMPARED.match(part):
            yield Fact(where, found["subject"], found["value"], holds != found["op"].startswith("!"))
        elif found := _NAMED.match(part):
            yield Fact(where, found["subject"], "", holds != bool(found["no"]))


def of_way(labels: Iterable[str], number: int, where: Hashable) -> tuple[Fact, ...]:
    """What holds on way `number` of a choice with `labels`."""
    labels = list(labels)
    if labels[number] != OTHERWISE:
        return tuple(facts(labels[number], where))
    others = [label for label in labels if label != OTHERWISE]
    return tuple(fact for label in others for fact in facts(label, where, holds=False))


def exclude(some: Iterable[Fact], others: Iterable[Fact]) -> bool:
    """Whether not all of both can hold in one run."""
    others = tuple(others)
    return any(_contradict(one, other) for one in some for other in others)


def _contradict(one: Fact, other: Fact) -> bool:
    if (one.where, one.subject, bool(one.value)) != (other.where, other.subject, bool(other.value)):
        return False
    if one.value == other.value:
        return one.holds != other.holds
    return one.holds and other.holds
