"""What a shell command does that matters here: it asks for a URL, starts a file, or runs a script of package.json.

curl 8 (https://curl.se/docs/manpage.html), wget 1, and the runners of Node, Bun and Deno.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 20_000
MOST_COMMANDS = 200
_EXPRESSION = re.compile(r"\$\{\{\s*([^}]{0,200}?)\s*\}\}")
_VARIABLE = re.compile(r"\$\{([A-Za-z_]\w{0,60})[^{}\n]{0,200}\}|\$([A-Za-z_]\w{0,60})")
_BREAK = re.compile(r"\n|;|&&|\|\||\|(?!\|)|\$\((?!\()|`")
"""Between commands, and before those whose output another one takes: `status=$(curl …)`."""
_SOURCE = re.compile(r"\.(?:[cm]?[jt]s|[jt]sx)$")
_URL = re.compile(r"^(?:https?://|\{|localhost\b)")
# fmt: off
_WITH_VALUE = frozenset({
    "-H", "--header", "-o", "--output", "-u", "--user", "-m", "--max-time", "--retry", "--retry-delay",
    "--retry-max-time", "-w", "--write-out", "-A", "--user-agent", "--connect-timeout", "-b", "--cookie", "-c",
    "--cookie-jar", "-e", "--referer", "-K", "--config", "-x", "--proxy", "-O", "-T",
})
_RUNNERS = frozenset({
    "node", "tsx", "ts-node", "ts-node-esm", "esno", "bun", "deno", "nodemon", "swc-node", "babel-node",
})
# fmt: on
_DATA = ("-d", "--data", "-F", "--form", "--json", "--post-data", "--data-raw", "--data-binary", "--data-urlencode")
_MANAGERS = frozenset({"npm", "yarn", "pnpm", "bun", "turbo", "npx", "bunx"})
_FILTERS = frozenset({"--filter", "-F", "-w", "--workspace", "workspace", "--prefix", "-C", "--dir", "--cwd"})
_NO_SCRIPT = frozenset({"install", "ci", "i", "add", "exec", "dlx", "config", "audit", "version", "publish", "cache"})


class Asked(Struct, frozen=True):
    """A URL is asked for; what is variable in it is written `{name}`."""

    method: str
    url: str


class Started(Struct, frozen=True):
    """A file is run in `folder`."""

    path: str
    folder: str


class Scripted(Struct, frozen=True):
    """A script of package.json is run: of the package in `folder`, or of the one that `package` names."""

    name: str
    folder: str
    package: str = ""


Step = Asked | Started | Scripted


def parse(text: str, folder: str) -> Iterator[Step]:
    """Everything that a shell text does in turn, as far as it matters."""
    whole = text[:LONGEST].replace("\\\r\n", " ").replace("\\\n", " ")
    whole = _EXPRESSION.sub(lambda found: "{" + found[1].rpartition(".")[2].strip() + "}", whole)
    whole = _VARIABLE.sub(lambda found: "{" + (found[1] or found[2]) + "}", whole)
    for command in _BREAK.split(whole)[:MOST_COMMANDS]:
        words = _words(command)
        if words[:1] == ["cd"] and len(words) > 1:
            folder = below(folder, words[1])
            continue
        for place, word in enumerate(words):
            name = word.rpartition("/")[2]
            rest = words[place + 1 :]
            if name in ("curl", "wget"):
                yield from _asked(rest)
                break
            if name in _RUNNERS and any(_SOURCE.search(one) for one in rest):
                yield Started(next(one for one in rest if _SOURCE.search(one)), folder)
                break
            if name in _MANAGERS and "=" not in word:
                yield from _script(name, rest, folder)
                break


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, comments=True)
    except ValueError:  # a quote that another command closes
        return [word.strip("'\"") for word in command.split()]


def below(folder: str, path: str) -> str:
    """`path` seen from `folder`, the folder itself where it leads out of the repository."""
    parts = [part for part in folder.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return folder
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _asked(words: list[str]) -> Iterator[Asked]:
    method = ""
    data = False
    urls: list[str] = []
    left = iter(words)
    for word in left:
        if word in ("-X", "--request", "--method"):
            method = next(left, "")
        elif word.startswith(("-X", "--request=", "--method=")):
            method = word.rpartition("=")[2] if "=" in word else word[2:]
        elif word in _DATA or word.startswith(tuple(f"{name}=" for name in _DATA)):
            data = True
            if "=" not in word or word in _DATA:
                next(left, "")
        elif word in _WITH_VALUE:
            next(left, "")
        elif word == "--url":
            urls.append(next(left, ""))
        elif not word.startswith("-") and _URL.match(word):
            urls.append(word)
    for url in urls:
        yield Asked(method.upper() or ("POST" if data else "GET"), url.rstrip(")"))


def _script(manager: str, words: list[str], folder: str) -> Iterator[Started | Scripted]:
    """A script that a package manager runs, perhaps of another package."""
    package = ""
    names: list[str] = []
    left = iter(words)
    for word in left:
        if word in _FILTERS:
            value = next(left, "")
            if word in ("--prefix", "-C", "--dir", "--cwd"):
                folder = below(folder, value)
            else:
                package = value
        elif "=" in word and word.partition("=")[0] in _FILTERS:
            package = word.partition("=")[2]
        elif not word.startswith("-"):
            names.append(word)
    if names[:1] == ["run"]:
        names.pop(0)
    source = next((name for name in names if _SOURCE.search(name)), "")
    if source:
        yield Started(source, folder)
    elif names and names[0] not in _NO_SCRIPT and manager not in ("npx", "bunx"):
        yield Scripted(names[0], folder, package)
