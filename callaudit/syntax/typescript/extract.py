"""The facts of one TypeScript or JavaScript file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.facts import Binding, Function, ModuleFacts
from callaudit.syntax.ir import Block, Do, Let, Lit, Stmt
from callaudit.syntax.typescript.context import Context, statements
from callaudit.syntax.typescript.fragments import Statements
from callaudit.syntax.typescript.grammar import handlers
from callaudit.syntax.typescript.modules import bound_names, commonjs
from callaudit.syntax.typescript.parse import ParseBudgetError, mend, parse
from callaudit.syntax.typescript.walk import fold

if TYPE_CHECKING:
    from callaudit.syntax.typescript.walk import Frame

# `<T>x` is a cast in .ts and an element in .tsx, so .ts needs a grammar of its own.
GRAMMARS = {"ts": "typescript", "tsx": "tsx", "js": "tsx", "jsx": "tsx"}


def extract_module(path: str, source: bytes, language: str) -> ModuleFacts:
    """The facts of the file `path` with text `source`; `language` is `ts`, `tsx`, `js` or `jsx`.

    Never raises for what the file says: a file that cannot be parsed within its budget has no facts but a notice.
    """
    grammar = GRAMMARS[language]
    try:
        tree = parse(source, grammar)
    except ParseBudgetError:
        return _unparsed(path, source)
    if tree.root_node.has_error:
        source, tree = mend(source, tree, grammar)
    context = Context(source)

    def on_top_level(frame: Frame) -> None:
        _close_statement(context, frame)

    result = fold(tree.root_node, context, handlers(grammar), on_top_level)
    body = result.body if isinstance(result, Block) else ()
    root = tree.root_node
    context.functions[0] = Function(
        name="",
        line=1,
        column=1,
        end_line=int(root.end_point[0]) + 1,
        params=(),
        body=body,
        refs=tuple(sorted(context.scopes[0].refs.union(*(binding.refs for binding in context.bindings)))),
        parent=-1,
        asynchronous=True,
    )
    if root.has_error and not context.errors:
        context.errors.append(1)
    return ModuleFacts(
        path=path,
        functions=tuple(function for function in context.functions if function is not None),
        classes=tuple(cls for cls in context.classes if cls is not None),
        imports=tuple(context.imports),
        exports=tuple(context.exports),
        bindings=tuple(context.bindings),
        interfaces=tuple(context.interfaces),
        directives=_prologue(body),
        comments=tuple(context.comments),
        errors=tuple(context.errors),
        lines=int(root.end_point[0]) + 1,
        assigned=tuple(sorted(context.assigned)),
        filled=tuple(sorted(context.filled)),
        changed=tuple(sorted(context.changed)),
        notice=f"nested too deeply at line {context.deep}; what is below was not read" if context.deep else "",
    )


def _unparsed(path: str, source: bytes) -> ModuleFacts:
    root = Function("", 1, 1, 1, (), (), (), -1)
    lines = source.count(b"\n") + 1
    notice = "the parser did not finish within its budget; the file was not analyzed"
    return ModuleFacts(path, (root,), (), (), (), (), (), (), (), (1,), lines, notice=notice)


def _close_statement(context: Context, frame: Frame) -> None:
    """Note which names the statement that has just been read declares, and what it refers to."""
    if not frame.results:
        return
    last: Any = frame.results[-1]
    if isinstance(last, Do):
        last = frame.results[-1] = commonjs(context, last)
    refs = context.refs
    lets: tuple[Stmt, ...] = last.items if type(last) is Statements else (last,)
    names = [(name, let.line) for let in lets if isinstance(let, Let) for name in bound_names(let.target)]
    if names:
        references = tuple(sorted(refs))
        context.bindings.extend(Binding(name, line, references) for name, line in names)
        refs.clear()


def _prologue(body: tuple[Stmt, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for statement in body:
        if isinstance(statement, Let) and statement.hoisted:
            continue
        if not (
            isinstance(statement, Do) and isinstance(statement.value, Lit) and isinstance(statement.value.value, str)
        ):
            break
        found.append(statement.value.value)
    return tuple(found)


__all__ = ["extract_module", "statements"]
