"""The files of another revision are read as they were, and neither checkout nor index is touched."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from callaudit.project.revision import RevisionError, write_revision

if TYPE_CHECKING:
    from pathlib import Path


def git(root: Path, *args: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(root), *identity, *args]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, files: dict[str, str]) -> str:
    if not (root / ".git").exists():
        root.mkdir(exist_ok=True)
        git(root, "init", "-q", "-b", "main")
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(root, "add", "-f", "-A")
    git(root, "commit", "-q", "-m", "x", "--allow-empty")
    return git(root, "rev-parse", "HEAD")


def written(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def test_files_of_a_revision(tmp_path: Path, into: Path) -> None:
    root = tmp_path / "repository"
    first = commit(root, {"a.ts": "1\n", "sub/[id]/b.ts": "2\n", ".gitignore": "kept\n", "kept/c.ts": "3\n"})
    commit(root, {"a.ts": "changed\n"})
    (root / "a.ts").write_text("not even committed\n", encoding="utf-8")
    before = git(root, "status", "--porcelain")
    assert write_revision(root, "HEAD~1", into) == first
    assert written(into) == {"a.ts": "1\n", "sub/[id]/b.ts": "2\n", "kept/c.ts": "3\n"}
    assert git(root, "status", "--porcelain") == before
    assert (root / "a.ts").read_text(encoding="utf-8") == "not even committed\n"


def test_a_folder_of_a_repository(tmp_path: Path, into: Path) -> None:
    root = tmp_path / "repository"
    commit(root, {"a.ts": "1\n", "apps/web/b.ts": "2\n", "apps/web2/c.ts": "3\n"})
    write_revision(root / "apps" / "web", "main", into)
    assert written(into) == {"b.ts": "2\n"}


def test_attributes_and_filters_of_the_repository_do_nothing(tmp_path: Path, into: Path) -> None:
    root = tmp_path / "repository"
    commit(
        root,
        {"a.ts": "$Format:%H$\n", "b.ts": "2\n", ".gitattributes": "a.ts export-subst filter=x\nb.ts export-ignore\n"},
    )
    git(root, "config", "filter.x.smudge", f"touch {tmp_path}/ran")
    write_revision(root, "HEAD", into)
    assert written(into)["a.ts"] == "$Format:%H$\n"
    assert written(into)["b.ts"] == "2\n"
    assert not (tmp_path / "ran").exists()


def test_links_do_not_lead_out(tmp_path: Path, into: Path) -> None:
    root = tmp_path / "repository"
    root.mkdir()
    (tmp_path / "outside").mkdir()
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "up").symlink_to("../outside")
    (root / "in").symlink_to("a.ts")
    commit(root, {"a.ts": "1\n"})
    write_revision(root, "HEAD", into)
    assert sorted(path.name for path in into.iterdir()) == ["a.ts", "in"]


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD~5", "", "HEAD:a.ts"])
def test_an_unknown_revision(tmp_path: Path, into: Path, revision: str) -> None:
    root = tmp_path / "repository"
    commit(root, {"a.ts": "1\n"})
    with pytest.raises(RevisionError, match="no such revision") as raised:
        write_revision(root, revision, into)
    assert "a branch or a tag" in raised.value.hint


def test_a_shallow_clone_says_so(tmp_path: Path, into: Path) -> None:
    root = tmp_path / "repository"
    first = commit(root, {"a.ts": "1\n"})
    commit(root, {"a.ts": "2\n"})
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{root}", str(tmp_path / "shallow")], check=True)
    with pytest.raises(RevisionError, match="shallow clone") as raised:
        write_revision(tmp_path / "shallow", first, into)
    assert "fetch-depth: 0" in raised.value.hint


def test_outside_of_a_repository(tmp_path: Path, into: Path) -> None:
    with pytest.raises(RevisionError, match="no git repository"):
        write_revision(tmp_path, "HEAD", into)


def test_without_git(tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "repository"
    commit(root, {"a.ts": "1\n"})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="git did not start"):
        write_revision(root, "HEAD", into)
