"""Paths as they are asked for: `./prices` and `/api/../prices` are `/prices`.

https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4; browsers, `fetch` and `new URL` do the same.
"""

from __future__ import annotations

_DOTS = frozenset({".", ".."})


def without_dots(path: str, *, rooted: bool = False) -> str:
    """`path` without its segments `.` and `..`: above a segment that is not known it leads nobody knows where.

    Where it is `rooted` nothing is above its root: `/../prices` of a host is `/prices`. One that may be relative to a
    page, or stands behind a base that has a path of its own, keeps the `..` that it begins with.
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
            above = len(kept) < 2
            if (above and not rooted) or (not above and ("{" in kept[-1] or kept[-1] == "..")):
                kept.append(part)
                continue
            if not above:
                kept.pop()
        elif part != ".":
            kept.append(part)
            continue
        if last:
            kept.append("")
    return "/".join(kept)
