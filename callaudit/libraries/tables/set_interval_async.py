"""set-interval-async 3: https://github.com/ealmansi/set-interval-async#usage."""

from callaudit.libraries.model import Arg, Invoke, Library

LIBRARY = Library(
    name="timer",
    packages=("set-interval-async", "set-interval-async/dynamic", "set-interval-async/fixed"),
    exports={"setIntervalAsync": Invoke(how="timer", interval=Arg(1), mechanism="setIntervalAsync")},
)
