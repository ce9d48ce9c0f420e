"""What modules of a container are registered with: `HttpModule.register({ baseURL })`, and who gets a client of it.

A class gets the client of the module that lists it: with the options that this module gives, or one that it imports.
https://docs.nestjs.com/techniques/http-module#configuration
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, ClassValue, Client, ForeignValue, OneOf, Record, Seq, Value
from callaudit.libraries.registry import configured

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_IMPORTED = 4
"""How many modules deep options are looked for."""
Cls = tuple[str, int]


class ClientModules:
    """The clients that modules configure, by the classes that are handed them."""

    def __init__(self, made: Callable[[Record, str], Value | None]) -> None:
        """`made` gives what the factory of asynchronous options makes."""
        self._made = made
        self._modules: dict[Cls, Record] = {}
        self._listed: dict[Cls, list[Cls]] = {}

    def note(self, module: Cls, options: Record) -> None:
        """Take the options of the decorator of a module class."""
        self._modules[module] = options
        for name in ("providers", "controllers"):
            for item in listed(options, name):
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
        imported = listed(options, "imports") if options is not None and depth else []
        for item in imported:
            found = self._registered(item, wanted) if isinstance(item, ForeignValue) else None
            if found is not None:
                return found
        inner = (item for item in imported if isinstance(item, ClassValue))
        ways = (self._of_module((item.module, item.index), wanted, depth - 1) for item in inner)
        return next((found for found in ways if found is not None), None)

    def _registered(self, item: ForeignValue, wanted: Client) -> Client | None:
        if configured(item.package, item.path) != (wanted.library.name, wanted.kind):
            return None
        options = registered(item, self._made)
        return Client(wanted.library, wanted.kind, (options,)) if options is not None else None


def registered(module: ForeignValue, made: Callable[[Record, str], Value | None]) -> Value | None:
    """The options of `X.register({ … })`, or what the factory of `X.registerAsync` makes, by `made`.

    A class makes them with a method that is called after the module: `createCacheOptions` for a `CacheModule`.
    """
    options = forced(module.args[0]) if module.args else None
    if isinstance(options, Record) and not {"useFactory", "useClass", "useExisting"}.isdisjoint(options.fields):
        found = made(options, f"create{module.path[0].removesuffix('Module')}Options" if module.path else "")
        return forced(found) if found is not None else None
    return options


def listed(options: Value, name: str) -> list[Value]:
    """The items of a list among options, those of every branch that may have made it."""
    value = forced(options.fields.get(name, UNDEFINED)) if isinstance(options, Record) else UNDEFINED
    return [forced(item) for one in ways(value) if isinstance(one, Seq) for item in one.items]


def ways(value: Value) -> tuple[Value, ...]:
    """What a value may be."""
    value = forced(value)
    return value.values if isinstance(value, OneOf) else (value,)
