"""What is wrong with the options of `callaudit load`: all of it is said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.cli.failures import FAILURES, Failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def combined(modes: dict[str, bool], shown: dict[str, bool]) -> Iterator[Failed]:
    """Options that would be passed over: one that shows something else, or shows more of the estimate."""
    mode, *more = [name for name, given in modes.items() if given] or [""]
    others = [*more, *(name for name, given in shown.items() if given)]
    if mode and others:
        yield Failed("combined", name=", ".join(others), base=mode)


def unknown_scenarios(names: Iterable[str], known: Iterable[str]) -> Iterator[Failed]:
    """Each name that is no scenario, with the nearest one, or all that there are."""
    from callaudit.providers.mistakes import did_you_mean

    there = tuple(known)
    for name in dict.fromkeys(names):
        if name not in there:
            near = did_you_mean(name, there).removeprefix("; ") or f"there are {', '.join(there)}"
            yield Failed("scenario", name=name, near=near)


def wrong_plan(users: str | None) -> Iterator[Failed]:
    """A number of users that is none."""
    if users is not None and not users.isdecimal():
        yield Failed("plan", name=repr(users))


def fail_on(mistakes: Sequence[Failed]) -> None:
    """Fail where there are mistakes: with the sentence of one, or with a line for each of several."""
    from callaudit.report.table import plural

    if len(mistakes) == 1:
        raise mistakes[0]
    if mistakes:
        general = FAILURES["options"].hint
        lines = [one.sentence + (f"; {one.hint}" if one.hint not in ("", general) else "") for one in mistakes]
        raise Failed("options", lines, mistakes=plural(len(lines), "mistake"))
