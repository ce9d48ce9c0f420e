"""Trees made to break whoever reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from callaudit.project import Notice, Resolver, load_project, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SPECIFIERS = (
    "./a",
    "../../outside/secret",
    "/etc/passwd",
    "secret",
    "passwd",
    "m",
    "#a",
    "x" * 3000 + "/y",
    "@/x",
)


def pwned(folder: Path) -> bytes:
    """Find the mark that a program from the tree would leave; pathlib gives up in such a tree."""
    return subprocess.run(["find", folder, "-name", "PWNED"], check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Make the tree with the generator that this variable names; it is no part of the project."""
    generator = os.environ.get("CALLAUDIT_HOSTILE_GENERATOR", "")
    if not generator:
        pytest.skip("CALLAUDIT_HOSTILE_GENERATOR names no generator")
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([sys.executable, generator, folder, "--small", "--force"], check=True, capture_output=True)
    yield folder
    subprocess.run(["rm", "-rf", folder], check=True)


def test_a_hostile_tree_is_read_to_its_end(hostile: Path) -> None:
    started = time.monotonic()
    project = load_project(hostile / "tree")
    contents = [read_source(project.root, file.path, 1_000_000) for file in project.files]
    resolver = Resolver(project)
    for file in project.files:
        for specifier in SPECIFIERS:
            resolver.resolve(file.path, specifier)
    assert time.monotonic() - started < 10
    canary = json.loads((hostile / "manifest.json").read_text())["canary"]
    assert canary not in repr(project)
    assert not any(canary.encode() in data for data in contents if not isinstance(data, Notice))
    assert {"00-control/client.ts", "zz-last/last.ts", "07-config/evilsub/a.ts"} <= {f.path for f in project.files}
    assert not pwned(hostile)


def test_every_configuration_of_it_is_read_to_its_end(hostile: Path) -> None:
    for folder in sorted((hostile / "tree" / "07-config").iterdir()):
        if folder.is_dir():
            started = time.monotonic()
            load_project(folder)
            assert time.monotonic() - started < 2, folder.name
    assert not pwned(hostile)
