"""What a run of a function does to the network, as a tree that can be shown."""

from __future__ import annotations

import re

from msgspec import Struct

from callaudit.flow.effects.records import Guard, Retry, Trigger  # noqa: TC001 - msgspec reads the annotations
from callaudit.flow.requests.requested import NOTHING_SAID, Said

EMIT = "EMIT"
"""The method of a message to a socket of the repository's own: no request, answered by what listens for it."""
UNSEEN = "missing module"
"""The client of what may be a request: a call of something that the repository's code imports and does not have."""
EVENT_INSIDE = "event "
"""What the path of such a message begins with where it is an event of an emitter of the same process."""
USER = "user"
"""The kind of `Repeated` that a user's doing repeats."""
PROCEDURE = "procedure"
"""What of a target tells which procedure it asks for: where that is written, and its name."""
QUEUE = "queue "
"""What the path of such a message begins with where it is a job for what processes the queue of that name."""


class Site(Struct, frozen=True):
    """A place in the code that calls the network; `function` is the qualified name of what encloses it."""

    file: str
    line: int
    column: int
    function: str
    client: str


class Target(Struct, frozen=True):
    """A request as far as it is known.

    `url` shows what is variable as `{name}`; `host` and `path` are empty where unknown, `env` names the environment
    variables in it; `unknown` says why the URL is not known. `others` are further hosts of which one is taken instead.
    `set_at` is where what names the host is set to something that is not known.
    """

    method: str
    url: str
    host: str
    path: str
    env: tuple[str, ...] = ()
    unknown: str = ""
    discriminator: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()
    set_at: str = ""


class Requested(Struct, frozen=True):
    """One request: a call site and a target. `said` holds what it says where an own route may answer.

    `when` is a condition, and whether it holds where a variable has this one of several URLs; empty where not known.
    """

    site: Site
    target: Target
    options: tuple[tuple[str, str], ...] = ()
    said: Said = NOTHING_SAID
    when: tuple[str, bool] = ("", True)


_NAMELESS = re.compile(r"\{(value|item|number|object|result|state|get|\d+)\}")
"""What stands in a URL for what the code gives no name."""


def tells_more(target: Target, options: tuple[tuple[str, str], ...], other: Requested) -> bool:
    """Whether a request is the better one to show of two that are alike: the one of which more varies, by names.

    Which one is found first says nothing: entries are run in any order. What an annotation has answered stays.
    """
    first = other.target
    if (target.url == first.url and options == other.options) or target.unknown != first.unknown:
        return False
    return (*_said(target.url), options) > (*_said(first.url), other.options)


def _said(url: str) -> tuple[int, int, str]:
    return url.count("{"), -len(_NAMELESS.findall(url)), url


class Effect(Struct, frozen=True):
    """Something that a run does, or a group of such things."""


class Request(Effect, frozen=True):
    """A request is sent to one of `targets`."""

    requests: tuple[Requested, ...]


class Connection(Effect, frozen=True):
    """A connection is opened."""

    site: Site
    url: str
    protocol: str


class Called(Effect, frozen=True):
    """A function of the program runs. `line` is where it is called, `defined` where it is written."""

    function: str
    file: str
    line: int
    defined_in: str
    defined: int
    body: tuple[Effect, ...]
    awaited: bool = True


class Started(Called, frozen=True):
    """What a framework calls on another `side` than where its entry runs: the data function of a page of browsers."""

    side: str = ""


class Choice(Effect, frozen=True):
    """One of several ways is taken, or none: (what decides, what happens).

    `leaves` are the numbers of the ways at whose end the function returns. `by` are the loops (file, line) whose items
    decide, each for its own round; `often` are the numbers of the ways that several items may take.
    """

    line: int
    ways: tuple[tuple[str, tuple[Effect, ...]], ...]
    leaves: tuple[int, ...] = ()
    by: tuple[tuple[str, int], ...] = ()
    often: tuple[int, ...] = ()


class Repeated(Effect, frozen=True):
    """`body` runs `least` to `most` times in one run (`most` is None where that depends on data).

    What a trigger repeats runs once in one run of what sets the trigger up. `together` holds where no round waits for
    the one before: callbacks of `map` and `forEach`, loops without an `await`.
    """

    kind: str
    line: int
    least: int
    most: int | None
    body: tuple[Effect, ...]
    over: str = ""
    trigger: Trigger | None = None
    retries: tuple[Retry, ...] = ()
    together: bool = False


class Guarded(Effect, frozen=True):
    """`body` runs unless a guard answers for it, or under its control."""

    guard: Guard
    body: tuple[Effect, ...]


class Again(Effect, frozen=True):
    """A timer starts a function again that is running now; `always`: whatever way was taken before, in `finally`."""

    file: str
    function: int
    line: int
    always: bool = False


def parts_of(effect: Effect) -> tuple[Effect, ...]:
    """The effects inside an effect."""
    if isinstance(effect, (Called, Repeated, Guarded)):
        return effect.body
    if isinstance(effect, Choice):
        return tuple(part for _, way in effect.ways for part in way)
    return ()
