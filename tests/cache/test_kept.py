"""A kept inventory is the one that an analysis gives, and whatever it depends on is in its key."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import callaudit.audit
from callaudit import kept
from callaudit.audit import audit
from callaudit.cache.store import Store
from callaudit.project import load_project
from callaudit.project.reading import real_place
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.report.json_report import inventory_json
from callaudit.rules.check import Plan, check
from callaudit.rules.shipped import shipped_rules
from callaudit.rules.survey import survey_of
from callaudit.syntax import extraction
from callaudit.syntax.extraction import extract
from callaudit.syntax.sources import read_sources

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

FIXTURES = Path(__file__).parents[2] / "fixtures"

FILES = {
    "package.json": '{"name": "app", "dependencies": {"next": "15.0.0"}, "workspaces": ["packages/*"]}',
    "tsconfig.json": '{"extends": "./base.json", "compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
    "base.json": '{"compilerOptions": {"baseUrl": "."}}',
    ".env.example": "API_URL=https://api.example.test\n",
    "vercel.json": '{"crons": [{"path": "/api/a", "schedule": "0 * * * *"}]}',
    ".github/workflows/run.yml": "on: {schedule: [{cron: '5 * * * *'}]}\njobs: {a: {steps: [{run: node job.js}]}}\n",
    "pnpm-workspace.yaml": "packages: ['packages/*']\n",
    "packages/one/package.json": '{"name": "one", "main": "index.ts"}',
    "packages/one/index.ts": "export const base = process.env.API_URL;\n",
    "src/a.ts": "export const read = () => fetch(`${process.env.API_URL}/a`);\n",
    "app/api/a/route.ts": "import { read } from '@/a';\nexport const GET = () => read();\n",
    "job.js": "fetch('https://jobs.example.test/x');\n",
    ".gitignore": "out/\n",
    "out/b.ts": "fetch('https://out.example.test');\n",
}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "project", FILES)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def key(root: Path) -> bytes:
    project = load_project(root)
    return kept.depends_on(project, read_sources(project), builtin_profiles())


def written(inventory: Inventory) -> bytes:
    return msgspec.json.encode(inventory)


CHANGES = {
    "a source file": ("src/a.ts", "/a`", "/b`"),
    "a source file of the same size": ("job.js", "jobs", "jabs"),
    "a comment": ("src/a.ts", "export", "// once\nexport"),
    "package.json": ("package.json", "next", "nuxt"),
    "the package.json of a workspace": ("packages/one/package.json", '"one"', '"two"'),
    "tsconfig.json": ("tsconfig.json", "./src/*", "./lib/*"),
    "what tsconfig.json extends": ("base.json", '"."', '"src"'),
    ".env.example": (".env.example", "api.", "app."),
    "vercel.json": ("vercel.json", "0 *", "9 *"),
    "a workflow": (".github/workflows/run.yml", "'5 ", "'6 "),
    ".gitignore": (".gitignore", "out/", "nothing/"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_an_inventory_depends_on_is_in_its_key(root: Path, name: str) -> None:
    before = key(root)
    assert key(root) == before
    file, old, new = CHANGES[name]
    text = (root / file).read_text()
    assert old in text
    (root / file).write_text(text.replace(old, new))
    assert key(root) != before
    (root / file).write_text(text)
    assert key(root) == before


@pytest.mark.parametrize("name", ["src/new.ts", "app/api/b/route.ts", "src/jsconfig.json", "apps/x/package.json"])
def test_a_new_file_is_in_the_key(root: Path, name: str) -> None:
    before = key(root)
    write(root, {name: "{}"})
    assert key(root) != before


@pytest.mark.parametrize("name", ["src/a.ts", "tsconfig.json", ".env.example", "vercel.json"])
def test_a_file_that_is_gone_is_in_the_key(root: Path, name: str) -> None:
    before = key(root)
    (root / name).unlink()
    assert key(root) != before


def test_a_file_that_was_moved_is_in_the_key(root: Path) -> None:
    before = key(root)
    (root / "job.js").rename(root / "task.js")
    assert key(root) != before


def test_what_turns_unreadable_is_in_the_key(root: Path) -> None:
    before = key(root)
    (root / "job.js").write_bytes(b"\0" * 30)
    assert key(root) != before


def test_what_git_lists_is_in_the_key(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    before = key(root)
    (root / ".git" / "info" / "exclude").write_text("job.js\n")
    assert key(root) != before


def test_a_link_that_leads_elsewhere_is_in_the_key(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    write(root, {"lib/a.ts": "export const x = 1;\n"})
    (root / "linked").symlink_to("src")
    before = key(root)
    (root / "linked").unlink()
    real_place.cache_clear()  # a process sees each link once
    (root / "linked").symlink_to("lib")
    assert key(root) != before


def test_profiles_are_in_the_key(root: Path) -> None:
    project = load_project(root)
    sources = read_sources(project)
    every = builtin_profiles()
    changed = msgspec.structs.replace(every[0], hosts=every[0].hosts[1:])
    keys = {kept.depends_on(project, sources, profiles) for profiles in (every, every[:1], (changed, *every[1:]), ())}
    assert len(keys) == 4


@pytest.mark.parametrize("name", ["fightclub", "fightclub-optimized", "small"])
def test_the_same_inventory_with_and_without_a_cache(name: str, root: Path, store: Store) -> None:
    folder = root if name == "small" else FIXTURES / name
    expected = audit(folder).inventory
    first = kept.survey(folder, store).inventory  # nothing is kept yet
    second = kept.survey(folder, store).inventory  # the inventory is
    third = audit(folder, store=store).inventory  # the facts of files are
    assert written(first) == written(second) == written(third) == written(expected)
    assert inventory_json(second) == inventory_json(expected)
    assert second == expected
    assert not store.trouble


def test_nothing_is_analyzed_where_nothing_changed(root: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept.survey(root, store).inventory
    monkeypatch.setattr(callaudit.audit, "audit_facts", None)
    assert kept.survey(root, store).inventory == first
    shutil.copytree(root / "packages" / "one", root / "packages" / "two")
    with pytest.raises(TypeError):
        kept.survey(root, store)


@pytest.mark.parametrize("name", ["fightclub", "fightclub-optimized"])
def test_rules_find_the_same_with_and_without_a_cache(name: str, store: Store) -> None:
    folder = FIXTURES / name
    catalogue = Catalogue(builtin_profiles())
    expected = survey_of(audit(folder), catalogue)
    assert any(expected.trees.values())
    assert kept.survey(folder, store).trees == {}
    first = kept.survey(folder, store, trees=True)  # the inventory alone was kept
    second = kept.survey(folder, store, trees=True)
    rules = shipped_rules()
    plan = Plan(rules, frozenset(rule.id for rule in rules))
    found = [check(one, plan, catalogue, lambda _: "") for one in (expected, first, second)]
    assert msgspec.json.encode(found[0]) == msgspec.json.encode(found[1]) == msgspec.json.encode(found[2])
    assert bool(found[0].checked.findings) == (name == "fightclub")


def test_comments_are_kept(root: Path, store: Store) -> None:
    write(root, {"job.js": "// callaudit: ignore[x] -- why\nfetch('https://jobs.example.test/x');\n"})
    first, second = kept.survey(root, store), kept.survey(root, store)
    assert first.comments == second.comments == {"job.js": ((1, "// callaudit: ignore[x] -- why"),)}


def test_only_changed_files_are_parsed(root: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    real = extraction.facts_of

    def noted(source: extraction.Source) -> extraction.FileFacts:
        parsed.append(source.file.path)
        return real(source)

    monkeypatch.setattr(extraction, "facts_of", noted)
    extract(load_project(root), store=store)
    assert sorted(parsed) == ["app/api/a/route.ts", "job.js", "packages/one/index.ts", "src/a.ts"]
    parsed.clear()
    write(root, {"job.js": "fetch('https://jobs.example.test/y');\n"})
    facts, notices = extract(load_project(root), store=store)
    assert parsed == ["job.js"]
    fresh = extract(load_project(root))
    assert msgspec.msgpack.encode([facts, notices]) == msgspec.msgpack.encode(list(fresh))


def test_notices_of_files_are_kept_too(tmp_path: Path, store: Store) -> None:
    text = "fetch('https://a.test/x');\nconst = ;;; ) {\n"
    broken = write(tmp_path / "broken", {"a.ts": text, "b.ts": "let x = 1;\n"})
    first = extract(load_project(broken), store=store)
    assert first[1]
    assert extract(load_project(broken), store=store)[1] == first[1]


def test_what_cannot_be_written_down_is_extracted_every_time(tmp_path: Path, store: Store) -> None:
    text = "export const big = 123456789012345678901234567890;\nfetch('https://a.test/x\\ud800');\n"
    folder = write(tmp_path / "odd", {"a.ts": text})
    expected = audit(folder).inventory
    assert kept.survey(folder, store).inventory == expected
    assert kept.survey(folder, store).inventory == expected


def test_what_another_program_kept_counts_as_absent(root: Path, store: Store) -> None:
    expected = kept.survey(root, store).inventory
    sources = read_sources(load_project(root))
    store.put({store.key("survey", key(root)): b"\x93 no inventory"})
    store.put({store.key("facts", source.digest): msgspec.msgpack.encode({"facts": 1}) for source in sources.read})
    assert kept.survey(root, store).inventory == expected
