"""`callaudit verify`: what an audit document says, held against the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, say_incomplete, surveyed
from callaudit.cli.failures import Failed
from callaudit.cli.options import example, one_format, repository, shared
from callaudit.cli.targets import write_all

if TYPE_CHECKING:
    from callaudit.verify.model import Verification

FORMATS: Final = ("text", "markdown", "json")
VERDICTS: Final = ("contradicted", "unchecked", "confirmed")


@click.command(
    "verify",
    epilog=example(
        "callaudit verify fixtures/fightclub/EXPECTED.md fixtures/fightclub",
        "callaudit verify AUDIT.md --only contradicted -f markdown -o review.md",
    ),
)
@click.argument("document", metavar="DOC")
@repository
@click.option("--only", "only", multiple=True, type=click.Choice(VERDICTS), help="Claims with this verdict alone.")
@one_format(*FORMATS)
@click.option("-o", "--output", "target", default=output.STANDARD, metavar="FILE", help="File to write.")
@shared
def command(
    *,
    document: str,
    path: str,
    only: tuple[str, ...],
    format_: str,
    target: str,
    color: str,
    quiet: bool,
) -> int:
    """Mark the claims of the audit document DOC: confirmed, contradicted by the code, or not checkable.

    Claims about files and lines, routes and who calls them, intervals, retries, counts, arithmetic, jobs, caches and
    rate limits are read, whatever words the document uses. Exit code 1 when something is contradicted.
    """
    text = _read(document)
    result = surveyed(path, quiet=quiet)
    from callaudit.verify.ground import ground_of
    from callaudit.verify.verify import verify

    found = verify(document, text, ground_of(Path(path), result.inventory, catalogue()))
    write_all(
        [(format_, target)], lambda format_, target: _rendered(found, path, only, format_, target, color), quiet=quiet
    )
    say_incomplete(result, quiet=quiet)
    return int(found.count("contradicted") > 0)


def _read(document: str) -> str:
    try:
        return Path(document).read_text("utf-8-sig")
    except OSError as error:
        raise Failed("document", path=document, why=error.strerror or error) from None
    except UnicodeDecodeError:
        raise Failed("document", path=document, why="it is not UTF-8 text") from None


def _rendered(found: Verification, path: str, only: tuple[str, ...], format_: str, target: str, color: str) -> str:
    from callaudit.report import verification

    if format_ == "json":
        return verification.verification_json(found, only)
    if format_ == "markdown":
        return verification.verification_markdown(found, only)
    return verification.verification_text(found, only, output.screen(color, target), path)
