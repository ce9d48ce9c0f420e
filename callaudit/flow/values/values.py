"""Abstract values: what an expression may be at run time, as far as the code tells.

Values are immutable except `Instance`, whose fields are filled in once. A value that is not known says what it is
called and why it is not known, so that a URL made of it can still be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.lazy import Lazy
    from callaudit.libraries.model import Library
    from callaudit.syntax.ir import Call, Expr


class Value:
    """Any abstract value; `number` is there once `identity` was asked of it."""

    __slots__ = ("number",)

    number: int


class Const(Value):
    """A primitive that is known; `item` names the list that it is one of many of."""

    __slots__ = ("item", "value")

    def __init__(self, value: str | float | bool | None, item: str = "") -> None:
        """Hold `value`."""
        self.value = value
        self.item = item


class Undefined(Value):
    """`undefined`."""

    __slots__ = ()


IMPORTED = "import of "
"""What the reason begins with why something is not known that a file brings which is not in the repository."""


class Unknown(Value):
    """A value that is not known.

    `name` is what the code calls it; `why` says what hides it; `type` is (module, type text) where it is declared;
    `env` names the environment variable that it is read from and `default` what the code or an example file gives
    for it; `given` holds for what is surely not undefined. `most` is what a number is at most, or how many items a
    list has. `set_at` is the place of an assignment that gives it to what was something else before.
    """

    __slots__ = ("default", "env", "given", "most", "name", "receiver", "set_at", "type", "why")

    def __init__(
        self,
        name: str,
        why: str = "",
        *,
        type: tuple[str, str] | None = None,  # noqa: A002 - the field's own word
        env: str = "",
        default: str = "",
        given: bool = False,
        receiver: Value | None = None,
        most: float | None = None,
        set_at: str = "",
    ) -> None:
        """Name what is not known."""
        self.most = most
        self.set_at = set_at
        self.name = name
        self.why = why
        self.type = type
        self.env = env
        self.default = default
        self.given = given
        self.receiver = receiver


class Answer(Unknown):
    """What a query hook gives; `key` holds the parts of its key, empty where they vary."""

    __slots__ = ("key",)

    def __init__(self, name: str, key: tuple[str, ...]) -> None:
        """Name the hook."""
        super().__init__(name, "what a request gives")
        self.key = key


class Text(Value):
    """A string of which some parts are known: strings and unknown values in order."""

    __slots__ = ("key", "parts")

    def __init__(self, parts: tuple[str | Unknown, ...]) -> None:
        """Hold the parts."""
        self.parts = parts
        self.key: Hashable = None
        """What `join.key` gives, once it was asked."""


class Url(Value):
    """A `URL` object: the string that it was made of."""

    __slots__ = ("known", "text")

    def __init__(self, text: Value) -> None:
        """Wrap a `Const`, a `Text` or an unknown string."""
        self.text = text
        self.known: dict[str, Value] = {}
        """Its parts, as far as they were asked for."""


class OneOf(Value):
    """One of several values, none of which is a `OneOf`."""

    __slots__ = ("key", "values")

    def __init__(self, values: tuple[Value, ...]) -> None:
        """Hold the alternatives."""
        self.values = values
        self.key: Hashable = None
        """What `join.key` gives, once it was asked, where no alternative holds further values."""


class Closure(Value):
    """A function of the program with the scope that it closes over."""

    __slots__ = ("bound", "index", "module", "scope", "seldom", "this")

    def __init__(
        self, module: str, index: int, scope: Scope, this: Value | None = None, bound: tuple[Value, ...] = ()
    ) -> None:
        """Close function number `index` of `module` over `scope`; `bound` arguments come before those of a call."""
        self.bound = bound
        self.seldom = False
        """Whether not each call of it runs it: it is debounced, or runs once."""
        self.module = module
        self.index = index
        self.scope = scope
        self.this = this


class ClassValue(Value):
    """A class of the program."""

    __slots__ = ("index", "module", "scope")

    def __init__(self, module: str, index: int, scope: Scope) -> None:
        """Refer to class number `index` of `module`."""
        self.module = module
        self.index = index
        self.scope = scope


class Instance(Value):
    """An object of a class; `args` are what its constructor was given, `None` where a container injects them."""

    __slots__ = ("args", "cls", "fields", "later", "origin", "place", "state")

    def __init__(self, cls: ClassValue, args: tuple[Value, ...] | None, place: object) -> None:
        """Make an object whose constructor has not run yet; `place` tells it from others of its class."""
        self.place = place
        self.cls = cls
        self.args = args
        self.fields: dict[str, Value] = {}
        self.later: dict[str, Lazy] = {}
        self.origin: tuple[Instance, dict[str, Value], int] | None = None
        """Of one that was made of another by setting its fields: that other one, the fields, and how often."""
        self.state = 0


class Record(Value):
    """An object literal. `open` holds where it may have further properties, `rest` is what any of those may be.

    `is_map` holds for a `Map` with these keys.
    """

    __slots__ = ("fields", "is_map", "keys", "open", "rest")

    def __init__(
        self,
        fields: dict[str, Value],
        *,
        open: bool = False,  # noqa: A002 - as of a type
        rest: Value | None = None,
        is_map: bool = False,
    ) -> None:
        """Hold the fields, which may be `Lazy`."""
        self.is_map = is_map
        self.fields = fields
        self.open = open
        self.rest = rest
        self.keys: dict[int, Hashable] | None = None
        """What `join.key` gives at each depth that it was asked for."""


class Cell(Record):
    """An object that outlives the function that makes it, as that of `useRef`: what it holds is never only the last.

    `first` is what it is made with.
    """

    __slots__ = ("first",)

    def __init__(self, fields: dict[str, Value], first: Value) -> None:
        """Hold the fields, which may be `Lazy`, and others."""
        super().__init__(fields, open=True)
        self.first = first


class Seq(Value):
    """An array of known items; `open` holds where it may have more, `chosen` where it may not have all of them.

    `most` is how many an open one has at most, where that is known.
    """

    __slots__ = ("chosen", "items", "keys", "most", "open")

    def __init__(
        self,
        items: tuple[Value, ...],
        *,
        open: bool = False,  # noqa: A002 - as of a type
        chosen: bool = False,
        most: float | None = None,
    ) -> None:
        """Hold the items, which may be `Lazy`."""
        self.most = most
        self.items = items
        self.open = open
        self.chosen = chosen
        self.keys: dict[int, Hashable] | None = None
        """What `join.key` gives at each depth that it was asked for."""


class Sparse(Seq):
    """An array of holes, as `new Array(5)` makes one: methods that run a function for each item skip them."""

    __slots__ = ()


class Heap(Seq):
    """An array whose items are known, and not their order."""

    __slots__ = ()


class ModuleValue(Value):
    """A module of the program as an object."""

    __slots__ = ("module",)

    def __init__(self, module: str) -> None:
        """Refer to `module`."""
        self.module = module


class ForeignValue(Value):
    """Something of a package (`""`: of the platform); `args` where it is the result of calling it.

    `made` holds for an object that `new` made, which is surely there; `set_at` is what it is of an `Unknown`.
    """

    __slots__ = ("args", "made", "package", "path", "set_at")

    def __init__(self, package: str, path: tuple[str, ...], args: tuple[Value, ...] | None = None) -> None:
        """Refer to the export `path` of `package`."""
        self.made = False
        self.set_at = ""
        self.package = package
        self.path = path
        self.args = args


class Client(Value):
    """A client of a known library, and the arguments that it was made with."""

    __slots__ = ("args", "kind", "library", "place")

    def __init__(self, library: Library, kind: str, args: tuple[Value, ...], place: object = None) -> None:
        """Make a client; `place` tells it from others of its kind."""
        self.place = place
        self.library = library
        self.kind = kind
        self.args = args


class Proxied(Value):
    """An object behind a `Proxy`: `traps` are asked before `target` is."""

    __slots__ = ("target", "traps")

    def __init__(self, target: Value, traps: Value) -> None:
        """Put `traps` before `target`; both may be `Lazy`."""
        self.target = target
        self.traps = traps


class Rendered(Value):
    """An element that something else mounts: `expr` in `scope`."""

    __slots__ = ("expr", "scope")

    def __init__(self, expr: Expr, scope: Scope) -> None:
        """Refer to the element."""
        self.expr = expr
        self.scope = scope


class Context(Value):
    """A React context: `made` is the call that made it in `scope`, `default` what it was given.

    It stands for its provider too, whose elements are written `<Context>` since React 19.
    """

    __slots__ = ("default", "made", "scope")

    def __init__(self, made: Call, scope: Scope, default: Value) -> None:
        """Refer to the context."""
        self.made = made
        self.scope = scope
        self.default = default


class Consumer(Value):
    """The component that draws what the value of `context` is handed to."""

    __slots__ = ("context",)

    def __init__(self, context: Context) -> None:
        """Refer to the context."""
        self.context = context


TIME = "the time now"
"""Why a time that a callback is handed is not known."""

UNDEFINED = Undefined()
NULL = Const(None)
TRUE = Const(True)
FALSE = Const(False)


def is_nothing(value: Value) -> bool:
    """Whether a value is `undefined` or `null`, which have no members: what is called on them throws."""
    return isinstance(value, Undefined) or (isinstance(value, Const) and value.value is None)
