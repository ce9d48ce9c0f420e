"""Schedules that need no import: those of Deno and SST.

`Deno.cron` (https://docs.deno.com/api/deno/~/Deno.cron), SST 3 (https://sst.dev/docs/component/aws/cron).
Deno's options may stand before the handler; its runs do not overlap.
"""

from callaudit.libraries.model import Arg, Library, Schedule

_SST = Schedule(
    callback=Arg(1, "function"),
    callbacks=(Arg(1, "job"),),
    when=Arg(1, "schedule"),
    unit="aws",
    mechanism="sst.Cron",
    overlap="",
)

LIBRARY = Library(
    name="scheduler",
    packages=("",),
    exports={
        "Deno.cron": Schedule(callback=Arg(-1), when=Arg(1), mechanism="Deno.cron", overlap="prevented"),
        "sst.aws.Cron": _SST,
        "sst.aws.CronV2": _SST,
        "sst.cloudflare.Cron": Schedule(
            callback=Arg(1, "job"), when=Arg(1, "schedules"), mechanism="sst.Cron", overlap=""
        ),
    },
)
