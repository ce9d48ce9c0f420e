"""What lies at a path of an object: lodash 4 (https://lodash.com/docs/4.17.15#get), underscore 1, radash 12."""

from callaudit.libraries.model import Dig, Library

LIBRARY = Library(
    name="object-paths",
    packages=("lodash", "lodash-es", "underscore", "radash", "es-toolkit/compat"),
    exports={"get": Dig(), "default.get": Dig()},
)
