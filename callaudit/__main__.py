"""`python -m callaudit`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line."""
    gc.disable()  # facts are acyclic; collecting while they are built costs 2 to 16 times (benchmarks/)
    code: object = 1
    try:
        from callaudit.cli.main import cli

        cli(prog_name="callaudit")
    except SystemExit as ended:
        code = ended.code
    except KeyboardInterrupt:  # before a command could take it: what a shell reports of an interrupted program
        code = 130
    with suppress(OSError, ValueError, AttributeError):  # a stream that is closed has nothing left to say
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)  # taking the facts apart takes as long as linking them


if __name__ == "__main__":
    main()
