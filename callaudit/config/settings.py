"""Every setting of the configuration in one table, and the JSON Schema that is made of it."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from callaudit.config.kinds import Choice, Flag, Kind, Named, Place, Places, Words
from callaudit.config.load_kinds import Providers
from callaudit.config.load_settings import BUDGET, SCENARIO


class Setting(Struct, frozen=True):
    """What a setting holds, what it is where nobody says, and what it means, in one sentence.

    A nested section is one entry: `Named(Section({...}))` for `[scenario.NAME]`.
    """

    kind: Kind
    default: Any
    says: str


SETTINGS: Final[dict[str, Setting]] = {
    "select": Setting(Words(), (), "Rules to run: ids, numbers, prefixes of numbers or groups; all where empty."),
    "ignore": Setting(Words(), (), "Rules to leave out, named as in select."),
    "severity": Setting(
        Named(Choice(("error", "warning", "note", "off"))), {}, "Severity of single rules, by id; off leaves one out."
    ),
    "fail_on": Setting(
        Choice(("error", "warning", "note", "never")), "error", "The mildest severity that makes check exit with 1."
    ),
    "fail_on_incomplete": Setting(
        Flag(), default=False, says="Exit with 1 also where files or calls could not be analyzed."
    ),
    "baseline": Setting(Place(), "", "File of findings that are known and do not count."),
    "rules": Setting(Places(), (), "Files or globs of rules of your own."),
    "providers": Setting(Providers(), {}, "For each provider the tier of the account, which decides its capacity."),
    "scenario": Setting(Named(SCENARIO), {}, "How many people use the program and how, by names of your own."),
    "budget": Setting(Named(BUDGET), {}, "What a bucket, a page or an action may use, by its name."),
}


def schema(settings: dict[str, Setting] = SETTINGS) -> dict[str, Any]:
    """Return the JSON Schema of a configuration file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "callaudit configuration",
        "description": 'callaudit.toml, [tool.callaudit] in pyproject.toml, or "callaudit" in package.json.',
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": setting.says, **setting.kind.schema(), **_default(setting.default)}
            for name, setting in settings.items()
        },
    }


def _default(value: Any) -> dict[str, Any]:
    if value is None or value == {}:
        return {}
    return {"default": list(value) if isinstance(value, tuple) else value}
