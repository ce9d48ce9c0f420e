"""What whole runs cost beside a raw parse of the same files, all as processes of their own, interleaved.

Cold runs have no cache, or an empty one; the others find everything that the run before them has kept.

python benchmarks/cold.py FOLDER [RUNS]
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARSE = """
import sys
from pathlib import Path
from tree_sitter import Parser
from callaudit.project import load_project, read_source
from callaudit.syntax.typescript.extract import GRAMMARS
from callaudit.syntax.typescript.parse import language
project = load_project(Path(sys.argv[1]))
parsers = {name: Parser(language(name)) for name in set(GRAMMARS.values())}
for file in project.files:
    source = read_source(project.root, file.path)
    if isinstance(source, bytes):
        parsers[GRAMMARS[file.language]].parse(source)
"""


COLD = "inventory, empty cache"


def main(folder: str, runs: int = 7) -> None:
    """Print medians of wall time and CPU time, and the peak memory of the largest process."""
    inventory = [sys.executable, "-m", "callaudit", "inventory", folder, "-q", "-f", "json"]
    commands = {
        "raw parse": [sys.executable, "-c", PARSE, folder],
        "inventory, no cache": [*inventory, "--no-cache"],
        COLD: inventory,
        "inventory, unchanged": inventory,
        "check, first": [sys.executable, "-m", "callaudit", "check", folder, "-q", "--exit-zero"],
        "check, unchanged": [sys.executable, "-m", "callaudit", "check", folder, "-q", "--exit-zero"],
    }
    # An installed package is compiled; a development copy is too after the first run, which does not count.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    wall: dict[str, list[float]] = {name: [] for name in commands}
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    peak: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as cache:
        environment["CALLAUDIT_CACHE_DIR"] = str(Path(cache, "callaudit"))
        for number in range(runs + 1):
            for name, command in commands.items():
                if name == COLD:
                    shutil.rmtree(environment["CALLAUDIT_CACHE_DIR"], ignore_errors=True)
                start = time.perf_counter()
                child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
                _, _, usage = os.wait4(child.pid, 0)
                if number:
                    wall[name].append(time.perf_counter() - start)
                    cpu[name].append(usage.ru_utime + usage.ru_stime)
                    peak[name] = max(peak.get(name, 0), usage.ru_maxrss)
    print(f"{'':22} {'wall':>9} {'ratio':>6} {'CPU':>9} {'ratio':>6} {'memory':>9}")
    for name in commands:
        row = [f"{name:22}"]
        for taken in (wall, cpu):
            middle = statistics.median(taken[name])
            row.append(f"{middle:7.3f} s {middle / statistics.median(taken['raw parse']):6.2f}")
        print(*row, f"{peak[name] / 1024:6.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
