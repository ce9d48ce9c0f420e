"""What the code says: the inventory, files and packages of a repository, looked up by the names that documents use."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from callaudit.verify.names import CALLED, ROUTE, path_shape, within
from callaudit.verify.tree import Tree
from callaudit.verify.words import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from callaudit.inventory.model import Call, Entry, Guard, Inventory, Reach, Retry, Route, Trigger
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Endpoint


def ground_of(root: Path, inventory: Inventory, catalogue: Catalogue) -> Ground:
    """Return what is known of the repository at `root`, whose inventory is made already."""
    from callaudit.project import load_project
    from callaudit.project.listing import list_folder

    paths = list_folder(str(root.resolve())).paths
    return Ground(root, inventory, catalogue, paths, load_project(root).declared())


class Ground(Tree):
    """Answers by name; a name that means nothing in the code has no answer."""

    def __init__(
        self, root: Path, inventory: Inventory, catalogue: Catalogue, paths: Iterable[str], packages: Mapping[str, str]
    ) -> None:
        """Take the inventory of `root`, the paths of its files, and its packages with the file that names each."""
        super().__init__(root, paths)
        self.inventory, self.catalogue = inventory, catalogue
        self.packages = dict(packages)

    # --- routes and their callers ---

    def routes(self, method: str, path: str) -> list[Route]:
        """Return the own routes of a method (empty: any) and a path, whatever their variable parts are called."""
        same = self._by_shape.get(path_shape(path), [])
        return [route for route in same if not method or route.method in (method, "ANY")]

    @cached_property
    def _by_shape(self) -> dict[tuple[str, ...], list[Route]]:
        found: dict[tuple[str, ...], list[Route]] = defaultdict(list)
        for route in self.inventory.routes:
            found[path_shape(route.path)].append(route)
        return found

    def routes_in(self, text: str) -> list[Route]:
        """Return the own routes that a text names with their method."""
        return [route for found in ROUTE.finditer(text) for route in self.routes(found[1], found[2])]

    def callers(self, route: Route) -> list[Call]:
        """Return the live call sites that ask for a route."""
        return [call for call in self._callers.get((f"{route.method} {route.path}", route.file), []) if not call.dead]

    @cached_property
    def _callers(self) -> dict[tuple[str, str], list[Call]]:
        found: dict[tuple[str, str], list[Call]] = defaultdict(list)
        for call in self.inventory.calls:
            for route in call.routes():
                found[route].append(call)
        return found

    @cached_property
    def has_clients(self) -> bool:
        """Whether the repository itself asks for its routes, and every call that might do so is known."""
        asked = any(call.internal_route or any(u.internal_route for u in call.urls) for call in self.inventory.calls)
        lost = any(call.unknown and not call.dead for call in self.inventory.calls)
        return asked and not lost

    def is_asked(self, app: str) -> bool:
        """Whether the repository asks for some route of an app: then its clients are here."""
        return any(route.app == app and self.callers(route) for route in self.inventory.routes)

    @cached_property
    def may_serve_more(self) -> bool:
        """Whether something may serve routes that the analysis does not see: other languages, rewrites."""
        others = any(path.endswith((".py", ".go", ".rb", ".java", ".kt", ".php", ".rs", ".cs")) for path in self.paths)
        configs = [path for path in self.paths if path.rpartition("/")[2].startswith("next.config.")]
        return others or bool(self.inventory.files.skipped) or any("rewrites" in self.text(path) for path in configs)

    def entry_of(self, route: Route) -> Entry | None:
        """Return the entry that a route is."""
        for entry in self.inventory.entries:
            same = (entry.file, entry.line, entry.name) == (route.file, route.line, f"{route.method} {route.path}")
            if entry.kind == "route" and same:
                return entry
        return None

    # --- what repeats ---

    def triggers_of_route(self, route: Route) -> list[Trigger]:
        """Return what repeats requests to a route: in the function that asks for it, or through it upstream."""
        own = (f"{route.method} {route.path}", route.file)
        near = {(call.file, call.function) for call in self.callers(route)}
        return [
            trigger
            for trigger in self.repeating
            if any(trigger.file == file and within(function, trigger.function) for file, function in near)
            or any(reach.routes[:1] == (own,) for reach in trigger.reaches)
        ]

    @cached_property
    def repeating(self) -> list[Trigger]:
        """What repeats network calls by itself, whether something mounts it or not."""
        kinds = ("poll", "timer", "loop", "cron")
        return [t for t in self.inventory.triggers if t.kind in kinds and t.calls_network]

    def triggers_of_function(self, name: str) -> list[Trigger]:
        """Return what repeats in a function or hook of this name."""
        return [t for t in self.inventory.triggers if name in (t.function.rpartition(".")[2], t.function, t.entry)]

    def functions(self, text: str) -> list[str]:
        """Return the names in a text that are functions, hooks or components of the code."""
        names = [name for span in code_spans(text) for name in re.findall(r"[A-Za-z_$][\w$]*", span)]
        names += CALLED.findall(text)
        names += re.findall(r"\b(?:use[A-Z]\w+|[a-z]+[A-Z]\w+)\b", text)
        return [name for name in dict.fromkeys(names) if name in self._function_names]

    @cached_property
    def _function_names(self) -> frozenset[str]:
        inventory = self.inventory
        named = {entry.name for entry in inventory.entries if entry.kind in ("hook", "component", "action")}
        named |= {call.function for call in inventory.calls} | {trigger.function for trigger in inventory.triggers}
        named |= {guard.function for guard in inventory.guards}
        named |= {step.function for entry in inventory.entries for reach in entry.reaches for step in reach.via}
        parts = {part for name in named for part in name.split(".")}
        return frozenset(part for part in parts if re.fullmatch(r"[A-Za-z_$][\w$]*", part))

    # --- endpoints ---

    def reaches_by(self, function: str) -> list[tuple[Entry, Reach]]:
        """Return the reaches whose chain goes through a function of this name."""
        return [
            (entry, reach)
            for entry in self.inventory.entries
            for reach in entry.reaches
            if any(function == step.function.rpartition(".")[2] for step in reach.via)
        ]

    def endpoint_facts(self, reach: Reach | Call) -> Endpoint | None:
        """Return what the provider's profile says of an endpoint."""
        profile = self.catalogue.profiles.get(reach.provider)
        return next((e for e in profile.endpoints if e.id == reach.endpoint), None) if profile else None

    def retries_at(self, path: str) -> list[Retry]:
        """Return the retries that are written in a file."""
        return [retry for retry in self.inventory.retries if retry.file == path]

    def server_caches(self) -> list[Guard]:
        """Return the live caches of servers and workers."""
        return [
            guard
            for guard in self.inventory.guards
            if guard.kind == "cache" and guard.store in ("process", "distributed", "cdn") and not guard.dead
        ]
