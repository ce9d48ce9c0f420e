"""Scripts of documents: a module that asks the `document` or the `window` around it runs in a browser.

What drives a browser from outside, or makes a document of its own, hands such code on and is none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.syntax.ir import Member, Name
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

GLOBALS: Final = frozenset({"window", "document"})
WORKERS_OWN: Final = frozenset({"registration", "skipWaiting", "clients"})
"""What only the global object of a service worker has: https://w3c.github.io/ServiceWorker/#serviceworkerglobalscope."""
ELSEWHERE: Final = frozenset(
    {
        "puppeteer",
        "puppeteer-core",
        "playwright",
        "playwright-core",
        "playwright-chromium",
        "@playwright/test",
        "selenium-webdriver",
        "webdriverio",
        "jsdom",
        "happy-dom",
        "linkedom",
        "domino",
        "fs",
        "fs/promises",
        "path",
        "os",
        "http",
        "https",
        "child_process",
        "worker_threads",
        "express",
        "fastify",
        "dotenv",
        "electron",
        "vue/server-renderer",
        "@vue/server-renderer",
        "svelte/server",
    }
)
"""Packages that code in a document does not use."""


def in_document(interpreter: Interpreter, path: str) -> bool:
    """Whether the module at `path` reads a property of the document or window that it runs in."""
    module = interpreter.program.modules[path]
    if not is_no_servers(interpreter, path):
        return False
    for index, function in enumerate(module.functions):
        if GLOBALS.isdisjoint(function.refs) and "self" not in function.refs:
            continue
        for node in module.nodes_of(index, Member):
            owner = node.obj
            if not isinstance(owner, Name) or is_bound(interpreter, path, index, owner.id):
                continue
            if owner.id in GLOBALS or (owner.id == "self" and node.prop in WORKERS_OWN):
                return True
    return False


def is_no_servers(interpreter: Interpreter, path: str) -> bool:
    """Whether the module at `path` imports nothing that code in a document does not use."""
    imports = interpreter.program.modules[path].facts.imports
    return not any(one.source in ELSEWHERE or one.source.startswith("node:") for one in imports)


def is_bound(interpreter: Interpreter, path: str, index: int, name: str) -> bool:
    """Whether a name is one of the program's own where function number `index` uses it."""
    module = interpreter.program.modules[path]
    here = index
    while here >= 0:
        function = module.functions[here]
        if name in interpreter.stores.bindings.names(path, here).declared:
            return True
        if any(name in bound_names(param.target) for param in function.params):
            return True
        here = function.parent
    return any(one.local == name for one in module.facts.imports)
