"""What goes wrong while one part of a program is followed costs the answers of that part, not those of the others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter

RAISE = "CALLAUDIT_RAISE"
"""The environment variable that lets a mistake of callaudit end the run and show where it is: for its developers."""
TOO_DEEP = "the code is nested too deeply to be followed"

_Found = TypeVar("_Found")


class Place(NamedTuple):
    """A part of a program, and where it begins."""

    file: str
    line: int
    name: str


def spared(interpreter: Interpreter, place: Place, work: Callable[[], _Found], otherwise: _Found) -> _Found:
    """What `work` finds of `place`; where it fails, `otherwise`, and the part is among what could not be known."""
    try:
        return work()
    except RecursionError:
        why = TOO_DEEP
    except Exception as error:
        if os.environ.get(RAISE):
            raise
        why = f"callaudit failed here ({type(error).__name__}: {error}); please report it"
    interpreter.recover()
    interpreter.gap(place.file, place.line, place.name, why)
    return otherwise
