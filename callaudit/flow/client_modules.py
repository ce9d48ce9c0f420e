"""Clients that a container makes with the options of a module: `HttpModule.register({ baseURL })`.

A class gets the client of the module that lists it: with the options that this module gives, or one that it imports.
https://docs.nestjs.com/techniques/http-module#configuration
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ClassValue, Client, ForeignValue, Record, Seq, Value, forced
from callaudit.libraries.registry import configured

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_IMPORTED = 4
"""How many modules deep options are looked for."""
Cls = tuple[str, int]


class ClientModules:
    """The clients that modules configure, by the classes that are handed them."""

    def __init__(self, made: Callable[[Record], Value | None]) -> None:
        """`made` gives what the factory of asynchronous options makes."""
        self._made = made
        self._modules: dict[Cls, Record] = {}
        self._listed: dict[Cls, list[Cls]] = {}

    def note(self, module: Cls, options: Record) -> None:
        """Take the options of the decorator of a module class."""
        self._modules[module] = options
        for name in ("providers", "controllers"):
            for item in _items(options, name):
                cls = (
                    forced(item.fields["useClass"]) if isinstance(item, Record) and "useClass" in item.fields else item
                )
                if isinstance(cls, ClassValue):
                    self._listed.setdefault((cls.module, cls.index), []).append(module)

    def client(self, cls: Cls, wanted: Client) -> Client | None:
        """The client of the kind that is `wanted` which `cls` is handed, where a module gives it options."""
        for module in self._listed.get(cls, ()):
            found = self._of_module(module, wanted, MOST_IMPORTED)
            if found is not None:
                return found
        return None

    def _of_module(self, module: Cls, wanted: Client, depth: int) -> Client | None:
        options = self._modules.get(module)
        imported = _items(options, "imports") if options is not None and depth else []
        for item in imported:
            found = self._registered(item, wanted) if isinstance(item, ForeignValue) else None
            if found is not None:
                return found
        inner = (item for item in imported if isinstance(item, ClassValue))
        ways = (self._of_module((item.module, item.index), wanted, depth - 1) for item in inner)
        return next((found for found in ways if found is not None), None)

    def _registered(self, item: ForeignValue, wanted: Client) -> Client | None:
        if not item.args or configured(item.package, item.path) != (wanted.library.name, wanted.kind):
            return None
        options: Value | None = forced(item.args[0])
        if isinstance(options, Record) and "useFactory" in options.fields:
            options = self._made(options)
        return Client(wanted.library, wanted.kind, (options,)) if options is not None else None


def _items(options: Record, name: str) -> list[Value]:
    listed = forced(options.fields[name]) if name in options.fields else None
    return [forced(item) for item in listed.items] if isinstance(listed, Seq) else []
