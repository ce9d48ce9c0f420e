"""tsconfig.json and jsconfig.json after `extends`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.project import PathConfig, Project
    from tests.project.conftest import Make


def options(**values: Any) -> str:
    extends = {"extends": values.pop("extends")} if "extends" in values else {}
    return json.dumps(extends | {"compilerOptions": values})


def config(project: Project, folder: str = "") -> PathConfig:
    return next(config for config in project.configs if config.dir == folder)


def kinds(project: Project) -> list[tuple[str, str]]:
    return [(notice.path, notice.what) for notice in project.notices]


def test_comments_and_trailing_commas(make: Make) -> None:
    text = '// c\n{ /* x */ "compilerOptions": { "paths": { "@/*": ["./src/*",], }, }, "u": "http://x//y /* no */", }\n'
    project = make({"tsconfig.json": "\ufeff" + text})
    assert config(project).paths == {"@/*": ("src/*",)}
    assert project.notices == ()


def test_paths_are_relative_to_base_url_or_to_the_file(make: Make) -> None:
    project = make({
        "a/tsconfig.json": options(baseUrl="./src", paths={"@/*": ["x/*"]}),
        "b/tsconfig.json": options(paths={"@/*": ["x/*"]}),
        "c/tsconfig.json": options(baseUrl="."),
        "d/tsconfig.json": "{}",
    })  # fmt: skip
    assert (config(project, "a").base_url, config(project, "a").paths) == ("a/src", {"@/*": ("a/src/x/*",)})
    assert (config(project, "b").base_url, config(project, "b").paths) == (None, {"@/*": ("b/x/*",)})
    assert (config(project, "c").base_url, config(project, "c").paths) == ("c", {})
    assert (config(project, "d").base_url, config(project, "d").paths) == (None, {})


def test_extends_keeps_paths_relative_to_the_file_that_declares_them(make: Make) -> None:
    project = make({
        "tsconfig.base.json": options(paths={"@lib/*": ["libs/*/src"]}, outDir="out"),
        "apps/web/tsconfig.json": options(extends="../../tsconfig.base", outDir="./dist", rootDir="src"),
        "apps/api/tsconfig.json": options(extends="../../tsconfig.base.json", paths={"~/*": ["./*"]}),
        "apps/cli/tsconfig.json": options(extends="../../tsconfig.base.json", paths=None),
    })  # fmt: skip
    web = config(project, "apps/web")
    assert (web.paths, web.out_dir, web.root_dir) == (
        {"@lib/*": ("libs/*/src",)},
        "apps/web/dist",
        "apps/web/src",
    )
    assert web.extends == ("tsconfig.base.json",)
    assert config(project, "apps/api").paths == {"~/*": ("apps/api/*",)}
    assert config(project, "apps/cli").paths == {}


def test_extends_of_a_list_takes_the_last(make: Make) -> None:
    project = make({
        "a.json": options(baseUrl="a", outDir="a"),
        "b.json": options(baseUrl="b"),
        "tsconfig.json": options(extends=["./a.json", "./b.json"]),
    })  # fmt: skip
    assert (config(project).base_url, config(project).out_dir) == ("b", "a")
    assert config(project).extends == ("a.json", "b.json")


def test_extends_of_a_package_of_the_repository(make: Make) -> None:
    project = make({
        "packages/config/package.json": '{"name": "@acme/tsconfig"}',
        "packages/config/nextjs.json": options(extends="./base.json", paths={"@/*": ["${configDir}/src/*"]}),
        "packages/config/base.json": options(outDir="${configDir}/dist"),
        "packages/config/tsconfig.json": options(baseUrl="."),
        "apps/web/tsconfig.json": options(extends="@acme/tsconfig/nextjs.json"),
        "apps/api/tsconfig.json": options(extends="@acme/tsconfig"),
        "apps/cli/tsconfig.json": options(extends="@acme/tsconfig/none.json"),
    })  # fmt: skip
    web = config(project, "apps/web")
    assert (web.paths, web.out_dir) == ({"@/*": ("apps/web/src/*",)}, "apps/web/dist")
    assert config(project, "apps/api").base_url == "packages/config"
    assert kinds(project) == [("apps/cli/tsconfig.json", "extends not found")]


def test_extends_of_an_installed_package(make: Make) -> None:
    project = make(
        {
            "node_modules/@tsconfig/node20/tsconfig.json": options(baseUrl="."),
            "web/tsconfig.json": options(extends="@tsconfig/node20/tsconfig.json"),
        }
    )
    assert config(project, "web").base_url == "node_modules/@tsconfig/node20"


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"tsconfig.json": options(extends="./tsconfig.json")}, "cyclic extends"),
        (
            {"tsconfig.json": options(extends="./b"), "b.json": options(extends="./tsconfig.json")},
            "cyclic extends",
        ),
        ({"tsconfig.json": options(extends=".")}, "cyclic extends"),
        ({"tsconfig.json": options(extends="@none/none")}, "extends not found"),
        ({"tsconfig.json": options(extends="https://example.invalid/tsconfig.json")}, "extends not found"),
        ({"tsconfig.json": options(extends="/etc/passwd")}, "extends outside"),
        ({"tsconfig.json": options(extends="../secret.json")}, "extends outside"),
        ({"tsconfig.json": options(extends={"a": 1})}, "wrong type"),
        ({"tsconfig.json": options(extends="./a/b.json"), "a/b.json/c.ts": ""}, "special file"),
        ({"tsconfig.json": "{"}, "broken config"),
        ({"tsconfig.json": ""}, "broken config"),
        ({"tsconfig.json": "[]"}, "broken config"),
        ({"tsconfig.json": "[" * 100_000}, "broken config"),
        ({"tsconfig.json": '{"compilerOptions": []}'}, "wrong type"),
        ({"tsconfig.json": options(paths=["x"])}, "wrong type"),
        ({"tsconfig.json": options(baseUrl=3)}, "wrong type"),
        ({"tsconfig.json": options(baseUrl="/")}, "outside"),
        ({"tsconfig.json": options(baseUrl="..")}, "outside"),
        ({"tsconfig.json": options(paths={"a/*": ["../../x/*", "./*"]})}, "unusable path"),
        ({"tsconfig.json": options(paths={"**x/*": ["./*"]})}, "unusable path"),
        ({"tsconfig.json": options(paths={"x": [1]})}, "unusable path"),
    ],
)
def test_what_cannot_be_used_is_a_notice(make: Make, tmp_path: Path, files: dict[str, str], what: str) -> None:
    (tmp_path / "secret.json").write_text(options(baseUrl="."))
    project = make({"a.ts": "", **files})
    assert [notice.what for notice in project.notices] == [what]
    assert len(project.configs) == 1
    assert "a.ts" in {file.path for file in project.files}


def test_a_cycle_keeps_what_both_files_say(make: Make) -> None:
    project = make(
        {
            "tsconfig.json": options(extends="./b.json", baseUrl="src"),
            "b.json": options(extends="./tsconfig.json", outDir="x"),
        }
    )
    assert (config(project).base_url, config(project).out_dir) == ("src", "x")


def test_a_broken_file_names_its_line(make: Make) -> None:
    project = make({"tsconfig.json": '{\n  "a": 1,\n  "b" 2\n}\n'})
    assert project.notices[0].line == 3


def test_a_long_chain_ends_with_a_notice(make: Make) -> None:
    chain = {f"t{n}.json": options(extends=f"./t{n + 1}.json") for n in range(500)}
    project = make({"tsconfig.json": options(extends="./t0.json"), **chain, "t500.json": "{}"})
    assert [notice.what for notice in project.notices] == ["deep extends"]


def test_many_ways_to_the_same_file_are_read_once(make: Make) -> None:
    layers = {f"t{n}.json": options(extends=[f"./t{n + 1}.json"] * 5) for n in range(25)}
    project = make({"tsconfig.json": options(extends="./t0.json"), **layers, "t25.json": options(baseUrl="x")})
    assert config(project).base_url == "x"


def test_tsconfig_wins_over_jsconfig(make: Make) -> None:
    project = make({
        "a/tsconfig.json": "{}",
        "a/jsconfig.json": options(baseUrl="x"),
        "b/jsconfig.json": options(baseUrl="y"),
    })  # fmt: skip
    assert [found.path for found in project.configs] == ["a/tsconfig.json", "b/jsconfig.json"]


def test_paths_of_a_referenced_configuration_count(make: Make) -> None:
    references = '{"files": [], "references": [{"path": "./node.json"}, {"path": "./app.json"}, {"path": "./x"}, 1]}'
    project = make({
        "tsconfig.json": references,
        "node.json": "{}",
        "app.json": options(paths={"@/*": ["src/*"]}),
        "x/tsconfig.json": options(references=[{"path": ".."}], paths={"x": ["y"]}),
    })  # fmt: skip
    assert config(project).paths == {"@/*": ("src/*",)}


def test_own_paths_win_over_those_of_references(make: Make) -> None:
    text = '{"compilerOptions": {"paths": {"~/*": ["./*"]}}, "references": [{"path": "./app.json"}]}'
    project = make({"tsconfig.json": text, "app.json": options(paths={"@/*": ["src/*"]})})
    assert config(project).paths == {"~/*": ("*",)}
