"""MobX 4 to 6, mobx-react 5 to 9 and mobx-react-lite 1 to 4: what is observed is itself, and so are its components.

`action(fn)`, `action(name, fn)` and `flow(function* () {})` (https://mobx.js.org/actions.html) give a function that
does the same; `observable(object)` gives an object with the same members (https://mobx.js.org/observable-state.html).
`autorun` runs its function at once, `reaction` and `when` theirs only once something changes, or with
`fireImmediately` (https://mobx.js.org/reactions.html). `observer` and `inject` (https://mobx.js.org/react-integration.html)
give the component that they are handed.
"""

from callaudit.libraries.model import Arg, Give, Invoke, Library, Make, Model, Quiet

_SAME = Give()
_ONCE = Invoke(returns="result")
_LATER = Invoke((Arg(1),), how="maybe")
_EXPORTS: dict[str, Model] = {
    **dict.fromkeys(("observer", "observable", "observable.deep", "observable.shallow", "observable.ref"), _SAME),
    **dict.fromkeys(("action", "action.bound", "flow", "flow.bound"), Give(named=True)),
    **dict.fromkeys(("runInAction", "transaction", "untracked", "useLocalObservable", "useLocalStore"), _ONCE),
    "autorun": Invoke(),
    **dict.fromkeys(("reaction", "when"), _LATER),
    "toJS": _SAME,
    "useObserver": _ONCE,
    **dict.fromkeys(("makeAutoObservable", "makeObservable", "configure"), Quiet()),
    "inject": Make("injector"),
}

LIBRARY = Library(
    name="mobx",
    packages=("mobx", "mobx-react", "mobx-react-lite"),
    exports=_EXPORTS,
    clients={"injector": {"": Give()}},
)
