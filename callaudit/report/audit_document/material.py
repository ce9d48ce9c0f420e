"""What the audit document is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.advice.known import Known

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.advice.model import Advice


class Material(Known, frozen=True, kw_only=True):
    """All that is known of a repository, and the advice that follows from it.

    `name` is what the repository is called. `lines` reads a file of it: its lines without their ends, nothing where
    it cannot be read.
    """

    name: str
    lines: Callable[[str], tuple[str, ...]]
    advice: Advice
