"""What is put into contexts: who asks for one may run what any of its providers is given.

A provider is told by its shape, `<X.Provider value={…}>` or `<X value={…}>` where X is no function; what is given to it
is followed back through the declarations of the function that draws it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.definitions import Defined
from callaudit.syntax.facts import GIVES_VALUE
from callaudit.syntax.ir import Func, Jsx, Let, Member, Name, Prop
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.link.definitions import Definition
    from callaudit.link.module import Module
    from callaudit.link.program import Program
    from callaudit.syntax.facts import Binding
    from callaudit.syntax.ir import Expr

MAKES = frozenset({"createContext", ".createContext"})
ALIAS = ".Provider"
MOST_NAMES = 200


def provided(program: Program, module: Module) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
    """Names that stand for contexts, each with what a provider in `module` mentions in its value.

    A context that is declared inside a function is told by the functions of `module` that mention it.
    """
    for index, function in enumerate(module.functions):
        if index and GIVES_VALUE not in function.refs:
            continue
        for node in module.nodes(index):
            value = _value(node) if isinstance(node, Jsx) else None
            if value is None or not isinstance(node, Jsx):
                continue
            root = node.tag.obj if isinstance(node.tag, Member) else node.tag
            if not isinstance(root, Name) or (isinstance(node.tag, Member) and node.tag.prop != "Provider"):
                continue
            contexts = list(_contexts(program, module, root.id, alias=root is node.tag))
            if contexts:
                refs = _mentioned(module, index, value)
                yield from ((context, refs) for context in contexts)


def _value(element: Jsx) -> Expr | None:
    return next((one.value for one in element.attrs if isinstance(one, Prop) and one.key == "value"), None)


def _contexts(program: Program, module: Module, name: str, *, alias: bool) -> Iterator[tuple[str, str]]:
    found = program.name(module.path, name)
    if found is None:
        inside = [] if alias else [i for i, one in enumerate(module.functions) if i and name in one.refs]
        yield from ((module.path, f"#{index}") for index in inside)
    if not isinstance(found, Defined):
        return
    owner = program.modules[found.module]
    binding = owner.bindings.get(found.name)
    if binding is None or (alias and not _may_be_context(owner, binding)):
        return
    yield (found.module, found.name)
    if ALIAS in binding.refs:
        named = (program.name(found.module, ref) for ref in binding.refs if ref[0] != ".")
        yield from ((one.module, one.name) for one in named if isinstance(one, Defined) and _makes(program, one))
    for other in owner.facts.bindings:  # `const [useThing, ThingProvider] = …`
        if other is not binding and other.line == binding.line and other.refs == binding.refs:
            yield (found.module, other.name)


def _makes(program: Program, definition: Definition) -> bool:
    if not isinstance(definition, Defined):
        return False
    binding = program.modules[definition.module].bindings.get(definition.name)
    return binding is not None and not MAKES.isdisjoint(binding.refs)


def _may_be_context(owner: Module, binding: Binding) -> bool:
    """Whether a name that is drawn with a value is a context, or its provider by another name: no component is."""
    return not any(one.parent == 0 and one.name == binding.name for one in owner.functions)


def _mentioned(module: Module, index: int, value: Expr) -> frozenset[str]:
    """What `value` mentions, and the declarations that it uses in the functions around it."""
    refs = _refs(value)
    around: list[int] = []
    while index > 0:
        around.append(index)
        index = module.functions[index].parent
    lets = [node for one in around for node in module.nodes(one) if isinstance(node, Let) and node.value is not None]
    waiting = set(refs)
    while waiting and len(refs) < MOST_NAMES:
        wanted, waiting = waiting, set()
        for let in lets:
            if let.value is not None and not wanted.isdisjoint(bound_names(let.target)):
                waiting |= _refs(let.value) - refs
        refs |= waiting
    return frozenset(refs)


def _refs(expr: Expr) -> set[str]:
    found: set[str] = set()
    for node in walk((expr,)):
        if isinstance(node, Name):
            found.add(node.id)
        elif isinstance(node, Member):
            found.add("." + node.prop)
        elif isinstance(node, Func):
            found.add(f"#{node.index}")
    return found
