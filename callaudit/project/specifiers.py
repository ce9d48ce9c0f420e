"""What a module specifier says by its spelling, before any file is looked for."""

from __future__ import annotations

import re

from msgspec import Struct

from callaudit.project.module_urls import named

_ASSETS = frozenset({
    "css", "scss", "sass", "less", "styl", "pcss", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico",
    "bmp", "json", "json5", "jsonc", "yaml", "yml", "toml", "csv", "txt", "md", "mdx", "html", "xml", "pdf",
    "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "webm", "ogg", "wav", "wasm", "node", "glsl",
    "graphql", "gql", "proto", "sql", "prisma", "hbs", "ejs", "lottie", "glb", "gltf", "webmanifest",
})  # fmt: skip
_ASSET_QUERIES = frozenset({"raw", "url", "inline"})
_NPM_NAME = re.compile(r"(?:@[\w-][\w.~-]*/)?[\w-][\w.~-]*", re.ASCII)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.ASCII)
_REGISTRIES = frozenset({"npm:", "jsr:"})


class Request(Struct, frozen=True, gc=False):
    """A specifier without loaders and query; `asset` when these say that no code is meant."""

    name: str
    asset: bool


def request(specifier: str) -> Request:
    """Take bundlers' additions off a specifier: 'raw-loader!./a.txt', './worker.ts?worker'."""
    name = specifier.rpartition("!")[2]
    name, _, query = name.partition("?")
    return Request(name, query in _ASSET_QUERIES)


def is_asset(name: str) -> bool:
    """Tell whether a specifier names a file that holds no code, by its extension."""
    _, dot, extension = name.rpartition("/")[2].rpartition(".")
    return bool(dot) and extension.lower() in _ASSETS


def is_relative(name: str) -> bool:
    """Tell whether a specifier is relative to the file that it stands in."""
    return name in {".", ".."} or name.startswith(("./", "../"))


def split_package(name: str) -> tuple[str, str] | None:
    """Return package and subpath ('' for the package itself) of a bare specifier; None when it is none.

    'node:fs/promises' gives ('fs', 'promises'). Deno's 'npm:zod@3/v4' gives ('zod', 'v4'), as does
    'https://esm.sh/zod@3/v4'. Modules of other schemes are packages of their own: ('bun:sqlite', '').
    """
    scheme = _SCHEME.match(name)
    if scheme is not None and scheme[0] == "node:":
        name = name[len("node:") :]
    elif scheme is not None and scheme[0] in _REGISTRIES:
        name = _unversioned(name[len(scheme[0]) :].lstrip("/"))
    elif scheme is not None and (served := named(name)):
        name = _unversioned(served)
    elif scheme is not None:
        is_url = name.startswith(scheme[0] + "//") or scheme[0] in {"data:", "file:", "blob:"}
        return None if is_url else (name, "")
    parts = name.split("/")
    size = 2 if name.startswith("@") else 1
    package = "/".join(parts[:size])
    return (package, "/".join(parts[size:])) if _NPM_NAME.fullmatch(package) else None


def _unversioned(name: str) -> str:
    return re.sub(r"^(@?[^@/]+(?:/[^@/]+)?)@[^/]*", r"\1", name)


def star(pattern: str, name: str) -> str | None:
    """Return what the star of `pattern` stands for in `name`; None when they do not match."""
    before, _, after = pattern.partition("*")
    if len(name) >= len(before) + len(after) and name.startswith(before) and name.endswith(after):
        return name[len(before) : len(name) - len(after)]
    return None


class Patterns:
    """Keys with at most one star each, looked up as Node and TypeScript do: exact, then longest prefix."""

    def __init__(self, keys: list[str]) -> None:
        """Order the keys once."""
        self._exact = frozenset(key for key in keys if "*" not in key)
        self._starred = sorted((key for key in keys if "*" in key), key=lambda key: -key.index("*"))

    def find(self, name: str) -> tuple[str, str] | None:
        """Return the key for `name` and what its star stands for, None when there is none."""
        if name in self._exact:
            return name, ""
        for key in self._starred:
            rest = star(key, name)
            if rest is not None:
                return key, rest
        return None
