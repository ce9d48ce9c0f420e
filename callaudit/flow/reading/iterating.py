"""Whether loops over objects of the program may reach the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.facts import ASYNC_ITERATOR, ITERATOR

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

ITERATORS = (ASYNC_ITERATOR, ITERATOR)
"""The members that a loop asks for, in order."""


def are_iterated(interpreter: Interpreter) -> bool:
    """Whether an object of the program has such a member that may reach the network."""
    return interpreter.found_once("iterated", lambda: any(map(interpreter.relevance.member, ITERATORS)))
