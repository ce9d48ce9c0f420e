"""later 1 and @breejs/later 4: https://breejs.github.io/later/execute.html."""

from callaudit.libraries.model import Arg, Library, Schedule

_TIMER = Schedule(callback=Arg(0), when=Arg(1))

LIBRARY = Library(
    name="scheduler",
    packages=("later", "@breejs/later"),
    exports={"setInterval": _TIMER, "default.setInterval": _TIMER},
    serves=True,
)
