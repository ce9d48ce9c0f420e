"""Work queues: what processes their messages is a job, and what repeats a message is a schedule.

bull 4 (https://github.com/OptimalBits/bull/blob/master/REFERENCE.md#queueadd), bullmq 4 and 5
(https://docs.bullmq.io/guide/job-schedulers), bee-queue 1, agenda 5 (https://github.com/agenda/agenda#creating-jobs),
pg-boss 9 to 11 (https://github.com/timgit/pg-boss/blob/master/docs/api/scheduling.md), inngest 3
(https://www.inngest.com/docs/guides/scheduled-functions), Trigger.dev 3 and 4
(https://trigger.dev/docs/tasks/scheduled).
"""

from msgspec.structs import replace

from callaudit.libraries.model import Arg, Library, Make, Repeat, Schedule, Told

_OWN_NAME = Arg(-2, "0")
"""The name that the queue was made with."""

_PROCESS = Schedule(callback=Arg(-1), when=_OWN_NAME, job=Arg(0), unit="unknown", mechanism="queue")
_NAMED = Schedule(callback=Arg(-1), when=Arg(0), job=Arg(0), unit="unknown", mechanism="queue")
_TASK = Schedule(callback=Arg(0, "run"), when=Arg(0, "id"), unit="unknown", mechanism="queue")
_REPEATED = (
    (Arg(-1, "repeat.pattern"), "cron"),
    (Arg(-1, "repeat.cron"), "cron"),
    (Arg(-1, "repeat.every"), "ms"),
)

_ATTEMPTS = (Arg(-1, "attempts"), Arg(-2, "1.defaultJobOptions.attempts"), Arg(-2, "2.defaultJobOptions.attempts"))
_BACKOFFS = (Arg(-1, "backoff"), Arg(-2, "1.defaultJobOptions.backoff"), Arg(-2, "2.defaultJobOptions.backoff"))
_ADD = Repeat(_REPEATED, _OWN_NAME, Arg(0), "repeat", adds=True, attempts=_ATTEMPTS, backoffs=_BACKOFFS)

_WRITTEN = (Arg(0, "opts.attempts"), *_ATTEMPTS[1:])
_WAITED = (Arg(0, "opts.backoff"), *_BACKOFFS[1:])
_BULK = Repeat((), _OWN_NAME, Arg(0, "name"), adds=True, attempts=_WRITTEN, backoffs=_WAITED, jobs=Arg(0))
_FLOW = Repeat(
    *((), Arg(0, "queueName"), Arg(0, "name")),
    adds=True,
    attempts=_WRITTEN[:1],
    backoffs=_WAITED[:1],
    below=Arg(0, "children"),
)  # https://docs.bullmq.io/guide/flows

_QUEUES = Library(
    name="queue",
    packages=(
        *("bullmq", "bee-queue", "agenda", "@hokify/agenda", "pg-boss"),
        *("inngest", "@trigger.dev/sdk", "@trigger.dev/sdk/v3"),
    ),
    exports={
        "default": Make("queue"),
        "Queue": Make("queue"),
        "Worker": Schedule(callback=Arg(1), when=Arg(0), unit="unknown", mechanism="queue"),  # bullmq
        "FlowProducer": Make("flows"),  # bullmq
        "Agenda": Make("queue"),
        "PgBoss": Make("queue"),
        "Inngest": Make("functions"),
        "task": _TASK,
        "schemaTask": _TASK,
        "schedules.task": Schedule(callback=Arg(0, "run"), when=Arg(0, "cron"), mechanism="schedules.task"),
    },
    clients={
        "queue": {
            "name": Told(),
            "process": _PROCESS,
            "define": _NAMED,
            "work": _NAMED,
            "add": _ADD,
            "addBulk": _BULK,
            "upsertJobScheduler": Repeat(
                ((Arg(1, "pattern"), "cron"), (Arg(1, "every"), "ms")), _OWN_NAME, Arg(2, "name"), "upsertJobScheduler"
            ),
            "now": Repeat((), None, Arg(0), "agenda.now", adds=True),
            "send": Repeat((), Arg(0), None, "pg-boss.send", adds=True),
            "every": Repeat(((Arg(0), "human"),), None, Arg(1), "agenda.every"),
            "schedule": Repeat(((Arg(1), "cron"),), Arg(0), None, "pg-boss.schedule"),
        },
        "flows": {"add": _FLOW, "addBulk": replace(_FLOW, jobs=Arg(0))},
        "functions": {
            "createFunction": Schedule(
                callback=Arg(-1), when=Arg(1, "cron"), mechanism="inngest", otherwise=Arg(0, "id")
            )
        },
    },
    types={"Queue": "queue", "FlowProducer": "flows", "Agenda": "queue", "PgBoss": "queue"},
    serves=True,
)

_BULL = replace(
    _QUEUES,
    packages=("bull",),
    clients={
        **_QUEUES.clients,
        "queue": {
            **_QUEUES.clients["queue"],
            "add": replace(_ADD, from_zero=True),
            "addBulk": replace(_BULK, from_zero=True),
        },
    },
)
LIBRARIES = (_QUEUES, _BULL)
