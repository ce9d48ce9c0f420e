"""Facts as short text that reads like the code they come from."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import TYPE_CHECKING

from callaudit.syntax import ir
from callaudit.syntax.typescript import extract_module

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.syntax.facts import Class, Function, ModuleFacts, Param


def facts(source: str, language: str = "ts", *, errors: bool = False) -> ModuleFacts:
    """The facts of `source`, which has syntax errors only where that is said."""
    found = extract_module("file", dedent(source).strip().encode(), language)
    assert bool(found.errors) == errors, found.errors
    return found


def expression(source: str, language: str = "ts") -> str:
    """What `source` is as the value of a constant."""
    (statement,) = facts(f"const value =\n{source}", language).functions[0].body
    assert isinstance(statement, ir.Let)
    return show(statement.value)


def body(source: str, language: str = "ts") -> list[str]:
    """The top-level statements of `source`."""
    return [show(statement) for statement in facts(source, language).functions[0].body]


def show(node: object) -> str:
    """One record as text."""
    match node:
        case None:
            return ""
        case ir.Lit(value):
            return json.dumps(value)
        case ir.Name(name):
            return name
        case ir.Member(owner, prop):
            return f"{show(owner)}.{prop}"
        case ir.Index(owner, key):
            return f"{show(owner)}[{show(key)}]"
        case ir.Call(callee, args, line, column, new, types):
            word, types = "new " if new else "", f"<{types}>" if types else ""
            return f"{word}{show(callee)}{types}({several(args)})@{line}:{column}"
        case ir.Func(index):
            return f"#{index}"
        case ir.ClassRef(index):
            return f"class {index}"
        case ir.Prop(key, value):
            return f"{key if isinstance(key, str) else f'[{show(key)}]'}: {show(value)}"
        case ir.Obj(props):
            return f"{{{several(props)}}}"
        case ir.Arr(items) | ir.PatArr(items):
            return f"[{several(items)}]"
        case ir.Spread(value):
            return f"...{show(value)}"
        case ir.Tmpl(parts):
            return "`" + "".join(f"${{{show(p)}}}" if not isinstance(p, ir.Lit) else str(p.value) for p in parts) + "`"
        case ir.Op(op, items):
            return "(" + f" {op} ".join(show(item) for item in items) + ")"
        case ir.Un(op, value):
            return f"({op} {show(value)})"
        case ir.Cond(test, then, other):
            return f"({show(test)} ? {show(then)} : {show(other)})"
        case ir.Assign(target, op, value, _):
            return f"({show(target)} {op} {show(value)})"
        case ir.Await(value):
            return f"await {show(value)}"
        case ir.Many(items):
            return f"many({several(items)})"
        case ir.Jsx(tag, attrs, children, line, column):
            return f"<{' '.join([show(tag), *map(show, attrs)])}>({several(children)})@{line}:{column}"
        case ir.ImportCall(source, _):
            return f"import({show(source)})"
        case ir.Typed(value, text):
            return f"({show(value)} as {text})"
        case ir.PatEntry(key, target, default):
            return f"{key if isinstance(key, str) else f'[{show(key)}]'}: {show(target)}" + after(" = ", default)
        case ir.PatObj(entries):
            return f"{{{several(entries)}}}"
        case ir.PatDefault(target, default):
            return f"{show(target)} = {show(default)}"
    return statement(node)


def statement(node: object) -> str:
    match node:
        case ir.Let(target, value, _, mutable, hoisted, text):
            word = "hoisted" if hoisted else "let" if mutable else "const"
            return f"{word} {show(target)}{f': {text}' if text else ''}{after(' = ', value)}"
        case ir.Do(value, _):
            return show(value)
        case ir.Ret(value, _):
            return f"return {show(value)}".rstrip()
        case ir.Throw(value, _):
            return f"throw {show(value)}".rstrip()
        case ir.If(test, then, other, _):
            return f"if ({show(test)}) {block(then)}" + (f" else {block(other)}" if other else "")
        case ir.Loop("for", inside, _, init, test, update):
            return f"for ({'; '.join(map(show, init))}; {show(test)}; {show(update)}) {block(inside)}"
        case ir.Loop(("of" | "in") as kind, inside, _, _, _, _, target, source):
            return f"for ({show(target)} {kind} {show(source)}) {block(inside)}"
        case ir.Loop(kind, inside, _, _, test):
            return f"{kind} ({show(test)}) {block(inside)}"
        case ir.Case(test, inside, _):
            return f"{'default' if test is None else f'case {show(test)}'}: {block(inside)}"
        case ir.Switch(value, cases, _):
            return f"switch ({show(value)}) {' '.join(map(show, cases))}"
        case ir.Try(inside, param, handler, final, _):
            caught = "" if handler is None else f" catch ({show(param)}) {block(handler)}"
            return f"try {block(inside)}{caught}" + (f" finally {block(final)}" if final else "")
        case ir.Jump(kind):
            return kind
        case ir.Block(inside):
            return block(inside)
    raise AssertionError(node)


def several(nodes: Iterable[object]) -> str:
    return ", ".join(show(node) for node in nodes)


def block(nodes: Iterable[object]) -> str:
    return "{" + "; ".join(show(node) for node in nodes) + "}"


def after(sign: str, node: object) -> str:
    return "" if node is None else sign + show(node)


def parameter(param: Param) -> str:
    """A parameter with what is said about it."""
    words = [call.callee.id for call in param.decorators if isinstance(call.callee, ir.Name)]
    words += [word for word in ("property", "rest", "optional") if getattr(param, word)]
    text = f": {param.type}" if param.type else ""
    return " ".join([*words, show(param.target) + text + after(" = ", param.default)])


def function(found: Function) -> str:
    """A function's head."""
    words = [word for word in ("static", "accessor", "arrow", "asynchronous") if getattr(found, word)]
    named = found.name if found.member in ("", found.name) else f"{found.name}/{found.member}"
    returns = f": {found.returns}" if found.returns else ""
    return " ".join([*words, f"{named}({', '.join(map(parameter, found.params))}){returns}"])


def cls(found: Class) -> str:
    """A class's head and its fields."""
    words = ["@" + show(call) for call in found.decorators] + (["abstract"] if found.abstract else [])
    head = f"{found.name}{after(' extends ', found.base)}{found.base_types}"
    head += f" implements {', '.join(found.implements)}" if found.implements else ""
    fields = [
        ("static " if field.static else "") + field.name + (f": {field.type}" if field.type else "")
        + after(" = ", field.value)
        for field in found.fields
    ]  # fmt: skip
    return " ".join([*words, head]) + " {" + "; ".join(fields) + "}"
