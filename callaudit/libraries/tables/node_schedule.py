"""node-schedule 2: a rule, an expression or a date, with a name before it or not.

https://github.com/node-schedule/node-schedule#usage.
"""

from callaudit.libraries.model import Arg, Library, Schedule

_JOB = Schedule(callback=Arg(-1), before=True)

RULE, RANGE = "RecurrenceRule", "Range"
RULE_GIVEN = ("year", "month", "date", "dayOfWeek", "hour", "minute", "second")
"""What the constructor of a rule is handed, in order."""

LIBRARY = Library(
    name="scheduler",
    packages=("node-schedule",),
    exports={"scheduleJob": _JOB, "default.scheduleJob": _JOB},
    serves=True,
)
