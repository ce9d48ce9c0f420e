"""Thunks of Redux Toolkit 1.9 and 2: https://redux-toolkit.js.org/api/createAsyncThunk.

`createAsyncThunk(type, payloadCreator)` runs nothing: what it gives, called and dispatched, runs the payload
creator with its argument. `createAsyncThunk.withTypes<…>()` gives the same function with types of its own.
"""

from callaudit.libraries.model import Arg, Give, Library, Make

_THUNK = Give(Arg(1))

LIBRARY = Library(
    name="redux-thunks",
    packages=("@reduxjs/toolkit", "@reduxjs/toolkit/react"),
    exports={"createAsyncThunk": _THUNK, "createAsyncThunk.withTypes": Make("typed")},
    clients={"typed": {"": _THUNK}},
)
