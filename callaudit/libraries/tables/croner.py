"""croner 6 to 9: the options may come before the function. https://croner.56k.guru/usage/basics/."""

from callaudit.libraries.model import Arg, Library, Schedule

_CRON = Schedule(callback=Arg(-1))

LIBRARY = Library(
    name="scheduler",
    packages=("croner",),
    exports={"Cron": _CRON, "default": _CRON, "default.Cron": _CRON},
    serves=True,
)
