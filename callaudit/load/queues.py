"""What bounds how fast requests leave a process."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Queue(Struct, frozen=True):
    """A queue or limiter: calls that run at once, and calls that start a second, in each process that has one.

    None: any number. What is too much waits; with `drops` it is left out instead. `kind` is `queue` or `limiter`,
    `function` where it stands.
    """

    id: str
    mechanism: str
    file: str
    line: int
    concurrency: int | None = None
    per_second: float | None = None
    store: Literal["process", "distributed", "cdn", "browser", "unknown"] = "process"
    drops: bool = False
    kind: str = "queue"
    function: str = ""

    @property
    def name(self) -> str:
        """What it is, and where: `limiter in Orders.send (variable)`."""
        return f"{self.kind} in {self.function} ({self.mechanism})" if self.function else self.mechanism
