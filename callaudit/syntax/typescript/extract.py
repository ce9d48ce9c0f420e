"""The facts of one TypeScript or JavaScript file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.facts import Binding, Function, ModuleFacts
from callaudit.syntax.ir import Do, Let
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.typescript.context import Context
from callaudit.syntax.typescript.fragments import Statements
from callaudit.syntax.typescript.functions import directives
from callaudit.syntax.typescript.grammar import handlers
from callaudit.syntax.typescript.mending import mend
from callaudit.syntax.typescript.modules import commonjs
from callaudit.syntax.typescript.parse import ParseBudgetError, error_nodes, parse
from callaudit.syntax.typescript.prototypes import with_prototypes
from callaudit.syntax.typescript.walk import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Tree

# `<T>x` is a cast in .ts and an element in .tsx, so .ts needs a grammar of its own.
GRAMMARS = {"ts": "typescript", "tsx": "tsx", "js": "tsx", "jsx": "tsx"}


def extract_module(path: str, source: bytes, language: str) -> ModuleFacts:
    """The facts of the file `path` with text `source`; `language` is one of the project's languages.

    Never raises for what the file says: a file that cannot be parsed within its budget has no facts but a notice.
    """
    try:
        if language not in GRAMMARS:
            return _of_component(path, source, language)
        return _facts(path, source, GRAMMARS[language], Context)
    except ParseBudgetError:
        return _unparsed(path, source)


def _of_component(path: str, source: bytes, language: str) -> ModuleFacts:
    """The facts of the module that a component's file stands for, at the positions of the file."""
    from callaudit.syntax.components import translated
    from callaudit.syntax.typescript.placed import PlacedContext

    module = translated(path, source, language)
    facts = _facts(path, module.text, "tsx", partial(PlacedContext, file=source, places=module.places))
    why = "; ".join((*module.unread, *((facts.notice,) if facts.notice else ())))
    return replace(facts, lines=module.places.lines, notice=why, unread=bool(module.unread))


def _facts(path: str, source: bytes, grammar: str, context_of: Callable[[bytes], Context]) -> ModuleFacts:
    tree = parse(source, grammar)
    if tree.root_node.has_error:
        source, tree = mend(source, tree, grammar)
    context = context_of(source)
    result = fold(tree.root_node, context, handlers(grammar), partial(_close_statement, context))
    body = with_prototypes(context, result.body)
    root = tree.root_node
    context.functions[0] = Function(
        name="",
        line=1,
        column=1,
        end_line=context.last_line(root),
        params=(),
        body=body,
        refs=tuple(sorted(context.refs.union(*(binding.refs for binding in context.bindings)))),
        parent=-1,
        asynchronous=True,
    )
    if root.has_error and not context.errors:
        context.errors.append(_first_error(context, tree))
    return ModuleFacts(
        path=path,
        functions=tuple(function for function in context.functions if function is not None),
        classes=tuple(cls for cls in context.classes if cls is not None),
        imports=tuple(context.imports),
        exports=tuple(context.exports),
        bindings=tuple(context.bindings),
        interfaces=tuple(context.interfaces),
        directives=directives(body),
        comments=tuple(context.comments),
        errors=tuple(context.errors),
        lines=int(root.end_point[0]) + 1,
        assigned=tuple(sorted(context.assigned)),
        filled=tuple(sorted(context.filled)),
        changed=tuple(sorted(context.changed)),
        notice=f"nested too deeply at line {context.deep}; what is below was not read" if context.deep else "",
    )


def _first_error(context: Context, tree: Tree) -> int:
    """The line of the first place that the grammar could not read, where no fact is lost there."""
    return next((context.line(node) for node in error_nodes(tree)), 1)


def _unparsed(path: str, source: bytes) -> ModuleFacts:
    root = Function("", 1, 1, 1, (), (), (), -1)
    lines = source.count(b"\n") + 1
    notice = "the parser did not finish within its budget; the file was not analyzed"
    return ModuleFacts(path, (root,), (), (), (), (), (), (), (), (1,), lines, notice=notice)


def _close_statement(context: Context, found: list[Any]) -> None:
    """Note which names the statement that has just been read declares, and what it refers to."""
    found[:] = [commonjs(context, result) if type(result) is Do else result for result in found]
    names: list[tuple[str, int]] = []
    for result in found:
        for let in result.items if type(result) is Statements else (result,):
            if type(let) is Let:
                names += [(name, let.line) for name in bound_names(let.target)]
    if names:  # with what the statements before it mention: they may assign to it or run it
        references = tuple(sorted(context.refs))
        context.bindings.extend(Binding(name, line, references) for name, line in names)
        context.refs.clear()
