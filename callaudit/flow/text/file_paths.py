"""Paths as Node's functions of paths give them, which programs use for URLs too: `join("/v1", "..", "v2")` is `/v2`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.strings import each, parts_of, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.values.values import Unknown, Value

    Segment = list[str | Unknown]

HERE, UP = ".", ".."


def file_path(path: Value) -> Value:
    """A path of files without such segments, as `path.join` and `path.normalize` give it."""
    return each(path, _plain)


def _plain(path: Value) -> Value:
    segments = _segments(parts_of(path))
    if not any(one in ([HERE], [UP], []) for one in segments[1:]) and segments[0] not in ([HERE], [UP]):
        return path
    kept: list[Segment] = []
    for number, one in enumerate(segments):
        if one == [UP] and kept and kept[-1] not in ([], [UP]):
            above = kept.pop()
            if not all(isinstance(part, str) for part in above):
                kept += [above, one]  # there may be slashes in it
        elif one == [UP] and kept and kept[-1] == []:
            continue  # above the root there is the root
        elif one != [HERE] and (one or number in (0, len(segments) - 1) or (number == 1 and _is_scheme(segments[0]))):
            kept.append(one)
    if kept and kept[-1] == [] and len(kept) == 1:
        return text(("/",))
    parts = [part for number, one in enumerate(kept) for part in (*(("/",) if number else ()), *one)]
    return text(parts or (HERE,))


def _is_scheme(segment: Segment) -> bool:
    """Whether two slashes follow, of which `path.join` leaves one, and who asks there puts the other back."""
    return segment in (["http:"], ["https:"])


def _segments(parts: Sequence[str | Unknown]) -> list[Segment]:
    """The parts of a text between slashes; the first is empty where it begins with one."""
    segments: list[Segment] = [[]]
    for part in parts:
        if isinstance(part, str):
            first, *others = part.split("/")
            segments[-1] += [first] if first else []
            segments += [[one] if one else [] for one in others]
        else:
            segments[-1].append(part)
    return segments
