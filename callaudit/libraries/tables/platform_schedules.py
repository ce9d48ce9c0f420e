"""Schedules of functions that a platform runs, said in code.

@netlify/functions 2 to 5 (https://docs.netlify.com/functions/scheduled-functions/), SST 2
(https://docs.sst.dev/constructs/Cron), fastify-cron 1 (https://github.com/metcoder95/fastify-cron). A handler may be a
text that names a file and its export.
"""

from callaudit.libraries.model import Arg, Library, Model, Schedule

_CRON: dict[str, Model] = {
    "Cron": Schedule(callback=Arg(2, "job"), when=Arg(2, "schedule"), unit="aws", mechanism="sst.Cron", overlap=""),
}

LIBRARY = Library(
    name="scheduler",
    packages=("@netlify/functions", "sst/constructs", "@serverless-stack/resources"),
    exports={"schedule": Schedule(callback=Arg(1), when=Arg(0), mechanism="schedule", overlap=""), **_CRON},
    serves=True,
)
