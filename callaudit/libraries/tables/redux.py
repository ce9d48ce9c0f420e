"""Redux 4 and 5, React Redux 7 to 9: what is dispatched, and components that a store is connected to.

`bindActionCreators(creators, dispatch)` (https://redux.js.org/api/bindactioncreators) gives functions that dispatch
what the creators give. An action that is a function is run by redux-thunk (https://github.com/reduxjs/redux-thunk),
which Redux Toolkit sets up by itself. `connect(mapState, mapDispatch)(Component)` (https://react-redux.js.org/api/connect)
shows the component with what the store holds and with such functions; `useDispatch`
(https://react-redux.js.org/api/hooks) gives `dispatch`.
"""

from callaudit.libraries.model import Bind, Dispatch, Give, Library, Make, Model

_STORE: dict[str, Model] = {"dispatch": Dispatch()}
_DISPATCH = Make("dispatch")
CONNECT = ("connect", "default", "*")
"""What a module imports that connects components."""

LIBRARY = Library(
    name="redux",
    packages=("redux", "react-redux", "@reduxjs/toolkit"),
    exports={
        "bindActionCreators": Bind(),
        **dict.fromkeys(("connect", "default.connect"), Make("connector")),
        "useDispatch": _DISPATCH,
        "useDispatch.withTypes": Make("dispatch-hook"),
        **dict.fromkeys(("createStore", "legacy_createStore", "configureStore"), Make("redux-store")),
    },
    clients={
        "connector": {"": Give()},
        "dispatch": {"": Dispatch()},
        "dispatch-hook": {"": _DISPATCH},
        "redux-store": _STORE,
        "bound": {"": Dispatch(made=True)},
    },
)
