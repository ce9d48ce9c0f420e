"""Functions of Firebase that a scheduler starts: firebase-functions 4 to 6.

https://firebase.google.com/docs/functions/schedule-functions; `every 5 minutes` or a cron expression, alone or as the
option `schedule`.
"""

from callaudit.libraries.model import Arg, Library, Schedule

LIBRARY = Library(
    name="scheduler",
    packages=("firebase-functions/v2/scheduler", "firebase-functions/scheduler"),
    exports={"onSchedule": Schedule(callback=Arg(1), when=Arg(0), unit="human", mechanism="onSchedule", overlap="")},
    serves=True,
)
