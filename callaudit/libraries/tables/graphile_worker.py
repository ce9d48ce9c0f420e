"""graphile-worker 0.13 to 0.17: https://worker.graphile.org. To run it runs nothing at once: its tasks are entries."""

from callaudit.libraries.model import Library, Quiet

_RUNNING = ("run", "runOnce", "runTaskList", "runTaskListOnce")

LIBRARY = Library(
    name="graphile-worker",
    packages=("graphile-worker",),
    exports={owner + name: Quiet() for name in _RUNNING for owner in ("", "default.")},
)
