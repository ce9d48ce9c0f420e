"""The functions that a rule of the AWS CDK starts: constructs that name a file and its export.

`targets: [new LambdaFunction(fn)]` and `rule.addTarget(…)`, of `NodejsFunction({ entry, handler })` and
`Function({ code: Code.fromAsset(folder), handler: 'file.export' })`:
https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events_targets-readme.html.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from callaudit.flow.machine.static import scope_inside
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, ForeignValue, Record, Seq
from callaudit.frameworks.modules import handler_start
from callaudit.syntax.beside import paths_beside
from callaudit.syntax.ir import Call, Lit, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.apps.registrations import Scheduled
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.frameworks.model import Start

RULE = "events.Rule"
DEPTH = 4
OPTIONS = 2
"""The place of the options of a construct, behind its scope and its name."""


def targets(interpreter: Interpreter, item: Scheduled) -> tuple[Start, ...]:
    """What the targets of a rule run, as far as they are functions of the repository."""
    given = [item.callback, *_added(interpreter, item)] if item.mechanism == RULE else []
    found = [start for value in given for start in _functions(interpreter, value, DEPTH)]
    return tuple(found)


def _added(interpreter: Interpreter, item: Scheduled) -> list[Value]:
    """What `rule.addTarget(…)` adds to the rule that is made at the place of `item`."""
    found: list[Value] = []
    for index, function in enumerate(interpreter.program.modules[item.file].functions):
        if ".addTarget" not in function.refs:
            continue
        declared = interpreter.stores.bindings.names(item.file, index).declared
        scope = scope_inside(interpreter, item.file, index)
        for node in interpreter.nodes_of(item.file, index, Call):
            callee = node.callee if node.args else None
            if not isinstance(callee, Member) or callee.prop != "addTarget":
                continue
            made = [value for value, _ in declared.get(callee.obj.id, ())] if isinstance(callee.obj, Name) else []
            if any(isinstance(one, Call) and one.line == item.line for one in (*made, callee.obj)):
                found.append(interpreter.lazy(node.args[0], scope))
    return found


def _functions(interpreter: Interpreter, value: Value, depth: int) -> list[Start]:
    known = forced(value)
    if isinstance(known, Seq):
        return [start for one in known.items for start in _functions(interpreter, one, depth)]
    if not isinstance(known, ForeignValue) or not known.args or not depth:
        return []
    options = forced(known.args[OPTIONS]) if len(known.args) > OPTIONS else None
    if isinstance(options, Record) and ("entry" in options.fields or "handler" in options.fields):
        text = _handler(options)
        start = handler_start(interpreter, text) if text else None
        return [start] if start is not None else []
    return _functions(interpreter, known.args[0], depth - 1)


def _handler(options: Record) -> str:
    """`path/to/file.export` of a construct's options; empty where no file is named."""
    given = forced(options.fields["handler"]) if "handler" in options.fields else None
    handler = given.value if isinstance(given, Const) and isinstance(given.value, str) else "handler"
    entry = options.fields.get("entry")
    if entry is not None:
        module = _path(entry)
        return f"{posixpath.splitext(module)[0]}.{handler.rpartition('.')[2]}" if module else ""
    code = forced(options.fields["code"]) if "code" in options.fields else None
    folder = _path(code.args[0], folder=True) if isinstance(code, ForeignValue) and code.args else ""
    return f"{folder}/{handler}" if folder else ""


def _path(value: Value, *, folder: bool = False) -> str:
    """The path that a value names: beside its file, or as it is written, from the root of the repository."""
    if not isinstance(value, Lazy) or value.expr is None or value.scope is None:
        return ""
    beside = paths_beside((value.expr,), any_ending=folder)
    if beside:
        return posixpath.normpath(posixpath.join(posixpath.dirname(value.scope.module), beside[-1]))
    texts = [node.value for node in walk((value.expr,)) if isinstance(node, Lit) and isinstance(node.value, str)]
    return posixpath.normpath(texts[-1]) if texts else ""
