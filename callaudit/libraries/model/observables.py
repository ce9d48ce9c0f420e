"""What libraries of observables do: values that come by themselves, and what is piped through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from callaudit.libraries.model.arguments import Arg


class Ticking(Struct, frozen=True, tag=True):
    """The call gives an observable: of values `every` so many milliseconds, or of one at `due` where that is not given.

    With `among` it gives the values of the observables that it is handed.
    """

    due: Arg | None = None
    every: Arg | None = None
    among: bool = False


class Operator(Struct, frozen=True, tag=True):
    """The call gives what an observable is piped through.

    `how`: `flat` (its function gives an observable for each value), `expand` (for each of these, too), `take` (of the
    first values alone), `drop` (of some of the values), `wait` (later), `again` (asks once more for all that is before
    it, after an error where `failing` holds). `first` is how many values `take` lets through where it is not told.
    """

    how: str
    failing: bool = False
    counts: tuple[Arg, ...] = ()
    """Where it is told how often: how often more where it is `failing`, else how often in all."""
    times: tuple[Arg, ...] = ()
    """Where it is told how long it waits: milliseconds, or a function that gives an observable."""
    notifier: Arg | None = None
    """A function that is given an observable of errors, or ends, and asks again for each value it makes of these."""
    first: int = 0
