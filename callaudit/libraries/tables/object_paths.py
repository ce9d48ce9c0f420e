"""What lies at a path of an object, and lists by keys: lodash 4, underscore 1, radash 12.

https://lodash.com/docs/4.17.15#get, https://lodash.com/docs/4.17.15#keyBy.
"""

from callaudit.libraries.model import Dig, Key, Library

LIBRARY = Library(
    name="object-paths",
    packages=("lodash", "lodash-es", "underscore", "radash", "es-toolkit/compat"),
    exports={
        "get": Dig(),
        "default.get": Dig(),
        **dict.fromkeys(("keyBy", "default.keyBy", "indexBy", "default.indexBy"), Key()),
    },
)
