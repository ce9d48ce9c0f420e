"""A configuration to begin with is read without mistakes, as it is and with its comments taken away."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from callaudit.config.kinds import Choice, Named, Section
from callaudit.config.load import load_config
from callaudit.config.quantities import Number, Rate
from callaudit.config.settings import SETTINGS, Setting
from callaudit.report.starter import starter_toml
from tests.projects import audited

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.providers.match import Catalogue

SCENARIO = Section(
    {"users": Number(1), "share_concurrent": Number(0, 1), "actions": Named(Rate()), "pages": Named(Number(0, 1))}
)
WIDER = {
    **SETTINGS,
    "providers": Setting(Named(Section({"tier": Choice(("tier1", "tier2"))})), {}, "Providers."),
    "scenario": Setting(Named(SCENARIO), {}, "Scenarios."),
}
FILES = {
    "package.json": '{"dependencies": {"express": "4.19.0"}}',
    "a.ts": """
    import express from 'express';
    const app = express();
    app.post('/a"b', async (_request, response) => {
      await fetch('https://api.pacifica.fi/api/v1/orders/create', { method: 'POST' });
      response.json(await fetch('https://other.example/x'));
    });
    app.get('/read', async (_request, response) => response.json(await fetch('https://other.example/y')));
    app.listen(1);
    """,
}


def uncommented(text: str) -> str:
    return re.sub(r"^# (?=\[|\w+(-\w+)* = )", "", text, flags=re.MULTILINE)


def test_every_setting_is_there_and_right(tmp_path: Path, catalogue: Catalogue) -> None:
    text = starter_toml(audited(FILES), catalogue, WIDER)
    assert list(tomllib.loads(text)) == ["fail_on"]
    (tmp_path / "callaudit.toml").write_text(uncommented(text), encoding="utf-8")
    config = load_config(tmp_path, settings=WIDER)
    unsaid = {name for name in SETTINGS if isinstance(SETTINGS[name].default, dict)} - {"severity"}
    assert {name for name, value in config.values.items() if value.origin == "default"} == unsaid - {
        "providers",
        "scenario",
    }
    assert list(config["scenario"]["expected"]["actions"]) == ['POST /a"b']
    assert config["providers"] == {"pacifica": {"tier": "tier1"}}
    assert "other.example" in text


def test_what_it_says_of_load_is_read_by_load(tmp_path: Path, catalogue: Catalogue) -> None:
    text = uncommented(starter_toml(audited(FILES), catalogue, SETTINGS))
    (tmp_path / "callaudit.toml").write_text(text, encoding="utf-8")
    assert load_config(tmp_path)["scenario"]["expected"]["users"] == 1000


def test_what_calls_nobody(tmp_path: Path, catalogue: Catalogue) -> None:
    text = starter_toml(audited({"a.ts": "export const a = 1;\n"}), catalogue, WIDER)
    assert "nothing that calls out" in text
    assert "scenario" not in text
    (tmp_path / "callaudit.toml").write_text(text, encoding="utf-8")
    assert load_config(tmp_path)["fail_on"] == "error"


def test_sections_that_no_command_reads_yet_are_left_out(catalogue: Catalogue) -> None:
    narrow = {name: setting for name, setting in SETTINGS.items() if name not in ("providers", "scenario")}
    text = starter_toml(audited(FILES), catalogue, narrow)
    assert "[providers" not in text
    assert "[scenario" not in text
