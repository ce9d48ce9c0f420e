"""What two revisions ask differently, for a terminal and for a comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.escape import markdown, markdown_code, visible
from callaudit.report.load.numbers import MINUS, counted, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.compare import ActionChange, BucketChange, LoadChange

_SHOWN = 12
"""Characters of a commit's name."""


def change_text(change: LoadChange, base: str) -> str:
    """Return one line for each action, bucket and page that is different."""
    lines = [*_actions(change), *_buckets(change), *_pages(change)]
    head = f"against {base} ({change.base[:_SHOWN]})"
    body = lines or ["it asks the same"]
    return "\n".join(map(visible, [head, *(f"  {line}" for line in body)])) + "\n"


def change_markdown(change: LoadChange, base: str) -> str:
    """Return the same as Markdown."""
    head = f"### Upstream load against {markdown_code(base)} ({markdown_code(change.base[:_SHOWN])})"
    parts = [*_actions(change), *_buckets(change), *_pages(change)]
    if not parts:
        return f"{head}\n\nIt asks the same.\n"
    return "\n".join([head, "", *(f"- {markdown(line)}" for line in parts)]) + "\n"


def _actions(change: LoadChange) -> Iterator[str]:
    for one in change.actions:
        yield f"{one.entry}: {_calls(one)}, {_signed(_credits(one))} credits a run ({one.file}:{one.line})"


def _calls(one: ActionChange) -> str:
    before, after = (number(each.max) if each.max is not None else "n" for each in (one.calls_before, one.calls_after))
    if before == after:
        return f"{counted(one.calls_before)} → {counted(one.calls_after)} calls"
    return f"{before} → {after} calls"


def _credits(one: ActionChange) -> float:
    """The most of one run, all attempts counted; what is expected where there is no most."""
    if one.credits_before.max is None or one.credits_after.max is None:
        return (one.credits_after.expected or 0) - (one.credits_before.expected or 0)
    return one.credits_after.max - one.credits_before.max


def _buckets(change: LoadChange) -> Iterator[str]:
    for one in change.buckets:
        rate = one.requests_after - one.requests_before
        units = one.credits_after - one.credits_before
        each = " a visitor" if one.per == "visitor" else ""
        text = f"{one.title or one.bucket}: {_signed(rate)} requests/s{each}"
        if one.unit != "requests":
            text += f", {_signed(units)} {one.unit} in its window"
        yield f"{text} at {one.users:,} users{_fits(one)}"


def _fits(one: BucketChange) -> str:
    if one.users_before == one.users_after:
        return ""
    before, after = (
        number(users) if users is not None else "any number" for users in (one.users_before, one.users_after)
    )
    return f"; {before} → {after} users fit"


def _pages(change: LoadChange) -> Iterator[str]:
    for one in change.pages:
        yield (
            f"{one.page}: {number(one.requests_before)} → {number(one.requests_after)} polled requests/s a user"
            f" ({one.bucket})"
        )


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else MINUS}{number(abs(value))}"
