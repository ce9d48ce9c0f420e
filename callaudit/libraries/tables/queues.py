"""Work queues: what processes their messages is a job.

bull 4 (https://github.com/OptimalBits/bull/blob/master/REFERENCE.md#queueprocess), bee-queue 1, agenda 5,
pg-boss 9 to 11, inngest 3, Trigger.dev 3 and 4 (https://trigger.dev/docs/tasks/overview).
"""

from callaudit.libraries.model import Arg, Library, Make, Schedule

_PROCESS = Schedule(callback=Arg(-1), when=Arg(-2, "0"), unit="unknown", mechanism="queue")
_NAMED = Schedule(callback=Arg(-1), when=Arg(0), unit="unknown", mechanism="queue")
_TASK = Schedule(callback=Arg(0, "run"), when=Arg(0, "id"), unit="unknown", mechanism="queue")

LIBRARY = Library(
    name="queue",
    packages=(
        "bull",
        "bee-queue",
        "agenda",
        "@hokify/agenda",
        "pg-boss",
        "inngest",
        "@trigger.dev/sdk",
        "@trigger.dev/sdk/v3",
    ),
    exports={
        "default": Make("queue"),
        "Queue": Make("queue"),
        "Agenda": Make("queue"),
        "PgBoss": Make("queue"),
        "Inngest": Make("functions"),
        "task": _TASK,
        "schemaTask": _TASK,
        "schedules.task": Schedule(callback=Arg(0, "run"), when=Arg(0, "cron")),
    },
    clients={
        "queue": {"process": _PROCESS, "define": _NAMED, "work": _NAMED},
        "functions": {
            "createFunction": Schedule(callback=Arg(-1), when=Arg(0, "id"), unit="unknown", mechanism="queue")
        },
    },
    serves=True,
)
