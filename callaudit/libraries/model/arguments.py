"""Where a library is told something: its arguments, and how its waits grow."""

from __future__ import annotations

from msgspec import Struct


class Arg(Struct, frozen=True):
    """An argument by position (-1 is the last), or a property of it by a dotted path.

    `only` is what it must be to count: `text`, `url`, `object`, or `method` for the name of an HTTP method.
    """

    index: int
    path: str = ""
    only: str = ""


class Backoff(Struct, frozen=True):
    """How a library waits between attempts: `first` ms, then `factor` times as long each time, `most` at the most.

    Each may be told by an option (`None`: it cannot be); the numbers hold where it is not told. `jitter` says
    whether waits are random.
    """

    first: float
    factor: float = 1
    most: float = 0
    first_at: tuple[Arg, ...] = ()
    factor_at: tuple[Arg, ...] = ()
    most_at: tuple[Arg, ...] = ()
    jitter: bool = False
    jitter_at: tuple[Arg, ...] = ()
    policy_at: Arg | None = None
    """An option that names the way of waiting: where that is an exponential one, waits grow by `grown`."""
    grown: float = 2
    grown_first: float = 0
    """How long the first of them is where none is told."""
    doubling: str = ""
    """A function of the library that waits may be told by: they double from `grown_first` on, and are random."""
    counts_from: int = 0
    """The number of the first failure, for a function of the code that waits are told by."""
    grown_most: float = 0
    """How long waits are at the most that grow, where it is not told."""
