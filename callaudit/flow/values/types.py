"""What a value may be, from the type that it is declared with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.type_members import INDEXED, member_type
from callaudit.flow.values.values import ClassValue, Client, Closure, Record, Value
from callaudit.libraries.registry import client_type
from callaudit.libraries.sdks import OTHERS
from callaudit.link.definitions import Defined, Foreign
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Library
    from callaudit.syntax.facts import Class

MOST_IMPLEMENTERS = 8
HEAD = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_WRAPPED = re.compile(
    r"^(?:Promise|Readonly|Partial|Required|NonNullable|Awaited|Ref|MutableRefObject|RefObject)<(.*)>$",
    re.DOTALL,
)
_RETURN = re.compile(r"^ReturnType<\s*typeof\s+([\w$.]+)\s*>$")
_INSTANCE = re.compile(r"^InstanceType<\s*typeof\s+([\w$.]+)\s*>$")


class Types:
    """Types of the whole program as values; each answer is found once."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._implementers: dict[tuple[str, str], list[ClassValue]] | None = None
        self._types: dict[tuple[str, str], Value | None] = {}
        self._picked: dict[str, bool] = {}

    def of_type(self, module: str, text: str) -> Value | None:
        """What a value declared as `text` in `module` may be; `None` where the type says nothing."""
        key = (module, text)
        if key not in self._types:
            self._types[key] = None  # a type that refers to itself says nothing
            self._types[key] = self._of_type(module, text.strip())
        return self._types[key]

    def _of_type(self, module: str, text: str) -> Value | None:
        for _ in range(4):
            wrapped = _WRAPPED.match(text)
            if not wrapped:
                break
            text = wrapped[1].strip()
        parts = [part.strip() for part in text.split("&")]
        if len(parts) > 1 and "<" not in text and "{" not in text:
            found = [value for value in (self.of_type(module, part) for part in parts[:MOST_IMPLEMENTERS]) if value]
            return found[0] if found else None
        union = [part.strip() for part in text.split("|") if part.strip() not in ("null", "undefined", "")]
        if len(union) > 1 and "<" not in text and "{" not in text:
            found = [value for value in (self.of_type(module, part) for part in union[:MOST_IMPLEMENTERS]) if value]
            return join(found) if found else None
        text = union[0] if len(union) == 1 else text
        picked = INDEXED.match(text)
        if picked:  # the type of one member, which says nothing of its owner
            inner = member_type(self._in, module, picked[1], picked[2])
            return self.of_type(*inner) if inner is not None else None
        special = self._from_value(module, text)
        if special is not None:
            return special
        head = HEAD.match(text)
        return self._named(module, head[0]) if head and not text.endswith("[]") else None

    def _from_value(self, module: str, text: str) -> Value | None:
        scope = self._in.module_scope(module)
        called = _RETURN.match(text)
        if called:
            function = self._in.lookup(called[1], scope)
            return self._in.run(function, [], effects=False).value if isinstance(function, Closure) else None
        made = _INSTANCE.match(text)
        if made:
            cls = self._in.lookup(made[1], scope)
            return self._in.injection.injected(cls) if isinstance(cls, ClassValue) else None
        if text.startswith("typeof "):
            name = HEAD.match(text[7:].strip())
            return self._in.lookup(name[0], scope) if name and "." not in name[0] else None
        return None

    def _kind(self, library: Library, kind: str) -> str:
        """The kind of a client of this type; of an SDK for many providers another one's, where none picks ours."""
        if kind != "?" or not library.selector:
            return kind
        if library.name not in self._picked:
            names = {library.selector, f".{library.selector}"}
            modules = self._in.program.modules.values()
            self._picked[library.name] = any(
                not names.isdisjoint(function.refs) for module in modules for function in module.functions
            )
        return kind if self._picked[library.name] else OTHERS

    def _named(self, module: str, name: str) -> Value | None:
        head, _, rest = name.partition(".")
        definition = self._in.program.name(module, head)
        if isinstance(definition, Foreign):
            found = client_type(definition.package, rest or (definition.path[-1] if definition.path else head))
            return Client(found[0], self._kind(*found), ()) if found else None
        if isinstance(definition, Defined):
            value = self._in.defined(definition, head)
            if isinstance(value, Record) and rest:  # a class of a namespace
                value = forced(value.fields.get(rest, value))
            if isinstance(value, ClassValue):
                return self._instances_of(value)
        declared = self._in.program.interface(module, name)
        if declared is None and rest and isinstance(definition, Defined):
            declared = self._in.program.interface(definition.module, rest)
        if declared is None:
            return None
        owner, interface = declared
        if interface.text and interface.text != name:
            return self.of_type(owner, interface.text)
        found_classes = self.implementers(owner, interface.name)
        if found_classes:
            return join(self._in.injection.injected(cls) for cls in found_classes[:MOST_IMPLEMENTERS])
        return None

    def _instances_of(self, cls: ClassValue) -> Value:
        """An object of `cls`, or of the classes that extend it where it is abstract."""
        if not self._in.class_facts(cls).abstract:
            return self._in.injection.injected(cls)
        found = self.implementers(cls.module, self._in.class_facts(cls).name)
        return (
            join(self._in.injection.injected(one) for one in found[:MOST_IMPLEMENTERS])
            if found
            else self._in.injection.injected(cls)
        )

    def implementers(self, module: str, name: str) -> list[ClassValue]:
        """The classes that implement the interface, or extend the class, `name` of `module`."""
        if self._implementers is None:
            self._implementers = {}
            for path, here in self._in.program.modules.items():
                for number, cls in enumerate(here.classes):
                    for owner, base in self._parents(path, cls):
                        value = ClassValue(path, number, self._in.module_scope(path))
                        self._implementers.setdefault((owner, base), []).append(value)
        return self._implementers.get((module, name), [])

    def _parents(self, path: str, cls: Class) -> Iterator[tuple[str, str]]:
        program = self._in.program
        for text in cls.implements:
            head = HEAD.match(text)
            declared = program.interface(path, head[0]) if head else None
            if declared is not None:
                yield declared[0], declared[1].name
        if isinstance(cls.base, Name):
            definition = program.name(path, cls.base.id)
            if isinstance(definition, Defined):
                yield definition.module, definition.name
