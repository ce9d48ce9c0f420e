"""Functions that give a promise which is kept after some time, and do nothing else.

Node's timers/promises (https://nodejs.org/api/timers.html#timers-promises-api), delay 5 and 6, sleep-promise 9,
Bun.sleep (https://bun.sh/docs/api/utils#bun-sleep), @sindresorhus/delay, p-sleep.
"""

from callaudit.libraries.model import Arg, Library, Model, Ticking, Wait

_WAIT = Wait(Arg(0))
_EXPORTS: dict[str, Model] = {
    "default": _WAIT,
    "setTimeout": _WAIT,
    "scheduler.wait": _WAIT,
    "default.setTimeout": _WAIT,
    "delay": _WAIT,
    "sleep": _WAIT,
    "wait": _WAIT,
}
_TICKS = Ticking(due=Arg(0), every=Arg(0))
"""Node's `setInterval` of timers/promises gives an asynchronous iterator."""

LIBRARIES = (
    Library(
        name="waiting",
        packages=("timers/promises", "node:timers/promises"),
        exports={**_EXPORTS, "setInterval": _TICKS, "default.setInterval": _TICKS},
    ),
    Library(
        name="waiting",
        packages=(
            "delay",
            "sleep-promise",
            "p-sleep",
            "await-sleep",
            "es-toolkit/promise",
        ),
        exports=_EXPORTS,
    ),
)
