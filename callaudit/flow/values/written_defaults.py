"""Defaults of environment variables that the code itself writes beside them: `process.env.API_URL ?? "https://…"`.

Where all of a program's defaults for a variable are one URL, that is what the variable stands for where another place
gives none: both ask the same server.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.syntax.chains import names_of
from callaudit.syntax.ir import Call, Cond, Let, Lit, Member, Op, PatObj

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr, Node

_URL = re.compile(r"(https?|wss?)://[^/\s]+")
_ENV = ".env"


def written_default(interpreter: Interpreter, name: str) -> str:
    """The one URL that the program gives the variable `name` wherever it gives any; empty where there is none."""
    return interpreter.found_once("written defaults", lambda: _all(interpreter)).get(name, "")


def _all(interpreter: Interpreter) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for path, module in interpreter.program.modules.items():
        if _ENV not in module.functions[0].refs:  # those of all that the module holds
            continue
        for index, function in enumerate(module.functions):
            for node in interpreter.nodes(path, index) if _ENV in function.refs else ():
                for name, text in _defaults(node):
                    found.setdefault(name, set()).add(text)
    return {name: texts.pop() for name, texts in found.items() if len(texts) == 1 and _URL.match(next(iter(texts)))}


def _defaults(node: Node) -> Iterator[tuple[str, str]]:
    """The variables that one record of code gives a text where they are not set."""
    given: list[tuple[str, Expr | None]] = []
    if type(node) is Op and node.op in ("??", "||"):
        given = [(_variable(item), node.items[-1]) for item in node.items[:-1]]
    elif type(node) is Cond:
        name = _variable(node.test)
        given = [(name if _variable(_trimmed(node.then)) == name else "", node.other)]
    elif type(node) is Let and type(node.target) is PatObj and node.value and names_of(node.value)[-1:] == ["env"]:
        given = [(one.key, one.default) for one in node.target.entries if isinstance(one.key, str)]
    for name, default in given:
        if name and type(default) is Lit and isinstance(default.value, str) and default.value:
            yield name, default.value


def _trimmed(expr: Expr) -> Expr:
    """What a way gives, without what is cut off it: of `set ? `https://${set}` : url` the variable is no URL."""
    while isinstance(expr, Call) and isinstance(expr.callee, Member):
        expr = expr.callee.obj
    return expr


def _variable(expr: Expr) -> str:
    names = names_of(expr)
    return names[-1] if names[-2:-1] == ["env"] else ""
