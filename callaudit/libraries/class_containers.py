"""Containers of dependencies that are asked for an object of a class: `container.resolve(App)`.

tsyringe 4 (https://github.com/microsoft/tsyringe#resolution), typedi 0.10 (https://docs.typestack.community/typedi),
inversify 6 (https://inversify.io/docs/api/container). Its constructor is handed what the types of its parameters say.
"""

from __future__ import annotations

PACKAGES = frozenset({"tsyringe", "typedi", "inversify"})
METHODS = frozenset({"resolve", "get", "resolveAll", "getAsync"})
