"""Job schedulers: node-cron 3 and 4, cron 2 to 4, node-schedule 2, and the workers of bullmq 4 and 5."""

from callaudit.libraries.model import Arg, Library, Model, Schedule

_CRON = Schedule()
_OPTIONS = Schedule(callback=Arg(0, "onTick"), when=Arg(0, "cronTime"))
_EXPORTS: dict[str, Model] = {
    "schedule": _CRON,  # node-cron
    "CronJob": _CRON,  # cron
    "job": _CRON,
    "CronJob.from": _OPTIONS,
    "scheduleJob": Schedule(callback=Arg(-1), when=Arg(0)),  # node-schedule
}

_WORKER = Schedule(callback=Arg(1), when=Arg(0), unit="unknown", mechanism="queue")

LIBRARY = Library(
    name="scheduler",
    packages=("node-cron", "cron", "node-schedule", "bullmq"),
    exports={
        **_EXPORTS,
        "Worker": _WORKER,
        **{f"default.{name}": model for name, model in _EXPORTS.items()},
        "default": _CRON,
    },
    serves=True,
)
