"""Names of things as documents write them: paths of files, routes, calls of functions."""

from __future__ import annotations

import re

from callaudit.verify.words import name_words, singular

SOURCE_ENDINGS = "ts|tsx|mts|cts|js|jsx|mjs|cjs|py|vue|svelte|go|rs"
_ENDINGS = rf"(?:{SOURCE_ENDINGS}|json|ya?ml|toml|sql|prisma|css|scss|sh|md|html)"
_PART = r"(?:[\w@.-]|\([\w@.-]{0,60}\)|\[{1,2}[\w.-]{0,60}\]{1,2})"
# What a placeholder (`*.ts`, `<name>.ts`, `{id}.ts`) leaves over is no path, nor is `.env` of `.env.example`.
PATH = re.compile(
    rf"(?:(?<=…/)|(?<![\w/@:.*>}}$-]))((?:{_PART}{{1,100}}/){{0,30}}{_PART}{{0,100}}?\.{_ENDINGS})"
    r"(?![\w/*{]|\.\w)(?:(?::|#L)(\d+)(?::\d+(?![\d-]))?(?:\s*[-–]\s*L?(\d+))?)?"
)
ROUTE = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+(/[^\s`|,;)\"'<]*)")
CALLED = re.compile(r"\b([A-Za-z_$][\w$]*)\s*\(")
_HOLE = re.compile(r"\$?\{[^}]*\}|\[{1,2}\.{0,3}[^\]]*\]{1,2}|(?<=/):[\w-]+|(?<=/)<[^>]*>")


def path_shape(path: str) -> tuple[str, ...]:
    """Return the parts of a path without query, variable ones as `{}`."""
    bare = re.split(r"[?#]", path.rstrip(".:*"))[0]
    return tuple(part for part in _HOLE.sub("{}", bare).split("/") if part)


def within(function: str, outer: str) -> bool:
    """Whether a function is another one or written inside of it."""
    return function == outer or function.startswith(outer + ".")


def same_words(one: str, other: str) -> bool:
    """Whether two names have the same words in any order, or one holds those of the other."""
    first, second = ([singular(word) for word in name_words(name)] for name in (one, other))
    small, large = sorted((first, second), key=len)
    return len(small) > 1 and all(any(_alike(word, other) for other in large) for word in small)


def _alike(one: str, other: str) -> bool:
    small, large = sorted((one, other), key=len)
    return one == other or (len(small) >= 5 and large.startswith(small))
