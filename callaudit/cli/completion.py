"""`callaudit completion`: the script by which a shell completes commands."""

from __future__ import annotations

import click

from callaudit.cli import output
from callaudit.cli.options import example, shared


@click.command(
    "completion",
    epilog=example(
        'eval "$(callaudit completion bash)"', "callaudit completion fish > ~/.config/fish/completions/callaudit.fish"
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared
def command(*, shell: str, color: str, quiet: bool) -> None:
    """Print the script by which SHELL completes commands, options and their values; the shell reads it at its start."""
    del color, quiet
    from click.shell_completion import get_completion_class

    from callaudit.cli.main import cli

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - click knows the three
    completing = found(cli, {}, "callaudit", "_CALLAUDIT_COMPLETE")
    # What source() adds is a check of the version of bash, which runs bash.
    output.write((completing.source_template % completing.source_vars()).strip() + "\n")
