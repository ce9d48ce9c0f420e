"""What a rule finds, why, and how to fix it: a page of its own, and the table of all."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from rich.cells import cell_len
from rich.text import Text

from callaudit.report.escape import markdown, markdown_code, visible
from callaudit.report.layout import GAP, wrapped
from callaudit.report.markdown import ALIGNED, fenced, table_row
from callaudit.report.text import console_for, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from callaudit.report.table import Screen
    from callaudit.rules.model import Example, Rule

_COLUMNS: Final = ("number", "rule", "group", "severity", "finds")
_SEVERITY: Final = len("warning")
_STYLES: Final = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def rules_text(rules: Sequence[Rule], screen: Screen) -> str:
    """Return the table of rules, group by group."""
    console = console_for(screen)
    width = max((len(rule.id) for rule in rules), default=0)
    numbers = max((len(rule.number) for rule in rules), default=0)
    for number, (group, members) in enumerate(groupby(rules, key=lambda rule: rule.group)):
        console.print(Text(("\n" if number else "") + visible(group), style="bold"))
        for rule in members:
            head = Text.assemble(
                " " * GAP + visible(rule.number).ljust(numbers + GAP) + visible(rule.id).ljust(width + GAP),
                (rule.severity.ljust(_SEVERITY + GAP), _STYLES[rule.severity]),
            )
            hanging = " " * head.cell_len
            lines = wrapped(visible(_title(rule)), max(screen.width - head.cell_len, 20), cell_len, indent="")
            console.print(Text.assemble(head, ("\n" + hanging).join(lines)), soft_wrap=True)
    return written(console)


def rules_markdown(rules: Sequence[Rule]) -> str:
    """Return the table of rules as Markdown."""
    rows = [
        (markdown(rule.number), markdown_code(rule.id), markdown(rule.group), rule.severity, markdown(_title(rule)))
        for rule in rules
    ]
    lines = map(table_row, (_COLUMNS, [ALIGNED["words"]] * len(_COLUMNS), *rows))
    return "\n".join(lines) + "\n"


def rule_fields(rule: Rule) -> dict[str, Any]:
    """Return what is said of a rule, for JSON."""
    from msgspec import to_builtins

    return {
        "id": rule.id,
        "number": rule.number,
        "group": rule.group,
        "title": rule.title,
        "severity": rule.severity,
        "confidence": rule.confidence,
        "inactive": rule.inactive,
        "query": rule.query,
        "docs": to_builtins(rule.docs),
        "path": rule.path,
    }


def rule_markdown(rule: Rule) -> str:
    """Return the page of a rule as Markdown; its texts are Markdown already."""
    facts = f"`{rule.id}` · {rule.number} · {rule.group} · {rule.severity} · confidence {rule.confidence}"
    lines = [f"# {markdown(rule.title)}", "", facts]
    for title, text in _parts(rule):
        lines += ["", *([f"## {title}", ""] if title else []), text.strip()]
    for kind, example in _examples(rule):
        lines += ["", f"## {kind}: {markdown(example.title)}"]
        for name, source in example.files.items():
            lines += ["", f"{markdown_code(name)}", "", *fenced(source.strip("\n"), "ts")]
    lines += ["", "## Query", "", *fenced(rule.query.strip(), "sql")]
    return "\n".join(lines) + "\n"


def rule_text(rule: Rule, screen: Screen) -> str:
    """Return the page of a rule for a terminal."""
    console = console_for(screen)
    severity = (rule.severity, _STYLES[rule.severity])
    facts = f" · confidence {rule.confidence}"
    head = (
        (visible(rule.title), "bold"),
        "\n",
        visible(f"{rule.id} · {rule.number} · {rule.group} · "),
        severity,
        facts,
    )
    console.print(Text.assemble(*head), soft_wrap=True)
    for title, text in _parts(rule):
        _part(console, title, _prose(text, max(screen.width - GAP, 20)))
    for kind, example in _examples(rule):
        for name, source in example.files.items():
            _part(console, f"{kind}: {example.title} ({name})", source.strip("\n").split("\n"))
    return written(console)


def _part(console: Console, title: str, lines: Iterable[str]) -> None:
    console.print()
    if title:
        console.print(Text(visible(title), style="bold"), soft_wrap=True)
    for line in lines:
        console.print(Text(" " * GAP + visible(line.rstrip())), soft_wrap=True)


def _prose(text: str, width: int) -> Iterator[str]:
    """Give the lines of Markdown with its paragraphs filled to `width`; code and tables stay as they are."""
    code = False
    for block, lines in groupby(text.strip("\n").split("\n"), key=lambda line: bool(line.strip())):
        paragraph = ""
        for line in lines if block else ("",):
            fence = line.strip().startswith("```")
            plain = not (code or fence or line.startswith(("- ", "|", "//", " ")))
            if paragraph and not (plain or (line.startswith("  ") and paragraph.startswith("- "))):
                yield from wrapped(paragraph, width, cell_len, indent="")
                paragraph = ""
            code = code != fence
            if plain or line.startswith("- ") or (paragraph and not fence):
                paragraph = f"{paragraph} {line.strip()}" if paragraph else line.strip()
            elif not fence:
                yield line
        if paragraph:
            yield from wrapped(paragraph, width, cell_len, indent="  " if paragraph.startswith("- ") else "")
        elif not block:
            yield ""


def _parts(rule: Rule) -> Iterator[tuple[str, str]]:
    docs = rule.docs
    yield "", docs.what
    yield "Why", docs.why
    yield "How to fix", docs.fix
    yield "When to ignore", f"{docs.ignore.rstrip()}\n\n// callaudit: ignore[{rule.id}] -- reason"
    if docs.audit:
        yield "Parts of a written audit it stands for", ", ".join(docs.audit)
    if rule.inactive:
        yield "Inactive", rule.inactive


def _examples(rule: Rule) -> Iterator[tuple[str, Example]]:
    """Yield the first example of each kind that has its files with it."""
    for kind, examples in (("Found", rule.bad), ("Not found", rule.good)):
        first = next((example for example in examples if example.files), None)
        if first is not None:
            yield kind, first


def _title(rule: Rule) -> str:
    return f"{rule.title} (inactive)" if rule.inactive else rule.title
