"""What a whole cold run costs beside a raw parse of the same files, both as processes of their own, interleaved.

python benchmarks/cold.py FOLDER [RUNS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

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


def main(folder: str, runs: int = 7) -> None:
    """Print medians of wall time and the peak memory of the largest process."""
    commands = {
        "raw parse": [sys.executable, "-c", PARSE, folder],
        "callaudit inventory": [sys.executable, "-m", "callaudit", "inventory", folder, "-q", "-f", "json"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    peak: dict[str, int] = {}
    for _ in range(runs):
        for name, command in commands.items():
            start = time.perf_counter()
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            _, _, usage = os.wait4(child.pid, 0)
            taken[name].append(time.perf_counter() - start)
            peak[name] = max(peak.get(name, 0), usage.ru_maxrss)
    base = statistics.median(taken["raw parse"])
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{name:22} {middle:6.3f} s  {middle / base:5.2f}  {peak[name] / 1024:6.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
