"""Node's functions of paths, which programs use for URLs too: https://nodejs.org/docs/latest-v22.x/api/path.html."""

from callaudit.libraries.model import Join, Library

_JOINS = ("join", "normalize")

LIBRARY = Library(
    name="node:path",
    packages=("path", "node:path", "path/posix", "node:path/posix"),
    exports={
        f"{before}{name}": Join(files=True)
        for before in ("", "posix.", "default.", "default.posix.")
        for name in _JOINS
    },
)
