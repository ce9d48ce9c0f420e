"""From an import to the file or package that it means."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callaudit.project import InFile, InPackage, Missing, Resolver

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.project import Resolution
    from tests.project.conftest import Make, Tree


def resolve(make: Make, tree: Tree | list[str], importer: str, specifier: str) -> Resolution:
    files: Tree = dict.fromkeys(tree, "") if isinstance(tree, list) else tree
    return Resolver(make(files)).resolve(importer, specifier)


def config(**values: Any) -> str:
    return json.dumps({"compilerOptions": values})


@pytest.mark.parametrize(
    ("specifier", "files", "found"),
    [
        ("./b", ["src/b.ts"], "src/b.ts"),
        ("./b.ts", ["src/b.ts"], "src/b.ts"),
        ("./b", ["src/b.tsx", "src/b.js"], "src/b.tsx"),
        ("./b", ["src/b.ts", "src/b/index.ts"], "src/b.ts"),
        ("./b/", ["src/b.ts", "src/b/index.ts"], "src/b/index.ts"),
        ("./b", ["src/b/index.jsx"], "src/b/index.jsx"),
        ("../c/d", ["c/d.mjs"], "c/d.mjs"),
        ("./b.js", ["src/b.ts"], "src/b.ts"),
        ("./b.js", ["src/b.tsx"], "src/b.tsx"),
        ("./b.js", ["src/b.js"], "src/b.js"),
        ("./b.jsx", ["src/b.tsx"], "src/b.tsx"),
        ("./b.mjs", ["src/b.mts"], "src/b.mts"),
        ("./b.cjs", ["src/b.cts"], "src/b.cts"),
        ("./b.service", ["src/b.service.ts"], "src/b.service.ts"),
        (".", ["src/index.ts", "src.ts"], "src/index.ts"),
        ("..", ["index.ts"], "index.ts"),
        ("./", ["src/index.ts"], "src/index.ts"),
        ("./x/..", ["src/index.ts"], "src/index.ts"),
        ("./worker.ts?worker", ["src/worker.ts"], "src/worker.ts"),
        ("worker-loader!./worker", ["src/worker.ts"], "src/worker.ts"),
        ("./x.css", ["src/x.css.ts"], "src/x.css.ts"),
    ],
)
def test_relative(make: Make, specifier: str, files: list[str], found: str) -> None:
    assert resolve(make, ["src/a.ts", *files], "src/a.ts", specifier) == InFile(found)


@pytest.mark.parametrize(
    ("specifier", "files", "why"),
    [
        ("./b", ["b.ts"], "no such file: src/b"),
        ("./b.mjs", ["src/b.js"], "no such file: src/b.mjs"),
        ("../../x", [], "it leads out of the project"),
        ("/etc/passwd", [], "no such file: etc/passwd"),
        ("./x.css", [], "asset"),
        ("./x.module.scss", [], "asset"),
        ("../data.json", ["data.ts"], "asset"),
        ("./logo.svg?react", [], "asset"),
        ("./b.ts?raw", ["src/b.ts"], "asset"),
        ("./types", ["src/types.d.ts"], "declaration"),
        ("./types.js", ["src/types.d.ts"], "declaration"),
        ("./lib.min.js", ["src/lib.min.js"], "src/lib.min.js was skipped: minified"),
        ("https://deno.land/x/a.ts", [], "no package name and no alias"),
        ("https://esm.sh/gh/owner/name@1/a.ts", [], "no package name and no alias"),
        ("https://esm.sh/v135/gh/owner/name@1/a.ts", [], "no package name and no alias"),
        ("https://cdn.esm.sh/stable/gh/owner/name@1/a.ts", [], "no package name and no alias"),
        ("https://cdn.jsdelivr.net/gh/owner/name@1/a.js", [], "no package name and no alias"),
        ("https://other.test/npm/axios@1", [], "no package name and no alias"),
        ("@/x", [], "no package name and no alias"),
        ("", [], "no package name and no alias"),
    ],
)
def test_missing(make: Make, specifier: str, files: list[str], why: str) -> None:
    assert resolve(make, ["src/a.ts", *files], "src/a.ts", specifier) == Missing(why)


@pytest.mark.parametrize(
    ("specifier", "package", "subpath"),
    [
        ("react", "react", ""),
        ("next/server", "next", "server"),
        ("@scope/name", "@scope/name", ""),
        ("@scope/name/a/b.js", "@scope/name", "a/b.js"),
        ("http", "http", ""),
        ("node:http", "http", ""),
        ("node:fs/promises", "fs", "promises"),
        ("bun:sqlite", "bun:sqlite", ""),
        ("npm:zod@3.2.1/v4", "zod", "v4"),
        ("jsr:@std/http@1", "@std/http", ""),
        ("https://esm.sh/axios", "axios", ""),
        ("https://esm.sh/v135/zod@3.2.1/v4?target=deno", "zod", "v4"),
        ("https://esm.sh/@scope/name@2.45.1", "@scope/name", ""),
        ("https://esm.sh/*react-query@5", "react-query", ""),
        ("https://cdn.jsdelivr.net/npm/axios@1.6.0/+esm", "axios", ""),
        ("https://unpkg.com/@scope/name@1/a.js", "@scope/name", "a.js"),
        ("https://cdn.skypack.dev/axios", "axios", ""),
        ("https://deno.land/std@0.224.0/http/server.ts", "@std/http", "server"),
        ("https://deno.land/std/http/server.ts", "@std/http", "server"),
        ("bignumber.js", "bignumber.js", ""),
        ("chart.js/auto", "chart.js", "auto"),
        ("json", "json", ""),
    ],
)
def test_packages_from_outside(make: Make, specifier: str, package: str, subpath: str) -> None:
    assert resolve(make, ["a.ts", "react/x.ts"], "a.ts", specifier) == InPackage(package, subpath)


def test_assets_of_packages_are_assets(make: Make) -> None:
    assert resolve(make, ["a.ts"], "a.ts", "bootstrap/dist/bootstrap.css") == Missing("asset")


def test_a_folder_with_a_package_starts_with_its_main(make: Make) -> None:
    tree: Tree = {
        "a.ts": "",
        "lib/package.json": '{"main": "dist/start.js"}',
        "lib/start.ts": "",
        "lib/index.ts": "",
    }
    assert resolve(make, tree, "a.ts", "./lib") == InFile("lib/start.ts")


def test_paths_of_the_nearest_configuration_only(make: Make) -> None:
    resolver = Resolver(make({
        "tsconfig.json": config(paths={"@/*": ["root/*"], "~/*": ["root/*"]}),
        "web/tsconfig.json": config(paths={
            "@/*": ["src/*", "gen/*"], "@/special/*": ["special/*"], "one": ["src/1.ts"],
        }),
        "web/src/x.ts": "", "web/src/1.ts": "", "web/gen/y.tsx": "", "web/special/x.ts": "",
        "web/src/special/z.ts": "",
        "root/x.ts": "", "web/src/styles.css": "", "web/src/t.d.ts": "",
        "api/jsconfig.json": config(baseUrl="."), "api/lib/q.js": "",
    }))  # fmt: skip
    assert resolver.resolve("web/src/a/b.ts", "@/x") == InFile("web/src/x.ts")
    assert resolver.resolve("web/src/a/b.ts", "@/x.js") == InFile("web/src/x.ts")
    assert resolver.resolve("web/src/a/b.ts", "@/y") == InFile("web/gen/y.tsx")
    assert resolver.resolve("web/src/a/b.ts", "@/special/x") == InFile("web/special/x.ts")
    assert resolver.resolve("web/src/a/b.ts", "one") == InFile("web/src/1.ts")
    assert resolver.resolve("web/src/a/b.ts", "@/styles.css") == Missing("asset")
    assert resolver.resolve("web/src/a/b.ts", "@/t") == Missing("declaration")
    assert resolver.resolve("other/b.ts", "@/x") == InFile("root/x.ts")
    assert resolver.resolve("api/b.js", "lib/q") == InFile("api/lib/q.js")
    assert resolver.resolve("api/b.js", "lib/none") == InPackage("lib", "none")
    missing = resolver.resolve("web/src/a/b.ts", "@/none")
    assert missing == Missing("no file for the alias @/*: web/src/none, web/gen/none")
    assert isinstance(resolver.resolve("web/src/a/b.ts", "~/x"), Missing)


def test_an_alias_that_looks_like_a_package_is_one_only_if_it_is_listed(make: Make) -> None:
    resolver = Resolver(make({
        "tsconfig.json": config(paths={"@app/*": ["src/*"], "*": ["types/*"]}),
        "package.json": '{"dependencies": {"@app/known": "1"}}', "a.ts": "",
    }))  # fmt: skip
    assert isinstance(resolver.resolve("a.ts", "@app/none"), Missing)
    assert resolver.resolve("a.ts", "@app/known") == InPackage("@app/known", "")
    assert resolver.resolve("a.ts", "lodash") == InPackage("lodash", "")


def test_conventional_aliases_without_a_tsconfig(make: Make) -> None:
    tree: Tree = {"web/package.json": "{}", "web/src/lib/x.js": "", "web/y.js": "", "a.js": ""}
    resolver = Resolver(make(tree))
    assert resolver.resolve("web/src/main.js", "@/lib/x") == InFile("web/src/lib/x.js")
    assert resolver.resolve("web/src/main.js", "~/y") == InFile("web/y.js")
    assert isinstance(resolver.resolve("web/src/main.js", "@/none"), Missing)
    assert isinstance(resolver.resolve("a.js", "@/lib/x"), Missing)


SHARED: Tree = {
    "packages/shared/package.json": json.dumps({
        "name": "@acme/shared", "version": "1.2.0", "main": "./dist/index.js",
        "exports": {".": "./dist/index.js", "./types": "./dist/types/index.js", "./ui/*": "./dist/ui/*.js"},
    }),
    "packages/shared/src/index.ts": "", "packages/shared/src/types/index.ts": "",
    "packages/shared/src/ui/button.tsx": "", "packages/shared/src/deep/x.ts": "",
    "packages/shared/src/d.d.ts": "",
    "apps/web/package.json": '{"name": "web", "dependencies": {"@acme/shared": "workspace:*"}}',
    "apps/web/a.ts": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("specifier", "answer"),
    [
        ("@acme/shared", InFile("packages/shared/src/index.ts")),
        ("@acme/shared/types", InFile("packages/shared/src/types/index.ts")),
        ("@acme/shared/ui/button", InFile("packages/shared/src/ui/button.tsx")),
        ("@acme/shared/src/deep/x", InFile("packages/shared/src/deep/x.ts")),
        ("@acme/shared/deep/x", InFile("packages/shared/src/deep/x.ts")),
        ("@acme/shared/dist/deep/x.js", InFile("packages/shared/src/deep/x.ts")),
        ("@acme/shared/style.css", Missing("asset")),
        ("@acme/shared/src/d", Missing("declaration")),
        ("@acme/shared/none", Missing("package @acme/shared of this repository has no source for none")),
        ("@acme/other", InPackage("@acme/other", "")),
    ],
)
def test_packages_of_the_repository(make: Make, specifier: str, answer: Resolution) -> None:
    assert resolve(make, SHARED, "apps/web/a.ts", specifier) == answer
    assert resolve(make, SHARED, "packages/shared/src/deep/x.ts", specifier) == answer


@pytest.mark.parametrize(
    ("wanted", "is_own"),
    [
        ("*", True),
        ("^1.0.0", True),
        ("1.2.0", True),
        ("file:../x", True),
        ("^2.0.0", False),
        ("npm:other@^1", False),
    ],
)
def test_another_version_is_the_one_from_the_registry(make: Make, wanted: str, *, is_own: bool) -> None:
    tree: Tree = SHARED | {"apps/web/package.json": json.dumps({"dependencies": {"@acme/shared": wanted}})}
    answer = resolve(make, tree, "apps/web/a.ts", "@acme/shared")
    outside = InPackage("other" if wanted.startswith("npm:") else "@acme/shared", "")
    assert answer == (InFile("packages/shared/src/index.ts") if is_own else outside)


def test_of_several_packages_of_one_name_the_nearest_counts(make: Make) -> None:
    resolver = Resolver(make({
        "a/lib/package.json": '{"name": "lib"}', "a/lib/index.ts": "", "a/x.ts": "",
        "b/lib/package.json": '{"name": "lib"}', "b/lib/index.ts": "", "b/x.ts": "",
    }))  # fmt: skip
    assert resolver.resolve("a/x.ts", "lib") == InFile("a/lib/index.ts")
    assert resolver.resolve("b/x.ts", "lib") == InFile("b/lib/index.ts")


def test_imports_of_a_package(make: Make) -> None:
    imports = {
        "#db": "./dist/db.js", "#lib/*": {"import": "./src/lib/*.js"}, "#lib/own/*": "./own/*.ts",
        "#http": "undici", "#shared": {"default": "@acme/shared"}, "#loop": "#loop",
    }  # fmt: skip
    resolver = Resolver(make(SHARED | {
        "api/package.json": json.dumps({"imports": imports}),
        "api/src/db.ts": "", "api/src/lib/x.ts": "", "api/own/x.ts": "", "api/a.ts": "",
    }))  # fmt: skip
    assert resolver.resolve("api/a.ts", "#db") == InFile("api/src/db.ts")
    assert resolver.resolve("api/src/db.ts", "#lib/x") == InFile("api/src/lib/x.ts")
    assert resolver.resolve("api/a.ts", "#lib/own/x") == InFile("api/own/x.ts")
    assert resolver.resolve("api/a.ts", "#http") == InPackage("undici", "")
    assert resolver.resolve("api/a.ts", "#shared") == InFile("packages/shared/src/index.ts")
    assert isinstance(resolver.resolve("api/a.ts", "#loop"), Missing)
    assert isinstance(resolver.resolve("api/a.ts", "#none"), Missing)
    assert isinstance(resolver.resolve("apps/web/a.ts", "#db"), Missing)


def test_imports_through_links_lead_to_the_real_file(make: Make, root: Path) -> None:
    (root / "shared").symlink_to("packages/shared")
    (root / "loop").symlink_to(".")
    resolver = Resolver(make({"packages/shared/x.ts": "", "a.ts": ""}))
    assert resolver.resolve("a.ts", "./shared/x") == InFile("packages/shared/x.ts")
    assert resolver.resolve("a.ts", "./loop/loop/loop/a") == InFile("a.ts")
    assert isinstance(resolver.resolve("a.ts", "./shared/y"), Missing)


def test_answers_depend_on_the_folder_of_the_importer_and_are_remembered(make: Make) -> None:
    resolver = Resolver(make({"x/b.ts": "", "y/b.ts": ""}))
    assert resolver.resolve("x/a.ts", "./b") == InFile("x/b.ts")
    assert resolver.resolve("y/a.ts", "./b") == InFile("y/b.ts")
    assert resolver.resolve("y/c.ts", "./b") is resolver.resolve("y/a.ts", "./b")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["..", ".", "a", "@", "#", "/", "~", "*", "?", "!", ":", "node:", "é", "\0", ".ts"])))
def test_no_specifier_raises_or_leaves_the_project(make: Make, parts: list[str]) -> None:
    tree: Tree = {"src/a.ts": "", "tsconfig.json": config(paths={"@*": ["*"], "*": ["src/*"]}, baseUrl=".")}
    answer = resolve(make, tree, "src/a.ts", "".join(parts))
    assert not isinstance(answer, InFile) or answer.path == "src/a.ts"
