"""`callaudit report`: the audit document, written or checked."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from callaudit.cli import output
from callaudit.cli.configuration import configured
from callaudit.cli.failures import Failed
from callaudit.cli.options import config_file, example, repository, shared
from callaudit.cli.targets import pairs, targets, write_all

if TYPE_CHECKING:
    from callaudit.config.load import Config
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import AuditDocument

FORMATS: Final = ("markdown", "html", "text")
_DOCUMENTS: Final = {"markdown": "AUDIT.md", "html": "audit.html", "text": "AUDIT.txt"}
"""The committed documents, where none is named."""


@click.command(
    "report",
    epilog=example(
        "callaudit report fixtures/fightclub -o AUDIT.md",
        "callaudit report fixtures/fightclub -f html -o audit.html",
        "callaudit report fixtures/fightclub -f text",
        "callaudit report --check -o docs/AUDIT.md",
    ),
)
@repository
@targets(FORMATS)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where FILE (AUDIT.md) is not current.")
@config_file
@shared
def command(
    *,
    path: str,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    check: bool,
    config: str | None,
    color: str,
    quiet: bool,
) -> int:
    """Write the audit of the repository at PATH: what it calls, whether it fits, what to change.

    The same code gives the same document. What is written between <!-- notes:SECTION --> and <!-- /notes --> in a
    committed document stays when it is written again. --check shows what would change, and exits with 1.
    """
    wanted = _wanted(formats, outputs, check=check)
    if check and any(target == output.STANDARD for _, target in wanted):
        raise Failed("no-target")
    from callaudit.cli.documenting import material_of
    from callaudit.report.audit_document.build import audit_document

    settings = configured(path, config)
    with output.progress("writing the audit …", quiet=quiet):
        material, _ = material_of(path, settings, quiet=True)
        document = audit_document(material)

    def rendered(format_: str, target: str) -> str:
        return _rendered(document, material, settings, format_, target, color)

    if check:
        return int(sum(_differs(rendered(*each), each[1], path, quiet=quiet) for each in wanted) > 0)
    write_all(wanted, rendered, quiet=quiet)
    return 0


def _wanted(formats: tuple[str, ...], outputs: tuple[str, ...], *, check: bool) -> list[tuple[str, str]]:
    """Join formats and files; Markdown is what is written where nothing says otherwise."""
    if not formats and not outputs:
        return [("markdown", _DOCUMENTS["markdown"] if check else output.STANDARD)]
    if check and not outputs:
        outputs = tuple(_DOCUMENTS[one] for one in formats)
    return pairs(formats, outputs, FORMATS)


def _rendered(
    document: AuditDocument, material: Material, config: Config, format_: str, target: str, color: str
) -> str:
    if format_ == "html":
        from callaudit.cli.page import page_of

        return page_of(document, material, config)
    if format_ == "text":
        from callaudit.report.audit_text import audit_text

        return audit_text(document, output.screen(color, target))
    from callaudit.report.audit_document.notes import notes_in
    from callaudit.report.audit_markdown import audit_markdown

    return audit_markdown(document, notes_in(_written(target)))


def _written(target: str) -> str:
    """Return what a file holds now, with the line ends of text; nothing where there is none."""
    if target == output.STANDARD:
        return ""
    try:
        return Path(target).read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Failed("document", path=target, why=error.strerror or error) from None


def _differs(text: str, target: str, path: str, *, quiet: bool) -> bool:
    """Show what would change in a file, if anything would, and the command that writes it."""
    from difflib import unified_diff

    from callaudit.report.escape import html_text

    where = "" if path == "." else f" {shlex.quote(path)}"
    command = f"callaudit report{where} -o {shlex.quote(target)} writes it"
    before = _written(target)
    if before == text:
        output.say(f"{target} is current", quiet=quiet)
        return False
    if not before:
        output.say(f"callaudit: {target} does not exist; {command}", quiet=quiet)
        return True
    lines = unified_diff(before.splitlines(), text.splitlines(), target, f"{target} (now)", lineterm="", n=1)
    shown = "".join(f"{html_text(line)}\n" for line in lines)
    output.write(shown, data=False)
    output.say(f"callaudit: {target} is not current; {command}", quiet=quiet)
    return True
