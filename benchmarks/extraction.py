"""What extraction costs beside a raw parse of the same files, as a ratio of medians of interleaved runs.

python benchmarks/extraction.py FOLDER [RUNS]
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tree_sitter import Parser

from callaudit.project import load_project, read_source
from callaudit.syntax.typescript import extract_module
from callaudit.syntax.typescript.extract import GRAMMARS
from callaudit.syntax.typescript.parse import language, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.project import Language

Source = tuple[str, bytes, "Language"]


def main(folder: str, runs: int = 9) -> None:
    """Print the medians for the project in `folder`."""
    project = load_project(Path(folder))
    sources: list[Source] = []
    for file in project.files:
        source = read_source(project.root, file.path)
        if isinstance(source, bytes):
            sources.append((file.path, source, file.language))
    parsers = {name: Parser(language(name)) for name in set(GRAMMARS.values())}
    steps: dict[str, Callable[[], object]] = {
        "raw parse": lambda: [parsers[GRAMMARS[kind]].parse(source) and None for _, source, kind in sources],
        "parse within its budget": lambda: [parse(source, GRAMMARS[kind]) and None for _, source, kind in sources],
        "facts": lambda: [extract_module(*source) for source in sources],
    }
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(runs):
        for name, step in steps.items():
            start = time.process_time()
            step()
            taken[name].append(time.process_time() - start)
            gc.collect()
    size = sum(len(source) for _, source, _ in sources)
    print(f"{len(sources)} files, {size / 1e6:.2f} MB, {runs} runs")
    base = statistics.median(taken["raw parse"])
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{name:25} {middle:7.3f} s  {middle / base:5.2f}")


if __name__ == "__main__":
    gc.disable()
    main(sys.argv[1], *(int(word) for word in sys.argv[2:3]))
