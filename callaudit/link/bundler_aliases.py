"""Aliases of imports that only the configuration of a bundler knows, where that is code.

`resolve.alias` of Vite (https://vite.dev/config/shared-options#resolve-alias), webpack
(https://webpack.js.org/configuration/resolve) and Rspack, `alias` of Rollup's plugin, of babel-plugin-module-resolver,
of Nuxt, SvelteKit and umi; also where it is set later: `config.resolve.alias.set("@", …)` of webpack-chain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.link.written_places import ROOT, Places
from callaudit.syntax.ir import Arr, Assign, Call, Lit, Member, Name, Obj, Prop, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr, Node

_CONFIGURATION: Final = re.compile(
    r"(?:^|/)(?:[^/]*\.config|(?:webpack|vite|rollup|esbuild|config-overrides)[^/]*|\.babelrc|\.umirc[^/]*|config/config)"
    r"\.[cm]?[jt]s$"
)
_ALIAS: Final = "alias"
_FOLDERS: Final = frozenset({"modules", "root", "roots"})
"""Settings that list folders in which bare names are looked up: `resolve.modules`, `root` of the plugin of Babel."""
LONGEST_PATTERN: Final = 200


class Alias(Struct, frozen=True, eq=False):
    """One alias: an exact name, what a name begins with, or a pattern; `target` is `None` where it is computed."""

    name: str
    target: str | None
    exact: bool = False
    pattern: re.Pattern[str] | None = None

    def stands_for(self, specifier: str) -> str | None:
        """What takes the place of a specifier, after `target`; `None` where this alias is not meant."""
        if self.pattern is not None:
            found = self.pattern.search(specifier)
            return None if found is None else specifier[found.end() :]
        if specifier == self.name:
            return ""
        begins = self.name if self.name.endswith("/") else self.name + "/"
        return specifier[len(begins) :] if not self.exact and specifier.startswith(begins) else None


def is_configuration(path: str) -> bool:
    """Whether a file is named like the configuration of a bundler."""
    return _CONFIGURATION.search(path) is not None


def aliases_in(module: Module, work: str) -> tuple[list[Alias], list[str]]:
    """The aliases that a configuration file sets, and the folders in which it lets bare names be looked up."""
    places = Places(module, work)
    found: list[Alias] = []
    folders: list[str] = []
    for index, _ in enumerate(module.functions):
        for node in module.nodes(index):
            if isinstance(node, Prop) and node.key == _ALIAS:
                found.extend(_listed(places, node.value))
            elif isinstance(node, Prop) and node.key in _FOLDERS and isinstance(node.value, Arr):
                texts = (places.text(item) for item in node.value.items)
                folders.extend(text for text in texts if text is not None and text != "node_modules")
            else:
                found.extend(_set_later(places, node))
    return found, folders


def _set_later(places: Places, node: Node) -> Iterator[Alias]:
    if isinstance(node, Assign) and isinstance(node.target, Member):
        if node.target.prop == _ALIAS:
            yield from _listed(places, node.value)
        elif _is_alias(node.target.obj):
            yield _named(places, node.target.prop, node.value)
    elif isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop == "set":
        root = node.callee
        while isinstance(root.obj, Call) and isinstance(root.obj.callee, Member):
            root = root.obj.callee
        key = node.args[0] if len(node.args) > 1 else None
        if _is_alias(root.obj) and isinstance(key, Lit) and isinstance(key.value, str):
            yield _named(places, key.value, node.args[1])


def _is_alias(expr: Expr) -> bool:
    return (isinstance(expr, Member) and expr.prop == _ALIAS) or (isinstance(expr, Name) and expr.id == _ALIAS)


def _listed(places: Places, value: Expr) -> Iterator[Alias]:
    """The aliases of an object by name, or of a list of `{ find, replacement }`."""
    for node in walk((value,)):
        if not isinstance(node, Obj):
            continue
        props = {prop.key: prop.value for prop in node.props if isinstance(prop, Prop) and isinstance(prop.key, str)}
        find, replacement = props.get("find"), props.get("replacement")
        if find is not None and replacement is not None:
            if isinstance(find, Lit) and isinstance(find.value, str):
                yield _named(places, find.value, replacement, marked=False)
            elif (pattern := _pattern(find)) is not None:
                yield Alias(pattern.pattern, _without_group(places.text(replacement)), pattern=pattern)
        else:
            # `fs: false` says that there is nothing
            yield from (_named(places, name, to) for name, to in props.items() if not _is_off(to))


def _is_off(value: Expr) -> bool:
    return isinstance(value, Lit) and not isinstance(value.value, str)


def _named(places: Places, name: str, target: Expr, *, marked: bool = True) -> Alias:
    """An alias by its name; a `$` at its end says that nothing below it is meant."""
    exact = marked and name.endswith("$") and len(name) > 1
    return Alias(name[:-1] if exact else name, places.text(target), exact)


def _pattern(find: Expr) -> re.Pattern[str] | None:
    """A pattern of what names begin with: what follows it, a group or not, is put after the place."""
    written = find.value.value if isinstance(find, Un) and find.op == "regex" and isinstance(find.value, Lit) else None
    if not isinstance(written, str) or not written.startswith("/^") or len(written) > LONGEST_PATTERN:
        return None
    body = written[1 : written.rindex("/")].replace("\\/", "/")
    try:
        return re.compile(re.sub(r"\((?:\.[*+])\)\$?$", "", body))
    except re.error:
        return None


def _without_group(target: str | None) -> str | None:
    if target is None:
        return None
    return re.sub(r"/?\$1$", "", target) or ROOT
