"""Reads rule files and names all mistakes of all of them at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from callaudit.providers.mistakes import quote
from callaudit.providers.shape import differences
from callaudit.providers.source import MAX_BYTES, Node, UnreadableError, read_yaml
from callaudit.rules.document import FEWEST_EXAMPLES, KEBAB, NUMBER, RuleDocument
from callaudit.rules.mistakes import RuleError, RuleMistake
from callaudit.rules.model import Docs, Example, Rule
from callaudit.rules.wording import mistakes_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from callaudit.rules.document import ExampleDocument

OURS: Final = "CA"
"""What the numbers of shipped rules begin with."""

_EXAMPLES = re.compile(rb"^examples:", re.MULTILINE)
_EXPECT = re.compile(r"\bexpect: ([a-z0-9-]+)")


def load_rules(paths: Iterable[Path], root: Path, *, shipped: bool = False, examples: bool = True) -> tuple[Rule, ...]:
    """Read the rules of `paths`, in their order; files are named relative to `root`.

    Without `examples` what follows the key `examples:` is not read. Raises `RuleError` with every mistake.
    """
    mistakes: list[RuleMistake] = []
    rules: list[Rule] = []
    for path in paths:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
        found = list(_read(path, name, shipped=shipped, examples=examples))
        mistakes += [one for one in found if isinstance(one, RuleMistake)]
        rules += [one for one in found if isinstance(one, Rule)]
    mistakes += _taken(rules)
    if mistakes:
        raise RuleError(mistakes)
    return tuple(rules)


def _read(path: Path, name: str, *, shipped: bool, examples: bool) -> Iterator[RuleMistake | Rule]:
    """Give the mistakes of one file, or its rule."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        yield RuleMistake(name, 1, f"cannot be read: {error.strerror}")
        return
    if not examples and (cut := _EXAMPLES.search(data)):
        data = data[: cut.start()]
    try:
        node, refused = read_yaml(data)
    except UnreadableError as error:
        yield RuleMistake(name, error.mistake.line, error.mistake.message)
        return
    found = [*refused, *differences(node, RuleDocument, "the rule")]
    wrong = [RuleMistake(name, one.line, one.message) for one in found]
    wrong += _details(name, node, shipped=shipped)
    if not wrong:
        document = msgspec.convert(node.plain(), RuleDocument)
        if examples:
            wrong += _examples(name, node, document)
        yield _rule(document, node, name)
    yield from wrong


def _details(path: str, node: Node, *, shipped: bool) -> Iterator[RuleMistake]:
    """Give what is wrong inside of texts."""
    texts = (
        {key: entry for key, entry in node.value.items() if isinstance(entry.node.value, str)}
        if isinstance(node.value, dict)
        else {}
    )
    for key, entry in texts.items():
        text = str(entry.node.value)
        if key == "id" and not KEBAB.match(text):
            yield RuleMistake(path, entry.line, f"id {quote(text)} is not kebab-case, as in uncached-read")
        elif key == "number" and not NUMBER.match(text):
            yield RuleMistake(path, entry.line, f"number {quote(text)} is not capital letters and digits, as in OWN1")
        elif key == "number" and text.startswith(OURS) and not shipped:
            yield RuleMistake(path, entry.line, f"numbers with {OURS} are those of callaudit's own rules")
        elif key in ("message", "fix"):
            for said in mistakes_in(text):
                yield RuleMistake(path, entry.line, f"{key}: {said}")


def _examples(path: str, node: Node, document: RuleDocument) -> Iterator[RuleMistake]:
    """Give what is wrong with examples, at the line of each one."""
    place = _within(node, "examples")
    for kind, given in (("bad", document.examples.bad), ("good", document.examples.good)):
        if len(given) < FEWEST_EXAMPLES and not document.inactive:
            yield RuleMistake(
                path, place.line, f"a rule needs {FEWEST_EXAMPLES} or more under {kind}, in different spellings"
            )
        for number, example in enumerate(given):
            line = _items(place, kind)[number].line
            if bool(example.files) == bool(example.fixture):
                yield RuleMistake(path, line, "an example has either files or a fixture")
            for file in (*example.files, example.fixture, example.overlay):
                if file.startswith("/") or ".." in file.split("/") or "\\" in file:
                    yield RuleMistake(path, line, f"{quote(file)} must stay below its folder")
            marked = bool(_expected(document.id, example))
            if example.files and marked != (kind == "bad"):
                wanted = f"needs a comment `expect: {document.id}`" if kind == "bad" else "expects findings"
                yield RuleMistake(path, line, f"an example under {kind} {wanted}")


def _within(node: Node, key: str) -> Node:
    entry = node.value.get(key) if isinstance(node.value, dict) else None
    return entry.node if entry is not None else node


def _items(node: Node, key: str) -> Sequence[Node]:
    found = _within(node, key).value
    return found if isinstance(found, list) else ()


def _expected(rule: str, example: ExampleDocument) -> tuple[tuple[str, int], ...]:
    return tuple(
        (file, number)
        for file, text in example.files.items()
        for number, line in enumerate(text.split("\n"), 1)
        if rule in _EXPECT.findall(line)
    )


def _rule(document: RuleDocument, node: Node, path: str) -> Rule:
    docs = document.docs
    given = document.examples
    return Rule(
        document.id,
        document.number,
        document.title,
        document.severity,
        document.confidence,
        document.message,
        document.fix,
        document.query,
        Docs(docs.what, docs.why, docs.fix, docs.ignore, docs.audit),
        path,
        node.line,
        document.inactive,
        document.change,
        _with_lines(document.id, given.bad, _items(_within(node, "examples"), "bad")),
        _with_lines(document.id, given.good, _items(_within(node, "examples"), "good")),
    )


def _with_lines(rule: str, given: Sequence[ExampleDocument], nodes: Sequence[Node]) -> tuple[Example, ...]:
    return tuple(
        Example(one.title, one.files, one.fixture, one.overlay, _expected(rule, one), node.line)
        for one, node in zip(given, nodes, strict=True)
    )


def _taken(rules: Sequence[Rule]) -> Iterator[RuleMistake]:
    """Give the ids and numbers that an earlier file has."""
    for what in ("id", "number"):
        first: dict[str, Rule] = {}
        for rule in rules:
            name = getattr(rule, what)
            if name in first:
                yield RuleMistake(rule.path, rule.line, f"{what} {quote(name)} is taken by {first[name].path}")
            first.setdefault(name, rule)
