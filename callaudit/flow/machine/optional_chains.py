"""Optional chains, which give nothing where what they begin with is absent: `(await cache.get(key))?.map(parse)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Const, OneOf, Seq, Undefined, Unknown
from callaudit.syntax.ir import Call, Index, Member

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr


def or_nothing(interpreter: Interpreter, value: Value, chain: Expr, scope: Scope) -> Value:
    """What a chain gives that surely gives `value`, or may be cut short."""
    if isinstance(value, Seq):
        return join([value, UNDEFINED]) if _is_cut(interpreter, chain, scope) else value
    if type(value) is Unknown and value.given and _is_cut(interpreter, chain, scope):
        return Unknown(value.name, value.why, type=value.type, receiver=value.receiver)
    return value


def _is_cut(interpreter: Interpreter, chain: Expr, scope: Scope) -> bool:
    """Whether what stands before a `?.` of the chain may be absent."""
    while True:
        if isinstance(chain, Member):
            if chain.optional and _may_be_nothing(forced(interpreter.evaluate(chain.obj, scope))):
                return True
            chain = chain.obj
        elif isinstance(chain, Call) and not chain.new:
            chain = chain.callee
        elif isinstance(chain, Index):
            chain = chain.obj
        else:
            return False


def _may_be_nothing(value: Value) -> bool:
    if isinstance(value, OneOf):
        return any(_may_be_nothing(forced(item)) for item in value.values)
    if isinstance(value, Const):
        return value.value is None
    return isinstance(value, Undefined) or (type(value) is Unknown and not value.given)
