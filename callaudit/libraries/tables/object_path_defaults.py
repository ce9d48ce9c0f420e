"""The same of packages that are one function: lodash 4 by method, dlv 1 (`dlv(object, path, default)`)."""

from callaudit.libraries.model import Dig, Library

LIBRARY = Library(
    name="object-path-defaults",
    packages=("lodash/get", "lodash.get", "lodash-es/get", "dlv"),
    exports={"default": Dig()},
)
