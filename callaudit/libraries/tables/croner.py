"""croner 6 to 9: the options may come before the function, which `job.schedule` may be given too.

https://croner.56k.guru/usage/basics/.
"""

from callaudit.libraries.model import Arg, Library, Schedule

_CRON = Schedule(callback=Arg(-1), makes="job")

LIBRARY = Library(
    name="scheduler",
    packages=("croner",),
    exports={"Cron": _CRON, "default": _CRON, "default.Cron": _CRON},
    clients={"job": {"schedule": Schedule(callback=Arg(0), when=Arg(-2, "0"))}},
    serves=True,
)
