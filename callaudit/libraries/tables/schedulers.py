"""Job schedulers in the process itself: node-cron 3 and 4, cron 2 to 4.

https://nodecron.com/api-reference.html, https://github.com/kelektiv/node-cron#api.
"""

from callaudit.libraries.model import Arg, Library, Model, Schedule

_CRON = Schedule()
_JOB = Schedule(positions=((4, "timeZone"), (6, "runOnInit"), (9, "waitForCompletion")))
_OPTIONS = Schedule(callback=Arg(0, "onTick"), when=Arg(0, "cronTime"))
_EXPORTS: dict[str, Model] = {
    "schedule": _CRON,  # node-cron
    "createTask": _CRON,
    "CronJob": _JOB,  # cron
    "job": _JOB,
    "CronJob.from": _OPTIONS,
}

LIBRARY = Library(
    name="scheduler",
    packages=("node-cron", "cron"),
    exports={**_EXPORTS, **{f"default.{name}": model for name, model in _EXPORTS.items()}, "default": _CRON},
    serves=True,
)
