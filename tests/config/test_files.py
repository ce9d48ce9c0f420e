"""Files that are named, broken, or belong to another program."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.config.load import load_config
from callaudit.config.mistakes import ConfigError
from callaudit.config.published import SCHEMA, published


def test_the_published_schema_is_not_stale() -> None:
    assert SCHEMA.read_bytes() == published(), "run python -m callaudit.config.published"


def test_a_file_that_is_named_goes_before_what_is_found(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_text("fail_on = 'note'\n", encoding="utf-8")
    other = tmp_path / "ci" / "strict.toml"
    other.parent.mkdir()
    other.write_text("fail_on = 'warning'\nbaseline = 'known.json'\n", encoding="utf-8")
    config = load_config(tmp_path, file=other)
    assert config["fail_on"] == "warning"
    assert config.path("baseline") == other.parent / "known.json"
    assert config.path("baseline") != load_config(tmp_path, file=other, given={"baseline": "known.json"}).path(
        "baseline"
    )


def test_the_nearest_file_is_the_only_one(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_text("fail_on = 'note'\nignore = ['CA5']\n", encoding="utf-8")
    below = tmp_path / "app"
    below.mkdir()
    (below / "package.json").write_text('{"callaudit": {"fail_on": "never"}}', encoding="utf-8")
    config = load_config(below)
    assert (config["fail_on"], config["ignore"]) == ("never", ())


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("missing.toml", None, "cannot be read: No such file or directory"),
        ("pyproject.toml", b"[project]\n", "there is no section 'tool.callaudit' in it"),
        ("package.json", b"{}", "there is no section 'callaudit' in it"),
        ("x.toml", b"a = '\xff'\n", "x.toml:1: not UTF-8"),
        ("x.toml", b"[" * 100_000, "not valid TOML"),
        ("x.toml", b"x = " + b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        ("x.toml", b"#" * 1_000_001, "larger than 1,000,000 bytes"),
        ("x.toml", b"x = " + b"1" * 5000, "integer string conversion"),
        ("pyproject.toml", b"[tool]\ncallaudit = 1\n", "pyproject.toml:2:1: tool.callaudit must be a table"),
        ("package.json", b'{\n"callaudit": {\n', "package.json:3:1: not valid JSON"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        load_config(tmp_path, file=path)
    assert said in str(raised.value)
    assert len(raised.value.mistakes) == 1


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "callaudit.toml")
    assert load_config(tmp_path).file == ""
    with pytest.raises(ConfigError, match="not a file"):
        load_config(tmp_path, file=tmp_path / "callaudit.toml")


@pytest.mark.parametrize(
    ("name", "text", "ours"),
    [
        ("package.json", '{"name": ', False),
        ("package.json", '{"callaudit": ', True),
        ("pyproject.toml", "[project\n", False),
        ("pyproject.toml", "[tool.callaudit\n", True),
    ],
)
def test_a_broken_file_of_another_program_is_passed_by(tmp_path: Path, name: str, text: str, ours: bool) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text, encoding="utf-8")
    if not ours:
        assert load_config(tmp_path).file == ""
        return
    with pytest.raises(ConfigError, match=f"{name}:1:1[456]: not valid"):
        load_config(tmp_path)


def test_marks_at_the_start_and_line_ends_of_windows(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_bytes("\ufefffail_on = 'note'\r\nignore = []\r\n".encode())
    assert load_config(tmp_path).values["ignore"].origin.endswith("callaudit.toml:2")


@given(
    st.text()
    | st.sampled_from(["fail_on = ", "[scenario.x]\n", "a.b = ", "[[budget]]\n"]).flatmap(
        lambda start: st.text().map(lambda rest: start + rest)
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "callaudit.toml")
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
        with suppress(ConfigError):
            load_config(Path(folder))
