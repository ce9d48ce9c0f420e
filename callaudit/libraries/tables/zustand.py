"""Zustand 4 and 5: https://zustand.docs.pmnd.rs/apis/create.

`create(initializer)` gives a hook; `create<State>()(initializer)` is the same in two steps. What the initializer
gives is the state that the store begins with.
"""

from callaudit.libraries.model import Library, Make, Model, Quiet, State

_STORE: dict[str, Model] = {
    "": State(),
    "getState": State(how="state"),
    "getInitialState": State(how="state"),
    "setState": Quiet(),
}
_CREATE = Make("store")

LIBRARY = Library(
    name="zustand",
    packages=("zustand", "zustand/vanilla", "zustand/traditional"),
    exports={
        **dict.fromkeys(("create", "createStore", "createWithEqualityFn", "default", "default.create"), _CREATE),
        **dict.fromkeys(("useStore", "useStoreWithEqualityFn"), State()),
    },
    clients={"store": _STORE},
)
