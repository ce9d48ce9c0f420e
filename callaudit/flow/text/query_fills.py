"""What is set of a URL's query right after the URL is made: `const url = new URL(…); url.searchParams.set('a', b)`.

Only what surely happens, and before the URL is used in any other way; what else is set later is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.query_words import encoded
from callaudit.flow.text.strings import each, parts_of, text
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, OneOf, Unknown, Url
from callaudit.syntax.ir import Call, Do, Let, Member, Name
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Stmt

SETTERS = ("set", "append")


def with_query(interpreter: Interpreter, url: Url, made: Call, scope: Scope) -> Url:
    """A `URL` object whose query is filled in later: what it holds then is known as far as it surely does."""
    words: list[str | Unknown] = []
    for name, value in _sets(interpreter.function(scope.module, scope.function).body, made):
        known = forced(interpreter.evaluate(name, scope))
        if isinstance(known, Const) and isinstance(known.value, str):
            words += [known.value, "=", *_encoded(interpreter, known.value, value, scope), "&"]

    def asked(one: Value) -> Value:
        parts = parts_of(one)
        literal = any(isinstance(part, str) and "?" in part for part in parts)
        rest = Unknown("query", "it is filled in later", given=True)
        return text((*parts, "&" if literal else "?", *words, rest))

    return Url(each(url.text, asked))


def _encoded(interpreter: Interpreter, name: str, value: Expr | None, scope: Scope) -> Sequence[str | Unknown]:
    """A value of the query; one of several is not told apart there."""
    known = forced(interpreter.evaluate(value, scope)) if value is not None else Unknown(name)
    if isinstance(known, OneOf):
        known = Unknown(name, "one of several values of a query parameter", given=True)
    return parts_of(encoded(parts_of(known, name)))


def _sets(body: Sequence[Stmt], made: Call) -> Iterator[tuple[Expr, Expr | None]]:
    """The names and values that are set of the URL that `made` makes; no value where it is declared only then."""
    variable = ""
    later: set[str] = set()
    for statement in body:
        if isinstance(statement, Let) and statement.value is made and isinstance(statement.target, Name):
            variable = statement.target.id
            continue
        if not variable:
            continue
        if isinstance(statement, Do) and (found := _set(statement.value, variable)) is not None:
            name, value = found
            known = later.isdisjoint(node.id for node in walk((value,)) if isinstance(node, Name))
            yield name, value if known else None
        elif any(isinstance(node, Name) and node.id == variable for node in walk((statement,))):
            return
        elif isinstance(statement, Let):
            later.update(bound_names(statement.target))


def _set(expr: Expr, variable: str) -> tuple[Expr, Expr] | None:
    if not isinstance(expr, Call) or not isinstance(expr.callee, Member) or len(expr.args) != 2:
        return None
    query = expr.callee.obj
    if expr.callee.prop not in SETTERS or not isinstance(query, Member) or query.prop != "searchParams":
        return None
    if not isinstance(query.obj, Name) or query.obj.id != variable:
        return None
    return expr.args[0], expr.args[1]
