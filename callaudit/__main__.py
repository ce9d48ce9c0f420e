"""`python -m callaudit`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line."""
    gc.disable()  # facts are acyclic; collecting while they are built costs 2 to 16 times (benchmarks/)
    from callaudit.cli.main import cli

    sys.exit(cli(prog_name="callaudit"))


if __name__ == "__main__":
    main()
