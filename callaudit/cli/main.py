"""The command line: a group whose commands are imported when they are run."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from callaudit import __version__
from callaudit.cli.failures import Failed
from callaudit.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS: Final = {
    "inventory": "What is called upstream, from where, how often.",
    "check": "What is wrong with it: findings of the rules.",
    "load": "Whether it fits the quotas, and what would.",
    "trace": "How one entry gets to its calls, or who calls one endpoint.",
    "report": "Write the audit document, or check that it is current.",
    "verify": "Hold an audit document against the code.",
    "query": "Run SQL on the inventory, read-only.",
    "schema": "Document the tables and views that queries can use.",
    "rules": "List the rules.",
    "explain": "Say what a rule finds, why, and how to fix it.",
    "test": "Run rules on their own examples.",
    "baseline": "Keep the findings that are known.",
    "config": "Show the effective configuration and where it comes from.",
    "init": "Write a configuration for a repository.",
    "completion": "Print a script that completes commands in a shell.",
}
"""Commands with their help in one line: `callaudit.cli.NAME.command`."""

_SUMMARY: Final = "summary"
"""What runs without the name of a command."""


class Commands(click.Group):
    """Imports a command when it is run; `callaudit [PATH]` alone prints a summary."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as --help lists them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called `cmd_name`."""
        del ctx
        if cmd_name not in _COMMANDS and cmd_name != _SUMMARY:
            return None
        command: click.Command = import_module(f"callaudit.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is no command for the path and options of the summary."""
        if ctx.resilient_parsing:  # a shell asks what could follow
            return super().parse_args(ctx, args)
        first = args[0] if args else ""
        if first not in (*_COMMANDS, "--help", "-h", "--version") and (
            not first or first.startswith("-") or os.path.lexists(first)
        ):
            args = [_SUMMARY, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and suggest the nearest where there is none of that name."""
        if self.get_command(ctx, args[0]) is None:
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, 1)
            hint = f"Did you mean {near[0]!r}?" if near else "It is no command, and no such folder exists."
            ctx.fail(f"No such command {args[0]!r}. {hint}")
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]  # nothing calls it in another way
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run a command; whatever fails ends as one sentence and an exit code."""
        given = list(sys.argv[1:] if args is None else args)
        sys.exit(self._guarded(given, prog_name, {**extra, "standalone_mode": False}))

    def _guarded(self, args: list[str], prog_name: str | None, extra: dict[str, Any]) -> int:
        if "--debug" in args:
            from callaudit.flow.machine.mishaps import RAISE

            os.environ[RAISE] = "1"
        try:
            code = super().main(args, prog_name, **extra)
        except Failed as failed:
            return _told(failed)
        except click.UsageError as error:
            return _told_usage(error)
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except BrokenPipeError:  # of --help, which click prints
            return Failed("reader-gone").code
        except (KeyboardInterrupt, click.Abort):
            _told(Failed("interrupted"))
            # The analysis runs in a thread that nothing can interrupt: do not wait for it.
            os._exit(Failed("interrupted").code)
        except Exception as error:
            if "--debug" in args:
                raise
            if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
                return _told(Failed("stdout", why=error.strerror))
            return _told(Failed("internal", why=f"{type(error).__name__}: {error}"))
        return code if isinstance(code, int) else 0


def _told_usage(error: click.UsageError) -> int:
    """Say what is wrong with the arguments, and where to read about them."""
    from callaudit.report.escape import visible

    command = error.ctx.command_path if error.ctx is not None else "callaudit"
    message = " ".join(error.format_message().rstrip(".").split())
    say(f"{command}: {visible(message)}".replace(" summary:", ":"))
    say(f"  {command.removesuffix(' summary')} --help says more")
    return error.exit_code


def _told(failed: Failed) -> int:
    for line in failed.lines:
        say(line)
    if failed.sentence:
        say(f"callaudit: {failed.sentence}")
    if failed.hint:
        say(f"  {failed.hint}")
    return failed.code


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="callaudit COMMAND --help has an example. Without a command, callaudit [PATH] prints a summary.",
)
@click.version_option(__version__, prog_name="callaudit", message="%(prog)s %(version)s")
def cli() -> None:
    """Find every upstream API call that a codebase makes, how often it runs, and whose quota pays for it."""
