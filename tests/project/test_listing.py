"""Which files belong to a project, with and without git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from callaudit.project import ProjectError, load_project
from tests.project.conftest import Make, Tree, paths, run_git, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.project import Project


@pytest.fixture(params=["git", "walk"])
def load(request: pytest.FixtureRequest, root: Path) -> Make:
    """Load a tree both ways: nothing may depend on whether git is there."""

    def build(tree: Tree, **options: object) -> Project:
        write_tree(root, tree)
        if request.param == "git":
            run_git(root, "init", "-q")
        return load_project(root, **options)

    return build


def test_all_languages_are_listed_and_nothing_else(load: Make) -> None:
    names = ["a.ts", "b.tsx", "c.js", "d.jsx", "e.mts", "f.cts", "g.mjs", "h.cjs"]
    project = load(dict.fromkeys([*names, "README.md", "x.json", "ts", "y.d.ts", "z.d.mts"], "x"))
    assert {file.path: file.language for file in project.files} == {
        "a.ts": "ts", "b.tsx": "tsx", "c.js": "js", "d.jsx": "jsx",
        "e.mts": "ts", "f.cts": "ts", "g.mjs": "js", "h.cjs": "js",
    }  # fmt: skip
    assert project.declarations == ("y.d.ts", "z.d.mts")
    assert project.files[0].size == 1


def test_ignored_files_are_left_out(load: Make) -> None:
    project = load({
        ".gitignore": "*.local.ts\n/secret/\n!keep.local.ts\n",
        "a.ts": "",
        "b.local.ts": "",
        "keep.local.ts": "",
        "secret/x.ts": "",
        "deep/secret/y.ts": "",
        "deep/.gitignore": "z.ts\n",
        "deep/z.ts": "",
        "z.ts": "",
    })  # fmt: skip
    assert paths(project) == ["a.ts", "deep/secret/y.ts", "keep.local.ts", "z.ts"]
    assert project.notices == ()


@pytest.mark.parametrize(
    "folder",
    ["node_modules", "dist", "build", "out", ".next", ".turbo", "coverage", "vendor", "p/node_modules"],
)
def test_build_output_is_left_out(load: Make, folder: str) -> None:
    project = load({f"{folder}/a.ts": "", "b.ts": "", "p/package.json": '{"name": "p"}'})
    assert paths(project) == ["b.ts"]


@pytest.mark.parametrize("folder", ["src/build", "app/api/out", "pages/coverage", "src/vendor/x"])
def test_sources_with_the_name_of_output_stay(load: Make, folder: str) -> None:
    assert paths(load({f"{folder}/a.ts": ""})) == [f"{folder}/a.ts"]


def test_output_of_a_package_called_app_is_output(load: Make) -> None:
    project = load({"packages/app/package.json": "{}", "packages/app/dist/a.js": "", "packages/app/b.ts": ""})
    assert paths(project) == ["packages/app/b.ts"]
    assert [(notice.path, notice.what) for notice in project.skipped] == [("packages/app/dist", "build output")]


def test_what_is_not_read_is_counted(load: Make) -> None:
    project = load(
        {"a.ts": "", "lib.min.js": "", "x.coffee": "", "y.coffee": "", "z.vue": "", "big.ts": "x" * 11},
        max_file_bytes=10,
    )
    assert paths(project) == ["a.ts", "z.vue"]
    assert {(notice.path, notice.what) for notice in project.skipped} == {
        ("lib.min.js", "minified"),
        ("", "language"),
        ("big.ts", "too large"),
    }
    assert "2 .coffee files are not read" in {notice.why for notice in project.skipped}


def test_links_inside_are_audited_once_and_links_outside_never(load: Make, root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.ts").write_text("x")
    (tmp_path / "lib").mkdir()
    (root / "alias.ts").symlink_to("real.ts")
    (root / "out.ts").symlink_to("../secret.ts")
    (root / "outdir").symlink_to("../lib")
    (root / "self.ts").symlink_to("self.ts")
    (root / "shared").symlink_to("packages/shared")
    project = load({"real.ts": "", "packages/shared/a.ts": ""})
    assert paths(project) == ["packages/shared/a.ts", "real.ts"]
    assert project.links == {"alias.ts": "real.ts", "shared": "packages/shared"}
    assert [(n.path, n.what) for n in project.skipped] == [
        ("out.ts", "symlink outside"), ("outdir", "symlink outside"), ("self.ts", "symlink outside"),
    ]  # fmt: skip


def test_links_in_folders_that_are_left_out_are_left_out(load: Make, root: Path) -> None:
    (root / "node_modules").mkdir()
    (root / "node_modules" / "own").symlink_to("../own")
    (root / "node_modules" / "gone.ts").symlink_to("nowhere.ts")
    project = load({"own/a.ts": ""})
    assert project.links == {}
    assert project.skipped == ()


def test_a_link_to_an_ignored_file_stands_for_it(load: Make, root: Path) -> None:
    (root / "a.ts").symlink_to("hidden/a.ts")
    project = load({".gitignore": "hidden/", "hidden/a.ts": "four"})
    assert [(file.path, file.size) for file in project.files] == [("a.ts", 4)]


def test_pipes_are_skipped(load: Make, root: Path) -> None:
    os.mkfifo(root / "pipe.ts")
    os.mkfifo(root / "package.json")
    assert paths(load({"a.ts": ""})) == ["a.ts"]


def test_odd_names_are_kept_as_they_are(load: Make, root: Path) -> None:
    names = [
        "-rf.ts",
        "new\nline.ts",
        "tab\t.ts",
        "$(touch PWNED).ts",
        "? x.ts",
        "back\\slash.ts",
        " lead.ts",
    ]
    raw = os.fsencode(root) + b"/caf\xe9.ts"
    with open(raw, "wb"):  # noqa: PTH123 -- a name of bytes
        pass
    assert paths(load(dict.fromkeys(names, ""))) == sorted([*names, "caf\udce9.ts"])


def test_files_know_their_nearest_package(load: Make) -> None:
    project = load({"package.json": "{}", "a.ts": "", "apps/web/package.json": "{}", "apps/web/src/b.ts": ""})
    assert [(file.path, file.package) for file in project.files] == [
        ("a.ts", ""),
        ("apps/web/src/b.ts", "apps/web"),
    ]


def test_tracked_files_are_listed_even_if_ignored_and_deleted_ones_are_not(root: Path) -> None:
    write_tree(root, {"a.ts": "", "gone.ts": "", "b.ts": "", ".gitignore": "b.ts"})
    run_git(root, "init", "-q")
    run_git(root, "add", "-f", ".")
    (root / "gone.ts").unlink()
    project = load_project(root)
    assert paths(project) == ["a.ts", "b.ts"]
    assert project.skipped == ()


def test_a_folder_of_a_repository_is_listed_without_its_neighbours(root: Path) -> None:
    write_tree(root, {"web/a.ts": "", "other/b.ts": "", "ignored/c.ts": "", ".gitignore": "ignored/"})
    run_git(root, "init", "-q")
    assert paths(load_project(root / "web")) == ["a.ts"]
    assert paths(load_project(root / "ignored")) == ["c.ts"]


def test_nested_repositories_are_named_and_not_entered(root: Path) -> None:
    write_tree(root, {"a.ts": "", "nested/b.ts": "", "sub.js/c.ts": ""})
    run_git(root, "init", "-q")
    for name in ("nested", "sub.js"):
        run_git(root / name, "init", "-q")
        run_git(root / name, "add", ".")
        run_git(root / name, "commit", "-qm", "x")
    run_git(root, "add", "sub.js")
    project = load_project(root)
    assert paths(project) == ["a.ts"]
    assert [(n.path, n.what) for n in project.skipped] == [("nested", "repository"), ("sub.js", "repository")]


def test_nested_repositories_are_plain_folders_without_git(make: Make) -> None:
    assert paths(make({"nested/.git/HEAD": "x", "nested/.git/x.ts": "", "nested/b.ts": ""})) == ["nested/b.ts"]


def test_programs_configured_in_a_repository_do_not_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(root, {"a.ts": ""})
    run_git(root, "init", "-q")
    mark = root / "PWNED"
    run_git(root, "config", "core.fsmonitor", f"touch {mark}; false")
    run_git(root, "config", "core.hooksPath", str(root))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert paths(load_project(root)) == ["a.ts"]
    assert not mark.exists()


def test_a_broken_repository_is_walked_with_a_notice(make: Make) -> None:
    project = make({".git": "gitdir: ./nowhere\n", "a.ts": "", "b.ts": "", ".gitignore": "b.ts"})
    assert paths(project) == ["a.ts"]
    assert [notice.what for notice in project.notices] == ["git failed"]


def test_without_git_installed_the_folder_is_walked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(root, {"a.ts": ""})
    run_git(root, "init", "-q")
    monkeypatch.setenv("PATH", str(root))
    project = load_project(root)
    assert paths(project) == ["a.ts"]
    assert "did not start" in project.notices[0].why


def test_a_deep_tree_does_not_overflow(root: Path) -> None:
    at = os.open(root, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=at)
        below = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(os.open("x.ts", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=at))
    os.close(at)
    try:
        assert len(load_project(root).files) == 1
    finally:
        # shutil.rmtree, which pytest cleans up with, recurses.
        subprocess.run(["rm", "-rf", root / "d"], check=True)


def test_one_source_file_is_a_project_of_its_own(make: Make, root: Path) -> None:
    make({"a.ts": "", "b.ts": "", "tsconfig.json": '{"compilerOptions": {"baseUrl": "."}}'})
    project = load_project(root / "a.ts")
    assert paths(project) == ["a.ts"]
    assert [config.path for config in project.configs] == ["tsconfig.json"]


def test_a_folder_without_sources_is_an_empty_project(make: Make) -> None:
    project = make({"README.md": "x"})
    assert project.files == ()
    assert project.skipped == ()


def test_what_cannot_be_a_project_is_said_in_one_line(make: Make, root: Path) -> None:
    make({"notes.txt": "x"})
    os.mkfifo(root / "pipe.ts")
    for given, reason in [
        (root / "no\nsuch", "no such file or folder"),
        (root / "notes.txt", "not a TypeScript or JavaScript file"),
        (root / "pipe.ts", "not a folder"),
        (root / "notes.txt" / "x", "cannot be read"),
        ("", "no such file or folder"),
        ("a\0b", "cannot be read"),
    ]:
        with pytest.raises(ProjectError) as caught:
            load_project(given)
        message = str(caught.value)
        assert reason in message
        assert "; " in message
        assert message.isprintable()


def test_an_unreadable_folder_is_reported(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, who can read everything.
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    project = make({"a.ts": "", "locked/b.ts": ""})
    assert paths(project) == ["a.ts"]
    assert [(n.path, n.what) for n in project.skipped] == [("locked", "unreadable folder")]


def test_equal_trees_give_equal_projects(make: Make, root: Path) -> None:
    tree: Tree = {f"d{n % 7}/f{n}.ts": "" for n in range(40)} | {"package.json": "[]", "tsconfig.json": "{"}
    first = make(tree)
    run_git(root, "init", "-q")
    assert load_project(root) == first
