"""redux-saga 1: https://redux-saga.js.org/docs/api. Effects are done where they are yielded.

`call(fn, …)` runs a function with what follows it, `fork` and `spawn` do not wait for it; `takeEvery(pattern, worker)`
and its like run the worker whenever an action of the pattern is dispatched, by `put` or by a component.
"""

from callaudit.libraries.model import Arg, Dispatch, Emit, Give, Invoke, Library, Listen, Make, Model, Quiet, Wait

_CALL = Invoke(rest=True, returns="result")
_WATCH = Listen(side="process", shown="saga")
_WATCH_SLOWLY = Listen(event=Arg(1), callbacks=(Arg(2),), side="process", shown="saga")
TAKES = ("take", "takeMaybe")
EFFECTS: dict[str, Model] = {
    **dict.fromkeys(("call", "fork", "spawn", "cps"), _CALL),
    **dict.fromkeys(("takeEvery", "takeLatest", "takeLeading"), _WATCH),
    **dict.fromkeys(("throttle", "debounce"), _WATCH_SLOWLY),
    **dict.fromkeys(("put", "putResolve"), Dispatch()),
    **dict.fromkeys(("all", "race"), Give()),
    "apply": Invoke((Arg(1),), returns="result"),
    "delay": Wait(Arg(0)),
    "retry": Invoke((Arg(2),), how="retry", returns="result", attempts=Arg(0)),
    **dict.fromkeys((*TAKES, "select", "cancel", "join", "cancelled", "flush", "getContext", "setContext"), Quiet()),
}

LIBRARY = Library(
    name="redux-saga",
    packages=(
        "redux-saga",
        "redux-saga/effects",
        "@redux-saga/core",
        "@redux-saga/core/effects",
        "typed-redux-saga",
        "typed-redux-saga/macro",
    ),
    exports={
        **EFFECTS,
        **{f"effects.{name}": model for name, model in EFFECTS.items()},
        "default": Make("saga-middleware"),
        "runSaga": Invoke((Arg(1),)),
    },
    clients={
        "saga-middleware": {"run": Invoke(rest=True)},
        "store": {"dispatch": Emit(event=Arg(0, "type"), inside=True)},  # what the store of `redux.py` does for sagas
    },
    network=True,
)
