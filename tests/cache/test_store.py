"""What is kept comes back or counts as absent, whatever happens to the file."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callaudit.cache import place, store
from callaudit.cache.place import VARIABLE, cache_folder
from callaudit.cache.store import FILE, Store
from callaudit.cache.version import READ_WITH

ROOT = Path(__file__).parents[2]
ANYTHING = st.dictionaries(st.binary(min_size=1), st.binary(), max_size=5)


def numbered(*numbers: int) -> dict[bytes, bytes]:
    return {Store.key("test", b"%d" % number): b"%d" % number * 100 for number in numbers}


def kept(folder: Path, values: dict[bytes, bytes]) -> dict[bytes, bytes]:
    again = Store(folder)
    found = again.get(list(values))
    again.close()
    assert not again.trouble
    return found


@settings(max_examples=25)
@given(first=ANYTHING, second=ANYTHING)
def test_what_was_put_last_comes_back(
    first: dict[bytes, bytes], second: dict[bytes, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    own = Store(folder)
    own.put(first)
    own.put(second)
    own.close()
    assert kept(folder, {**first, **second}) == {**first, **second}
    assert not own.trouble


def test_without_a_folder_nothing_is_kept() -> None:
    own = Store(None)
    own.put(numbered(1))
    assert own.get(list(numbered(1))) == {}
    assert not own.trouble


def test_more_keys_than_one_statement_takes(tmp_path: Path) -> None:
    many = numbered(*range(1_300))
    own = Store(tmp_path)
    own.put(many)
    own.close()
    assert kept(tmp_path, many) == many


def test_what_is_read_by_nobody_else_lies_in_a_folder_of_the_user(tmp_path: Path) -> None:
    own = Store(tmp_path / "a" / "b")
    own.put(numbered(1))
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"this is no database", b"SQLite format 3\0" + b"\xff" * 4_000, b"\0" * 8_192])
def test_a_file_that_is_no_database_is_told_once(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    own = Store(tmp_path)
    assert own.get(list(numbered(1))) == {}
    assert FILE in own.trouble
    first = own.trouble
    own.put(numbered(1))
    assert own.trouble == first
    assert (tmp_path / FILE).read_bytes() == content


def test_damaged_values_count_as_absent(tmp_path: Path) -> None:
    own = Store(tmp_path)
    own.put(numbered(1, 2, 3))
    own.close()
    with sqlite3.connect(tmp_path / FILE) as file:
        damaged, text = list(numbered(1, 2))
        file.execute("update kept set value = zeroblob(length(value)) where key = ?", (damaged,))
        file.execute("update kept set value = 'text' where key = ?", (text,))
    file.close()
    assert kept(tmp_path, numbered(1, 2, 3)) == numbered(3)


@pytest.mark.parametrize("position", range(0, 60_000, 1_700))
def test_any_damaged_byte_gives_what_was_put_or_nothing(tmp_path: Path, position: int) -> None:
    values = {key: value * 20 for key, value in numbered(*range(20)).items()}
    own = Store(tmp_path)
    own.put(values)
    own.close()
    content = bytearray((tmp_path / FILE).read_bytes())
    at = position % len(content)
    content[at : at + 8] = bytes(byte ^ 0x5A for byte in content[at : at + 8])
    (tmp_path / FILE).write_bytes(bytes(content))
    again = Store(tmp_path)
    for key, value in again.get(list(values)).items():
        assert value == values[key]


def test_a_full_disk_costs_only_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "LAYOUT", store.LAYOUT + "pragma max_page_count = 4;")
    own = Store(tmp_path)
    own.put({key: value * 1_000 for key, value in numbered(1, 2).items()})
    assert "full" in own.trouble
    monkeypatch.undo()
    assert kept(tmp_path, numbered(1, 2)) == {}  # all of it or nothing


def test_a_folder_that_cannot_be_made_costs_only_the_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    own = Store(tmp_path / "file")
    own.put(numbered(1))
    assert own.trouble


def test_a_file_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Store(tmp_path)
    own.put(numbered(1))
    own.close()
    # Permissions do not bind the superuser, whom tests may run as: SQLite itself refuses to write.
    monkeypatch.setattr(store, "LAYOUT", store.LAYOUT + "pragma query_only = on;")
    again = Store(tmp_path)
    assert again.get(list(numbered(1))) == numbered(1)
    assert not again.trouble
    again.put(numbered(2))
    assert "readonly" in again.trouble


def test_another_process_that_writes_for_long_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Store(tmp_path)
    own.put(numbered(1))
    own.close()
    writing = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    writing.execute("begin exclusive")
    monkeypatch.setattr(store, "PATIENCE", 0.05)
    waiting = Store(tmp_path)
    assert waiting.get(list(numbered(1))) == {}
    assert "locked" in waiting.trouble
    writing.close()
    assert kept(tmp_path, numbered(1)) == numbered(1)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from callaudit.cache.store import Store
own = Store(Path(sys.argv[1]))
for number in range(30):
    own.put({b"%s %d" % (sys.argv[2].encode(), number): b"x" * 5_000})
    own.get([b"a %d" % number, b"b %d" % number])
print(own.trouble)
"""
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    assert [child.communicate(timeout=60)[0].strip() for child in running] == ["", ""]
    everything = {b"%s %d" % (name, number): b"x" * 5_000 for name in (b"a", b"b") for number in range(30)}
    assert kept(tmp_path, everything) == everything


