"""What `router.refresh()` asks for: the requests of the server components of the pages that do it.

A module with `'use client'` is where the server's part of a page ends:
https://nextjs.org/docs/app/api-reference/directives/use-client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Called, Request
from callaudit.flow.queries.refreshing import REFRESH
from callaudit.inventory.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.content import Contents

CLIENT = "use client"


class Refreshing:
    """Answers what is behind a refresh."""

    def __init__(self, interpreter: Interpreter, composer: Composer, contents: Contents) -> None:
        """Answer from the runs of `composer`."""
        self._in = interpreter
        self._composer = composer
        self._contents = contents
        self._pages: dict[int, Content] = {}

    def behind(self, mechanism: str, holders: Iterable[Entry]) -> Content:
        """What the server does when one of the pages among `holders` is refreshed; nothing for other triggers."""
        found = Content()
        for page in holders if mechanism == REFRESH else ():
            if page.kind == "page":
                found.take(self._page(page))
        return found

    def _page(self, page: Entry) -> Content:
        known = self._pages.get(id(page))
        if known is None:
            requests = () if self._is_client(page.file) else tuple(self._on_server(self._composer.own(page).effects))
            known = self._pages[id(page)] = self._contents.of(requests, page.app)
        return known

    def _is_client(self, module: str) -> bool:
        here = self._in.program.modules.get(module)
        return here is not None and CLIENT in here.facts.directives

    def _on_server(self, effects: Sequence[Effect]) -> Iterator[Effect]:
        """The requests of a tree that are sent before the code of a client component begins."""
        for effect in walk_effects(effects, enter=self._is_of_server):
            if isinstance(effect, Request) and not any(self._is_client(one.site.file) for one in effect.requests):
                yield effect

    def _is_of_server(self, effect: Effect) -> bool:
        return not (isinstance(effect, Called) and self._is_client(effect.defined_in))
