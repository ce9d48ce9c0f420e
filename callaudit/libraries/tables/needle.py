"""needle 3: https://github.com/tomas/needle#api."""

from callaudit.libraries.model import Arg, Library, Model, Request

_METHODS: dict[str, Model] = {
    **{
        name: Request(method=name.upper(), options=Arg(-1))
        for name in ("get", "post", "put", "patch", "delete", "head")
    },
    "": Request(urls=(Arg(1),), methods=(Arg(0),), options=Arg(-1)),
    "request": Request(urls=(Arg(1),), methods=(Arg(0),), options=Arg(-1)),
}

LIBRARY = Library(
    name="needle",
    packages=("needle",),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _METHODS.items()},
        **{name: model for name, model in _METHODS.items() if name},
    },
    network=True,
)