def test_threads_may_read_what_another_has_put(tmp_path: Path) -> None:
    Store(tmp_path).put(numbered(1))
    found: list[dict[bytes, bytes]] = []
    thread = threading.Thread(target=lambda: found.append(Store(tmp_path).get(list(numbered(1)))))
    thread.start()
    thread.join()
    assert found == [numbered(1)]


def test_what_was_not_used_for_longest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 1_000)
    day = 100
    monkeypatch.setattr(store.time, "time", lambda: day * 86_400)
    own = Store(tmp_path)
    own.put(numbered(1, 2, 3, 4))  # 400 bytes
    day = 101
    assert own.get(list(numbered(2))) == numbered(2)
    own.put({Store.key("test", b"large"): b"x" * 650})
    own.close()
    assert kept(tmp_path, numbered(1, 2, 3, 4)) == numbered(2)
    with sqlite3.connect(tmp_path / FILE) as file:
        assert file.execute("select total(size) from kept").fetchone()[0] <= 1_000
    file.close()


def test_a_value_over_the_limit_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 50)
    own = Store(tmp_path)
    own.put(numbered(1))
    own.close()
    assert kept(tmp_path, numbered(1)) == {}


def test_keys_do_not_run_into_each_other() -> None:
    assert Store.key("a", b"b", b"c") != Store.key("a", b"bc")
    assert Store.key("a", b"b") != Store.key("ab", b"")
    assert Store.key("a", b"b") == Store.key("a", b"b")


def test_another_version_of_the_tool_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = Store.key("a", b"b")
    monkeypatch.setattr(store, "tool_version", lambda: b"another")
    assert Store.key("a", b"b") != mine


def test_a_tool_that_cannot_tell_its_version_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "tool_version", lambda: None)
    own = Store(tmp_path)
    own.put(numbered(1))
    assert not (tmp_path / FILE).exists()


def test_every_grammar_belongs_to_the_version() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        packages = tomllib.load(file)["project"]["dependencies"]
    names = [re.split(r"[^\w-]", package)[0].replace("-", "_") for package in packages]
    assert {name for name in names if name.startswith("tree_sitter")} <= set(READ_WITH)


def test_a_changed_file_of_the_tool_is_another_version(tmp_path: Path) -> None:
    package = tmp_path / "callaudit"
    (package / "tables").mkdir(parents=True)
    for name in ("__init__.py", "tables/one.py"):
        (package / name).write_text("")
    program = "from callaudit.cache.version import tool_version; print(tool_version().hex())"
    for name in ("cache/__init__.py", "cache/version.py"):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_bytes((ROOT / "callaudit" / name).read_bytes())

    def version() -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout

    first = version()
    assert version() == first
    (package / "tables" / "one.py").write_text("LIMIT = 1\n")
    second = version()
    assert second != first
    (package / "tables" / "two.yaml").write_text("")
    assert version() not in (first, second)


WHERE = {
    "the custom of most systems": ("linux", {}, "/home/u/.cache/callaudit"),
    "the variable for all caches": ("linux", {"XDG_CACHE_HOME": "/var/c"}, "/var/c/callaudit"),
    "which counts only if absolute": ("linux", {"XDG_CACHE_HOME": "c"}, "/home/u/.cache/callaudit"),
    "macOS": ("darwin", {"XDG_CACHE_HOME": "/var/c"}, "/home/u/Library/Caches/callaudit"),
    "Windows": ("win32", {"LOCALAPPDATA": "/users/u/local"}, "/users/u/local/callaudit"),
    "a folder of one's own": ("linux", {VARIABLE: "/elsewhere", "XDG_CACHE_HOME": "/var/c"}, "/elsewhere"),
}


@pytest.mark.parametrize("name", WHERE)
def test_where_the_cache_lies(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    system, variables, expected = WHERE[name]
    for variable in (VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in {"HOME": "/home/u", **variables}.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr(place.sys, "platform", system)
    assert cache_folder() == Path(expected)
