"""Where a path leads that configuration in code puts together: `path.resolve(__dirname, "src")`, `new URL("./src", …)`.

A place of the repository begins with `ROOT`, its own folder; other texts are what is written.
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING, Final

from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Await, Call, Func, Let, Lit, Member, Name, Op, Ret, Tmpl, Typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

ROOT: Final = "//"
MOST_DEEP: Final = 12
_JOINING: Final = frozenset({"resolve", "join"})
_SAME: Final = frozenset({"fileURLToPath", "normalize", "normalizePath", "dirname", "toString", "String"})
"""Functions that give the place that they are handed; that of a file is its folder."""
_HERE: Final = frozenset({"__dirname", "import.meta"})


class Places:
    """What the expressions of one configuration file say; a process that reads it works in `work`."""

    def __init__(self, module: Module, work: str) -> None:
        """Read the top level of `module`."""
        self._module = module
        self._here = _place(module.path.rpartition("/")[0])
        self._work = _place(work)
        self._names = {
            node.target.id: node.value
            for node in module.nodes(0)
            if isinstance(node, Let) and isinstance(node.target, Name) and node.value is not None and not node.mutable
        }

    def text(self, expr: Expr, given: Mapping[str, str] | None = None, deep: int = MOST_DEEP) -> str | None:
        """The place, or the text, that an expression stands for; `None` where that is not known."""
        if not deep:
            return None
        if isinstance(expr, Lit):
            return expr.value if isinstance(expr.value, str) else None
        if isinstance(expr, (Typed, Await)):
            return self.text(expr.value, given, deep - 1)
        if isinstance(expr, Name):
            if given is not None and expr.id in given:
                return given[expr.id]
            value = self._names.get(expr.id)
            if value is not None:
                return self.text(value, given, deep - 1)
            return self._here if expr.id in _HERE else None
        if isinstance(expr, Member):  # `import.meta.url`, `new URL(…).pathname`
            return self.text(expr.obj, given, deep - 1)
        if isinstance(expr, (Tmpl, Op)):
            if isinstance(expr, Op) and expr.op != "+":
                return None
            parts = [self.text(one, given, deep - 1) for one in (expr.parts if isinstance(expr, Tmpl) else expr.items)]
            return "".join(part for part in parts if part is not None) if None not in parts else None
        return self._called(expr, given, deep - 1) if isinstance(expr, Call) else None

    def _called(self, call: Call, given: Mapping[str, str] | None, deep: int) -> str | None:
        callee = call.callee
        name = called_name(callee)
        if name == "cwd":
            return self._work
        args = [self.text(arg, given, deep) for arg in call.args]
        own = self._names.get(name) if isinstance(callee, Name) else None
        if isinstance(own, Func):
            return self._of_own(own, args, deep)
        if not args or args[0] is None:
            return None
        if isinstance(callee, Member) and isinstance(callee.obj, Name) and callee.obj.id == "require":
            return args[0]
        if name == "URL":
            return _joined(self._here, args[:1]) if len(args) > 1 else args[0]
        if name in _SAME:
            return args[0]
        return _joined(self._work if name == "resolve" else "", args) if name in _JOINING else None

    def _of_own(self, function: Func, args: Sequence[str | None], deep: int) -> str | None:
        """What a function of the file gives that does nothing else."""
        facts = self._module.functions[function.index]
        body = facts.body
        if len(body) != 1 or not isinstance(body[0], Ret) or body[0].value is None:
            return None
        names = [param.target.id if isinstance(param.target, Name) else "" for param in facts.params]
        return self.text(body[0].value, {name: arg for name, arg in zip(names, args, strict=False) if arg}, deep)


def _place(folder: str) -> str:
    return ROOT + folder


def _joined(start: str, parts: Sequence[str | None]) -> str | None:
    whole = start
    for part in parts:
        if part is None:
            return None
        whole = part if part.startswith(ROOT) or not whole else f"{whole}/{part}"
    if not whole.startswith(ROOT):
        return whole
    inside = normpath(whole.removeprefix(ROOT).lstrip("/") or ".")
    return None if inside.startswith("..") else ROOT + ("" if inside == "." else inside)
