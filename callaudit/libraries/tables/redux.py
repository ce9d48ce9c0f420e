"""Redux 4 and 5, React Redux 7 to 9: what is dispatched, and components that a store is connected to.

`connect(mapState, mapDispatch)(Component)` (https://react-redux.js.org/api/connect) shows the component with what the
store holds and with functions that dispatch; `useDispatch` (https://react-redux.js.org/api/hooks) gives `dispatch`.
"""

from callaudit.libraries.model import Give, Library, Make

LIBRARY = Library(
    name="redux",
    packages=("react-redux",),
    exports=dict.fromkeys(("connect", "default.connect"), Make("connector")),
    clients={"connector": {"": Give()}},
)
