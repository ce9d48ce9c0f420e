"""toad-scheduler 3, also as @fastify/schedule 6: https://github.com/kibertoad/toad-scheduler#usage-example.

A task is a name and a function; an asynchronous job does not run twice at once unless it is told to.
"""

from callaudit.libraries.model import Arg, Give, Library, Schedule

_INTERVAL = Schedule(unit="units", mechanism="SimpleIntervalJob", overlap="prevented")

LIBRARY = Library(
    name="scheduler",
    packages=("toad-scheduler", "@fastify/schedule"),
    exports={
        "AsyncTask": Give(Arg(1)),
        "Task": Give(Arg(1)),
        "SimpleIntervalJob": _INTERVAL,
        "LongIntervalJob": Schedule(unit="units", mechanism="LongIntervalJob", overlap="prevented"),
        "CronJob": Schedule(when=Arg(0, "cronExpression"), overlap="prevented"),
    },
    serves=True,
)
