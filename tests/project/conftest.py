"""Small projects written as dicts of path to text."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from callaudit.project import Project, load_project

if TYPE_CHECKING:
    from pathlib import Path

Tree = dict[str, str | bytes]


class Make(Protocol):
    def __call__(self, tree: Tree, **options: Any) -> Project: ...


def write_tree(root: Path, tree: Tree) -> None:
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def run_git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.invalid")
    subprocess.run(["git", "-C", root, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty folder with a neighbour, so that there is something outside of it."""
    folder = tmp_path / "repo"
    folder.mkdir()
    return folder


@pytest.fixture
def make(root: Path) -> Make:
    """Write a tree below `root` and load it."""

    def build(tree: Tree, **options: Any) -> Project:
        write_tree(root, tree)
        return load_project(root, **options)

    return build


def paths(project: Project) -> list[str]:
    return [file.path for file in project.files]
