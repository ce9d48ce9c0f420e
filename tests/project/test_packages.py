"""package.json: what it lists, and the sources behind what it exports."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from callaudit.project import Package
    from tests.project.conftest import Make


def package(make: Make, data: dict[str, Any], *files: str, **more: str) -> Package:
    """Return the package at packages/a with these files below it."""
    tree = {f"packages/a/{name}": "" for name in files} | {f"packages/a/{name}": more[name] for name in more}
    project = make({"packages/a/package.json": json.dumps(data), "tsconfig.json": "{}", **tree})
    found = project.package_at("packages/a")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("./dist/index.js", "src/index.ts"),
        ("dist/index.js", "src/index.ts"),
        ("./dist/index.d.ts", "src/index.tsx"),
        ("./dist/esm/index.mjs", "src/index.ts"),
        ("./dist/cjs/index.cjs", "src/index.ts"),
        ("./dist/index.umd.js", "src/index.ts"),
        ("./lib/main.js", "src/main.ts"),
        ("./build/src/main.js", "src/main.ts"),
        ("./dist/packages/a/src/main.js", "src/main.ts"),
        ("./dist", "src/index.ts"),
        ("./dist/server.js", "server.ts"),
        ("./index.js", "index.ts"),
        ("./index.js", "src/index.ts"),
        ("./src/index.ts", "src/index.ts"),
        ("./lib/main.js", "lib/main.js"),
        ("./main", "main/index.js"),
    ],
)
def test_main_leads_to_its_source(make: Make, target: str, source: str) -> None:
    found = package(make, {"name": "a", "main": target}, source, "other/x.ts")
    assert found.entry_points == {".": f"packages/a/{source}"}
    assert found.raw_main == target


@pytest.mark.parametrize("target", ["../b/index.js", "/etc/passwd", "../../../../x.ts", "./none/x.js"])
def test_main_leads_nowhere_without_a_source(make: Make, target: str) -> None:
    assert package(make, {"name": "a", "main": target}, "other/x.ts").entry_points == {}


def test_the_tsconfig_of_the_package_says_what_is_built_from_what(make: Make) -> None:
    config = '{"compilerOptions": {"rootDir": "./code", "outDir": "./made"}}'
    data = {"name": "a", "main": "./made/x/index.js"}
    found = package(make, data, "code/x/index.ts", "src/x/index.ts", **{"tsconfig.json": config})
    assert found.entry_points == {".": "packages/a/code/x/index.ts"}


def test_exports_with_conditions_subpaths_and_patterns(make: Make) -> None:
    data = {
        "name": "a",
        "exports": {
            ".": {"types": "./dist/index.d.ts", "import": "./dist/index.mjs", "require": "./dist/index.cjs"},
            "./types": {"types": "./dist/types/index.d.ts", "default": "./dist/types/index.js"},
            "./bundled": "./dist/bundle-1234.js",
            "./icons/*": "./dist/icons/*.js",
            "./raw/*": "./raw/*.ts",
            "./gone/*": "./dist/gone/*.js",
            "./hidden": None,
            "./package.json": "./package.json",
        },
    }
    found = package(make, data, "src/index.ts", "src/types/index.ts", "src/bundled.ts", "src/icons/x.tsx", "raw/y.ts")
    assert found.entry_points == {
        ".": "packages/a/src/index.ts",
        "./types": "packages/a/src/types/index.ts",
        "./bundled": "packages/a/src/bundled.ts",
        "./icons/*": "packages/a/src/icons/*.js",
        "./raw/*": "packages/a/raw/*.ts",
    }


@pytest.mark.parametrize(
    ("exports", "source"),
    [
        ({"browser": "./src/web.ts", "default": "./src/node.ts"}, "node.ts"),
        ({"node": {"import": "./src/node.ts"}, "browser": "./src/web.ts"}, "node.ts"),
        ({"types": "./dist/web.d.ts", "source": "./src/node.ts"}, "node.ts"),
        (["./dist/none.js", "./dist/node.js"], "node.ts"),
        ({"browser": "./src/web.ts"}, "web.ts"),
    ],
)
def test_the_source_condition_wins_and_other_platforms_come_last(make: Make, exports: Any, source: str) -> None:
    found = package(make, {"name": "a", "exports": exports}, "src/node.ts", "src/web.ts")
    assert found.entry_points == {".": f"packages/a/src/{source}"}


def test_imports_and_bin(make: Make) -> None:
    data = {
        "name": "@x/a",
        "imports": {
            "#db": "./dist/db.js",
            "#lib/*": "./src/lib/*.js",
            "#dep": {"node": "dep", "default": "./d.js"},
        },
        "bin": "./dist/cli.js",
    }
    found = package(make, data, "src/db.ts", "src/lib/x.ts", "src/cli.ts")
    assert found.imports == {
        "#db": "packages/a/src/db.ts",
        "#lib/*": "packages/a/src/lib/*.js",
        "#dep": "npm:dep",
    }
    assert found.bin == {"a": "packages/a/src/cli.ts"}


def test_bin_and_scripts_are_kept_as_written_without_a_source(make: Make) -> None:
    found = package(make, {"name": "a", "bin": {"x": "./gone.js"}, "scripts": {"dev": "next dev"}})
    assert found.bin == {"x": "./gone.js"}
    assert found.scripts == {"dev": "next dev"}


def test_dependencies_of_all_kinds_with_the_nearest_package_first(make: Make) -> None:
    project = make({
        "package.json": '{"dependencies": {"next": "14", "axios": "1"}}',
        "apps/web/package.json": '{"dependencies": {"next": "15"}, '
        '"devDependencies": {"next": "9", "ky": "2"}}',
        "apps/web/src/a.ts": "",
        "apps/api/package.json": "{}",
    })  # fmt: skip
    assert project.dependency("apps/web", "next") == "15"
    assert project.dependency("apps/web", "ky") == "2"
    assert project.dependency("apps/web", "axios") == "1"
    assert project.dependency("apps/api", "next") == "14"
    assert project.dependency("apps/api", "ky") is None
    assert project.dependency("", "next") == "14"


def test_versions_of_pnpm_catalogs(make: Make) -> None:
    project = make(
        {
            "pnpm-workspace.yaml": "packages:\n  - 'apps/*'\ncatalog:\n  next: ^15.1.0 # why: new\n"
            "  '@x/y': \"2\"\n"
            "catalogs:\n  old:\n    next: ^13\n",
            "package.json": '{"dependencies": {"next": "catalog:", "@x/y": "catalog:default", "z": "catalog:"}}',
            "old/package.json": '{"dependencies": {"next": "catalog:old"}}',
        }
    )
    assert project.packages[0].dependencies == {"next": "^15.1.0", "@x/y": "2", "z": "catalog:"}
    assert project.dependency("old", "next") == "^13"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("not json", "broken config", 1),
        ('{\n"a": 1,\n}', "broken config", 3),
        ("", "broken config", 1),
        ("[]", "broken config", 1),
        ("null", "broken config", 1),
        ("[" * 100_000, "broken config", 1),
        ('{"name": 1}', "wrong type", 0),
        ('{"main": []}', "wrong type", 0),
        ('{"dependencies": []}', "wrong type", 0),
        ('{"dependencies": {"a": 1}}', "wrong type", 0),
        ('{"imports": 1}', "wrong type", 0),
        ('{"exports": 1}', "wrong type", 0),
    ],
)
def test_a_bad_package_is_named_and_the_rest_goes_on(make: Make, text: str, what: str, line: int) -> None:
    project = make({"a/package.json": text, "a/x.ts": "", "b/package.json": '{"name": "b"}'})
    assert [file.path for file in project.files] == ["a/x.ts"]
    assert "b" in {package.name for package in project.packages}
    assert [(n.path, n.line, n.what) for n in project.notices] == [("a/package.json", line, what)]


def test_a_sound_package_gives_no_notice(make: Make) -> None:
    text = '{"name": "a", "main": null, "exports": {".": null, "x": 1}, "bin": {}, "version": "1.0.0"}'
    assert make({"package.json": text}).notices == ()


def test_a_huge_export_table_is_bounded(make: Make) -> None:
    exports: Any = "./x.js"
    for _ in range(60):
        exports = {"import": exports, "default": exports} if len(json.dumps(exports)) < 100_000 else [exports]
    assert package(make, {"name": "a", "exports": exports}).entry_points == {}
