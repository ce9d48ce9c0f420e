"""vue-concurrency 4 and 5: https://vue-concurrency.netlify.app/tasks. A task runs its function when it is performed."""

from callaudit.libraries.model import Invoke, Library, Make, Register

_SAME = Register(how="same")

LIBRARY = Library(
    name="vue-concurrency",
    packages=("vue-concurrency",),
    exports={"useTask": Make("task")},
    clients={
        "task": {
            "perform": Invoke(made=True),
            **dict.fromkeys(("drop", "restartable", "enqueue", "keepLatest", "maxConcurrency", "destructible"), _SAME),
        }
    },
)
