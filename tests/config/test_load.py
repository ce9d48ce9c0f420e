"""The configuration is found upward, says where each value is from, and names all of its mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from callaudit.config.load import load_config
from callaudit.config.mistakes import ConfigError
from callaudit.config.settings import SETTINGS, schema

if TYPE_CHECKING:
    from pathlib import Path

TOML = 'fail_on = "note"\nignore = ["CA5"]\n\n[severity]\nuncached-read = "error"\n'
PYPROJECT = """[project]
name = "x"

[tool.callaudit]
fail_on = "note"
ignore = ["CA5"]

[tool.callaudit.severity]
uncached-read = "error"
"""
PACKAGE = """{
  "name": "x",
  "callaudit": {
    "fail_on": "note",
    "ignore": ["CA5"],
    "severity": {
      "uncached-read": "error"
    }
  }
}
"""


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [("callaudit.toml", TOML, 1), ("pyproject.toml", PYPROJECT, 5), ("package.json", PACKAGE, 4)],
)
def test_three_places(tmp_path: Path, name: str, text: str, line: int) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text, encoding="utf-8")
    below = tmp_path / "apps" / "web"
    below.mkdir(parents=True)
    config = load_config(below)
    assert config["fail_on"] == "note"
    assert config["ignore"] == ("CA5",)
    assert config["severity"] == {"uncached-read": "error"}
    assert config.values["fail_on"].origin.endswith(f"{name}:{line}")
    assert config.values["select"].origin == "default"
    assert config.folder == tmp_path


def test_the_search_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert load_config(tmp_path / "repository")["fail_on"] == "error"


def test_outside_of_a_repository_only_the_folder_itself_is_searched(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_text(TOML, encoding="utf-8")
    below = tmp_path / "app"
    below.mkdir()
    assert load_config(below).file == ""
    assert load_config(tmp_path)["fail_on"] == "note"
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")  # a worktree of git
    assert load_config(below)["fail_on"] == "note"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select = nope\n", '1:10: not valid TOML: invalid value at "nope"'),
        ('select = ["a"\nx = 1\n', '2:1: not valid TOML: unclosed array at "x = 1"'),
        ("[x\n", "1:3: not valid TOML: expected ']' at the end of a table declaration"),
        ("x = [\n", "1:6: not valid TOML: invalid value"),
    ],
)
def test_what_is_no_toml_has_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "callaudit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(tmp_path)
    assert str(raised.value).partition("callaudit.toml:")[2] == said


def test_files_without_a_section_are_passed_by(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    below = tmp_path / "app"
    below.mkdir()
    (below / "package.json").write_text('{"name": "app"}', encoding="utf-8")
    (below / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert load_config(below)["fail_on"] == "note"


def test_the_command_line_goes_first(tmp_path: Path) -> None:
    (tmp_path / "callaudit.toml").write_text(TOML, encoding="utf-8")
    value = load_config(tmp_path, given={"fail_on": "never", "ignore": None}).values
    assert (value["fail_on"].value, value["fail_on"].origin) == ("never", "--fail-on")
    assert value["ignore"].value == ("CA5",)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("callaudit.toml", 'fail-on = "note"\n', ['1:1: unknown setting "fail-on"; did you mean "fail_on"?']),
        ("callaudit.toml", '\nfail_on = "wraning"\n', ['2:1: fail_on = "wraning" is none of', 'mean "warning"?']),
        ("callaudit.toml", "ignore = 'x'\n", ["1:1: ignore must be a list of texts"]),
        ("callaudit.toml", "fail_on_incomplete = 1\n", ["1:1: fail_on_incomplete must be true or false"]),
        ("callaudit.toml", "[severity]\na = 'error'\nb = 'eror'\n", ['3:1: [severity] b = "eror"', 'mean "error"?']),
        ("callaudit.toml", "baseline = '../x'\n", ["1:1: baseline:", "leads out of the folder"]),
        ("callaudit.toml", "rules = ['/etc/*.yaml']\n", ["1:1: rules:", "leads out of the folder"]),
        ("callaudit.toml", "a = 1\nb = \n", ["2:5: not valid TOML"]),
        (
            "callaudit.toml",
            "x = 1\ny = 2\nfail_on = 'z'\n",
            ["1:1: unknown setting", "2:1: unknown setting", "3:1: fail"],
        ),
        ("package.json", '{\n "callaudit": {\n  "fail_on": "x"}}', ['3:3: fail_on = "x" is none of']),
        ("pyproject.toml", "[tool.callaudit]\nseverty = {}\n", ['2:1: unknown setting "severty"', 'mean "severity"?']),
    ],
)
def test_mistakes(tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load_config(tmp_path)
    for part in said:
        assert part in str(raised.value)
    assert all(line.partition(":")[0].endswith(name) for line in raised.value.mistakes)


def test_the_published_schema_says_the_same() -> None:
    validator = jsonschema_rs.validator_for(schema())
    assert validator.is_valid({"fail_on": "note", "ignore": ["CA5"], "severity": {"uncached-read": "off"}})
    for wrong in ({"fail-on": "note"}, {"fail_on": "x"}, {"ignore": "x"}, {"severity": {"a": "b"}}, {"baseline": 1}):
        assert not validator.is_valid(wrong)
    assert set(schema()["properties"]) == set(SETTINGS)
