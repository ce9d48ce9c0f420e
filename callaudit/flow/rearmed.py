"""Which timers a function sets anew in a run that also asks the network: only these make a poll of what it asks.

`if (!ready) { setTimeout(start, 100); return; } await load();` waits first, and then asks once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects import USER, Again, Choice, Repeated, Request, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects import Effect

Place = tuple[str, int]
_NONE: frozenset[int] = frozenset()


class _Runs(Struct, frozen=True):
    """What runs of a part may come to: whether any asks, the lines of timers in any, and those in one that asks."""

    asks: bool = False
    lines: frozenset[int] = _NONE
    both: frozenset[int] = _NONE


def asked_again(effects: Sequence[Effect], place: Place) -> frozenset[int]:
    """The lines of timers that start the function at `place` again in a run that sends a request too."""
    known: dict[int, _Runs] = {}
    waiting = list(effects)
    while waiting:
        effect = waiting[-1]
        missing = [part for part in parts_of(effect) if id(part) not in known]
        if id(effect) not in known and missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        known[id(effect)] = _of(effect, place, known)
    return _sequence(effects, known).both


def _of(effect: Effect, place: Place, known: dict[int, _Runs]) -> _Runs:
    if isinstance(effect, Again):
        return _Runs(lines=frozenset({effect.line})) if (effect.file, effect.function) == place else _Runs()
    if isinstance(effect, Request):
        return _Runs(asks=True)
    if isinstance(effect, Repeated) and effect.kind == USER:
        return _Runs()  # another run, which somebody starts
    return _sequence((effect,) if isinstance(effect, Choice) else parts_of(effect), known)


def _sequence(effects: Sequence[Effect], known: dict[int, _Runs]) -> _Runs:
    """What comes one after the other; after a way that returns nothing comes."""
    whole = _Runs()
    for effect in reversed(effects):
        if not isinstance(effect, Choice):
            whole = _then(known[id(effect)], whole)
            continue
        ways = [_sequence(way, known) for _, way in effect.ways]
        left = [ways[number] for number in effect.leaves]
        stays = [way for number, way in enumerate(ways) if number not in effect.leaves]
        whole = _either([*left, whole, *(_then(way, whole) for way in stays)])
    return whole


def _then(first: _Runs, second: _Runs) -> _Runs:
    both = first.both | second.both
    both |= (first.lines if second.asks else _NONE) | (second.lines if first.asks else _NONE)
    return _Runs(first.asks or second.asks, first.lines | second.lines, both)


def _either(ways: Iterable[_Runs]) -> _Runs:
    found = list(ways)
    return _Runs(
        any(way.asks for way in found),
        _NONE.union(*(way.lines for way in found)),
        _NONE.union(*(way.both for way in found)),
    )
