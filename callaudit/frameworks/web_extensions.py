"""Scripts of browser extensions: they ask for `chrome.…` or `browser.…`, which only extensions have.

https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API. What such a script asks for leaves from the
computer of who has installed the extension, also where a service worker asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.frameworks.in_document import is_bound
from callaudit.libraries.tables.web_extensions import PACKAGES
from callaudit.syntax.ir import Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

GLOBALS: Final = frozenset({"chrome", "browser"})
NAMESPACES: Final = frozenset(
    {
        "action",
        "alarms",
        "bookmarks",
        "browserAction",
        "commands",
        "contextMenus",
        "cookies",
        "declarativeNetRequest",
        "devtools",
        "downloads",
        "extension",
        "history",
        "i18n",
        "identity",
        "idle",
        "menus",
        "notifications",
        "offscreen",
        "omnibox",
        "pageAction",
        "permissions",
        "runtime",
        "scripting",
        "sidePanel",
        "sidebarAction",
        "storage",
        "tabs",
        "webNavigation",
        "webRequest",
        "windows",
    }
)


def in_extension(interpreter: Interpreter, path: str) -> bool:
    """Whether the module at `path` asks for something that only extensions of browsers have."""
    module = interpreter.program.modules[path]
    if any(one.source in PACKAGES for one in module.facts.imports):
        return True
    for index, function in enumerate(module.functions):
        if GLOBALS.isdisjoint(function.refs):
            continue
        for node in module.nodes_of(index, Member):
            owner = node.obj
            if not isinstance(owner, Name) or owner.id not in GLOBALS or node.prop not in NAMESPACES:
                continue
            if not is_bound(interpreter, path, index, owner.id):
                return True
    return False
