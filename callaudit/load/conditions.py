"""What conditions of the code ask: a WebSocket that is up, an account, a run that failed, or something not known.

The texts come from intervals and `enabled` options. What a name says is taken as said and listed among the
assumptions; a scenario can say otherwise (`conditions`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from callaudit.flow.effects.records import FAILED
from callaudit.load.model import Condition, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(r"\s*(&&|\|\||\(|\)|!(?!=)|(?:[^&|()!\"'`]|!=|\"[^\"]*\"|'[^']*'|`[^`]*`)+)")
_NOTHING = re.compile(r"^(.*?)\s*(===?|!==?)\s*(null|undefined|false|true|0|''|\"\")$")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_CALL = re.compile(r"^(Boolean|Number)$")

SOCKET: Final = frozenset({"ws", "socket", "sockets", "websocket", "stream", "streaming", "realtime", "sse"})
LINK: Final = frozenset({"connected", "connection", "online", "live", "subscribed", "open"})
ACCOUNT: Final = frozenset(
    {"account", "wallet", "address", "user", "token", "session", "auth", "authenticated", "signed", "logged", "login"}
) | {"jwt", "credentials", "profile", "member", "key", "accounts"}


@cache
def condition(text: str, *, of_interval: bool = False) -> Condition | None:
    """Read a condition; None for an empty one, which always holds.

    `of_interval` is where `connected` alone means a WebSocket: an interval that depends on a connection. One that
    depends on what `failed` is that after a failure.
    """
    if not text.strip():
        return None
    tokens = [token.strip() for token in _TOKEN.findall(text) if token.strip()]
    if "".join(tokens).replace(" ", "") != text.replace(" ", ""):
        return _unknown(text)
    try:
        found, rest = _any(tokens, of_interval)
    except (IndexError, RecursionError):
        return _unknown(text)
    return _unknown(text) if rest else _linked(found)


def _any(tokens: list[str], of_interval: bool) -> tuple[Condition, list[str]]:
    parts, rest = _parts(tokens, "||", lambda inner: _all(inner, of_interval))
    return (parts[0] if len(parts) == 1 else Condition("any", tuple(parts))), rest


def _all(tokens: list[str], of_interval: bool) -> tuple[Condition, list[str]]:
    parts, rest = _parts(tokens, "&&", lambda inner: _not(inner, of_interval))
    return (parts[0] if len(parts) == 1 else Condition("all", tuple(parts))), rest


def _parts(
    tokens: list[str], joint: str, read: Callable[[list[str]], tuple[Condition, list[str]]]
) -> tuple[list[Condition], list[str]]:
    part, rest = read(tokens)
    parts = [part]
    while rest and rest[0] == joint:
        part, rest = read(rest[1:])
        parts.append(part)
    return parts, rest


def _not(tokens: list[str], of_interval: bool) -> tuple[Condition, list[str]]:
    if tokens[0] == "!":
        inner, rest = _not(tokens[1:], of_interval)
        return (inner.parts[0] if inner.op == "not" else Condition("not", (inner,))), rest
    if tokens[0] == "(" or (_CALL.match(tokens[0]) and tokens[1:2] == ["("]):
        inner, rest = _any(tokens[1:] if tokens[0] == "(" else tokens[2:], of_interval)
        if rest[0] != ")":
            raise IndexError
        return inner, rest[1:]
    if tokens[0] in ("&&", "||", ")"):
        raise IndexError
    return _term(tokens[0], of_interval), tokens[1:]


def _term(text: str, of_interval: bool) -> Condition:
    compared = _NOTHING.match(text)
    if compared:
        name, operator, value = compared.groups()
        term = _named(name.strip(), of_interval)
        holds = (operator[0] == "!") != (value == "true")
        return term if holds else Condition("not", (term,))
    return _named(text, of_interval)


def _named(text: str, of_interval: bool) -> Condition:
    if of_interval and text == FAILED:
        return Condition("term", term=Term("failure", text))
    words = {word.lower() for word in _WORDS.findall(text)}
    if any(sign in text for sign in "=<>\"'`+"):
        return _unknown(text)
    if words & SOCKET or (of_interval and words & LINK and not words & ACCOUNT):
        return Condition("term", term=Term("websocket", text))
    return Condition("term", term=Term("account" if words & ACCOUNT else "unknown", text))


def _unknown(text: str) -> Condition:
    return Condition("term", term=Term("unknown", text.strip()))


def _linked(found: Condition) -> Condition:
    """`connected && !!publicKey`: a connection that stands beside an account is the account's; `!connected` is a push.

    What asks for something that is connected beside its account speaks of the wallet; what runs only while nothing is
    connected is the fallback of a WebSocket.
    """
    if found.op == "all" and any(one.kind == "account" for one in terms(found)):
        return Condition("all", tuple(_as("account", part) if _is_link(part) else part for part in found.parts))
    if found.op == "not" and _is_link(found.parts[0]):
        return Condition("not", (_as("websocket", found.parts[0]),))
    return found


def _is_link(part: Condition) -> bool:
    if part.term is None or part.term.kind != "unknown":
        return False
    return bool({word.lower() for word in _WORDS.findall(part.term.text)} & LINK) and "=" not in part.term.text


def _as(kind: str, part: Condition) -> Condition:
    text = part.term.text if part.term is not None else ""
    return Condition("term", term=Term("websocket" if kind == "websocket" else "account", text))


def terms(found: Condition | None) -> Iterator[Term]:
    """Everything that a condition asks."""
    if found is None:
        return
    if found.term is not None:
        yield found.term
    for part in found.parts:
        yield from terms(part)


def holds(found: Condition | None, chance: Callable[[Term], float]) -> float:
    """Share of time or users for whom a condition holds, with the `chance` of each thing that it asks.

    Things of one kind hold together (one WebSocket, one account, one text); different ones apart from each other.
    """
    if found is None:
        return 1.0
    asked = sorted({name_of(term) for term in terms(found)})
    chances = {name_of(term): chance(term) for term in terms(found)}
    return _expected(found, asked, chances, {})


def name_of(term: Term) -> str:
    """What tells a term from others: equal ones hold together."""
    return term.kind if term.kind != "unknown" else f"unknown {term.text}"


def _expected(found: Condition, asked: list[str], chances: dict[str, float], known: dict[str, bool]) -> float:
    if not asked:
        return 1.0 if _true(found, known) else 0.0
    name, rest = asked[0], asked[1:]
    share = chances[name]
    total = share * _expected(found, rest, chances, {**known, name: True}) if share else 0.0
    return total + ((1 - share) * _expected(found, rest, chances, {**known, name: False}) if share < 1 else 0.0)


def _true(found: Condition, known: dict[str, bool]) -> bool:
    if found.term is not None:
        return known[name_of(found.term)]
    if found.op == "not":
        return not _true(found.parts[0], known)
    answers = (_true(part, known) for part in found.parts)
    return all(answers) if found.op == "all" else any(answers)


def words(found: Condition | None) -> str:
    """A condition as code writes it."""
    if found is None:
        return ""
    if found.term is not None:
        return found.term.text
    if found.op == "not":
        return f"!{words(found.parts[0])}"
    return (" && " if found.op == "all" else " || ").join(words(part) for part in found.parts)
