"""Schedules that run times offer without an import: `Deno.cron`, https://docs.deno.com/api/deno/~/Deno.cron.

The options may stand before the handler. Runs do not overlap.
"""

from callaudit.libraries.model import Arg, Library, Schedule

LIBRARY = Library(
    name="scheduler",
    packages=("",),
    exports={"Deno.cron": Schedule(callback=Arg(-1), when=Arg(1), mechanism="Deno.cron", overlap="prevented")},
)
