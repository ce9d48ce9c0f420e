"""Paths as they are asked for: `./prices` and `/api/../prices` are `/prices`.

https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4; browsers, `fetch` and `new URL` do the same.
"""

from __future__ import annotations

_DOTS = frozenset({".", ".."})


def without_dots(path: str) -> str:
    """`path` without its segments `.` and `..`: above a segment that is not known it leads nobody knows where.

    A path that begins with `..` is relative to a page, and stays.
    """
    if "/." not in path:
        return path
    parts = path.split("/")
    if _DOTS.isdisjoint(parts):
        return path
    kept: list[str] = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "..":
            if len(kept) < 2 or "{" in kept[-1] or kept[-1] == "..":
                kept.append(part)
                continue
            kept.pop()
        elif part != ".":
            kept.append(part)
            continue
        if last:
            kept.append("")
    return "/".join(kept)
