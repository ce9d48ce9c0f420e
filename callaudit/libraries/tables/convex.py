"""Convex 1: https://docs.convex.dev/scheduling/cron-jobs. A run that is still going makes the next one wait."""

from callaudit.libraries.model import Arg, Library, Make, Model, Schedule


def _every(unit: str) -> Model:
    return Schedule(callback=Arg(2), when=Arg(1), unit=unit, mechanism="crons", overlap="prevented")


LIBRARY = Library(
    name="scheduler",
    packages=("convex/server",),
    exports={"cronJobs": Make("crons")},
    clients={
        "crons": {
            "interval": _every("units"),
            "cron": _every("cron"),
            **{name: _every(name) for name in ("hourly", "daily", "weekly", "monthly")},
        }
    },
    serves=True,
)
