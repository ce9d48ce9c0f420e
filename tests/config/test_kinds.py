"""A nested section is one entry of the table; its mistakes have the line and the name of their own key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from callaudit.config.kinds import Choice, Named, Section, Word
from callaudit.config.load import Config, load_config
from callaudit.config.load_settings import SCENARIO as LOAD_SCENARIO
from callaudit.config.mistakes import ConfigError
from callaudit.config.quantities import Duration, Number, PerSecond, Rate
from callaudit.config.settings import SETTINGS, Setting, schema

if TYPE_CHECKING:
    from pathlib import Path

SCENARIO = Section(
    {
        "users": Number(1, whole=True),
        "share_connected": Number(0, 1),
        "think": Duration(),
        "actions": Named(Rate()),
        "pages": Named(Number(0)),
    }
)
NESTED = {
    "scenario": Setting(Named(SCENARIO), {}, "Load."),
    "budget": Setting(Named(Section({"scenario": Word(), "max_share": Number(0)}, ("scenario",))), {}, "Limits."),
    "providers": Setting(Named(Section({"tier": Choice(("base", "pro"))})), {}, "Providers."),
}
GOOD = """
[scenario.5000]
users = 5000
share_connected = 0.5
think = "1.5s"
actions = { "POST /api/orders" = "240/min", "GET /x" = "3/s" }
pages."/trade" = 0.8

[budget]
"pacifica.api-key" = { scenario = "5000", max_share = 0.8 }
"""


def loaded(root: Path, text: str) -> Config:
    (root / "callaudit.toml").write_text(text, encoding="utf-8")
    (root / ".git").mkdir(exist_ok=True)
    return load_config(root, settings=NESTED)


def mistakes(root: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        loaded(root, text)
    return [f"{one.line}: {one.message}" for one in raised.value.found]


def test_sections_are_read(tmp_path: Path) -> None:
    config = loaded(tmp_path, GOOD)
    assert config["scenario"]["5000"] == {
        "users": 5000,
        "share_connected": 0.5,
        "think": 1500.0,
        "actions": {"POST /api/orders": PerSecond(4.0, "240/min"), "GET /x": PerSecond(3.0, "3/s")},
        "pages": {"/trade": 0.8},
    }
    assert config["budget"] == {"pacifica.api-key": {"scenario": "5000", "max_share": 0.8}}
    assert config["providers"] == {}
    assert jsonschema_rs.validator_for(schema(NESTED)).is_valid(
        {"scenario": {"5000": {"users": 1, "think": "1.5s", "actions": {"POST /x": "250/min"}}}}
    )


def test_every_value_has_its_place(tmp_path: Path) -> None:
    config = loaded(tmp_path, GOOD)
    assert config.origin("scenario", "5000", "share_connected").endswith("callaudit.toml:4")
    assert config.origin("scenario", "5000", "pages", "/trade").endswith("callaudit.toml:7")
    assert config.origin("scenario", "5000", "instances").endswith("callaudit.toml:2")
    assert config.origin("budget", "pacifica.api-key", "max_share").endswith("callaudit.toml:10")
    assert config.origin("providers") == "default"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[scenario.5000]\nshare_connected = 1.4", "2: [scenario.5000] share_connected = 1.4 is not between 0 and 1"),
        ("[scenario.5000]\nshare_connected = nan", "2: [scenario.5000] share_connected = nan is no finite number"),
        ("[scenario.5000]\nusers = 1.5", "2: [scenario.5000] users must be a whole number"),
        ("[scenario.5000]\nusers = true", "2: [scenario.5000] users must be a whole number"),
        ("[scenario.5000]\nusers = 0", "2: [scenario.5000] users = 0 is less than 1"),
        (
            "[scenario.5000]\nshare_conected = 1",
            '2: [scenario.5000] unknown setting "share_conected"; did you mean "share_connected"?',
        ),
        (
            '[scenario."a b"]\nactions = { "POST /x" = "250/mni" }',
            '2: [scenario."a b".actions] "POST /x" = "250/mni" is no rate; write it like "250/min" or "3/s"',
        ),
        ("[scenario]\n5000.think = '15'", '2: [scenario.5000] think = "15" is no duration; write it like'),
        ("[scenario]\n5000 = 1", "2: [scenario] 5000 must be a table"),
        ("scenario = 1", "1: scenario must be a table"),
        ("[budget]\n'a.b' = {max_share = 1}", '2: [budget] "a.b": scenario is missing'),
        ("[providers.x]\ntier = 'bse'", '2: [providers.x] tier = "bse" is none of base, pro; did you mean "base"?'),
        ("[providers.x]\ntier = 1", "2: [providers.x] tier = 1 is none of base, pro"),
    ],
)
def test_mistakes_of_sections(tmp_path: Path, text: str, said: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert found.startswith(said)


def test_all_mistakes_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    text = "[budget]\na = 1\n[scenario.x]\npages = 1\nusers = 'y'\nactions.z = 3\n"
    assert [one.partition(":")[0] for one in mistakes(tmp_path, text)] == ["2", "4", "5", "6"]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Rate(), ["250/min", "3/s", "0.5 / hour"], ["3", "3/y", "-1/s", "1/s\n", "x/s", 3]),
        (Duration(), ["15s", "500ms", "2 min", "1.5h"], ["15", "15sec", "-1s", "15s\n", 15]),
        (Number(0, 1), [0, 1, 0.5], [1.1, -1, True, "1"]),
    ],
)
def test_the_schema_and_the_reader_agree(kind: Any, good: list[Any], bad: list[Any]) -> None:
    validator = jsonschema_rs.validator_for(kind.schema())

    def wrong(value: Any) -> bool:
        reported: list[str] = []
        kind.read(value, ("x",), lambda _keys, message: reported.append(message))
        return bool(reported)

    assert [value for value in good if wrong(value) or not validator.is_valid(value)] == []
    assert [value for value in bad if not wrong(value)] == []
    assert [value for value in bad if validator.is_valid(value) and value not in ("1/s\n", "15s\n")] == []


def found_wrong(root: Path) -> tuple[str, ...]:
    try:
        load_config(root)
    except ConfigError as error:
        return error.mistakes
    return ()


@pytest.mark.parametrize("value", ["1", '"x"', "[1]", "{ x = 1 }", "{ x = { y = 1 } }", "true", "nan"])
@pytest.mark.parametrize("name", list(SETTINGS))
def test_no_setting_takes_any_value_or_breaks(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "callaudit.toml").write_text(f"{name} = {value}\n", encoding="utf-8")
    assert all("callaudit.toml:1:" in one for one in found_wrong(tmp_path))


@pytest.mark.parametrize("field", list(LOAD_SCENARIO.fields))
@pytest.mark.parametrize("value", ["1", '"x"', "[1]", "{ x = 1 }", "true"])
def test_no_field_of_a_scenario_breaks(tmp_path: Path, field: str, value: str) -> None:
    (tmp_path / "callaudit.toml").write_text(f"scenario.x.{field} = {value}\n", encoding="utf-8")
    assert all("callaudit.toml:1:" in one for one in found_wrong(tmp_path))
