"""Functions that call a function again and again until it, or another one, says that it is enough.

p-wait-for 3 to 5 (https://github.com/sindresorhus/p-wait-for#options: `interval` 20 ms), poll 3
(https://github.com/kleinfreund/poll: a number, or a function that gives one), async-wait-until 2
(https://github.com/devlato/async-wait-until#api: `intervalBetweenAttempts` 50 ms), async-poll 0
(https://github.com/motss/async-poll: `interval` 1 s). All wait after a call has ended.
"""

from callaudit.libraries.model import Arg, Invoke, Library
from callaudit.libraries.model.exports import default_and


def _poller(place: Arg, default: float, mechanism: str) -> Invoke:
    return Invoke(how="timer", interval=place, always=default, rests=True, mechanism=mechanism)


LIBRARIES = (
    Library(
        name="poller",
        packages=("p-wait-for",),
        exports=default_and(_poller(Arg(1, "interval"), 20, "p-wait-for"), "pWaitFor"),
    ),
    Library(name="poller", packages=("poll",), exports=default_and(_poller(Arg(1), 0, "poll"), "poll")),
    Library(
        name="poller",
        packages=("async-wait-until",),
        exports=default_and(_poller(Arg(1, "intervalBetweenAttempts"), 50, "waitUntil"), "waitUntil"),
    ),
    Library(
        name="poller",
        packages=("async-poll",),
        exports=default_and(_poller(Arg(2, "interval"), 1_000, "async-poll"), "asyncPoll"),
    ),
)
