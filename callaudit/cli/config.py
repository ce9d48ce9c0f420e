"""`callaudit config`: the effective configuration, and where each value comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from callaudit.cli import output
from callaudit.cli.configuration import configured
from callaudit.cli.options import config_file, example, one_format, repository, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.config.load import Config


@click.command("config", epilog=example("callaudit config fixtures/fightclub", "callaudit config --schema"))
@repository
@config_file
@one_format("text", "json")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the configuration instead.")
@shared
def command(*, path: str, config: str | None, format_: str, schema: bool, color: str, quiet: bool) -> None:
    """Show the settings that hold at PATH, and the file and line, or default, that each comes from.

    They are read from callaudit.toml, from [tool.callaudit] in pyproject.toml, or from "callaudit" in
    package.json: the first one on the way from PATH up to the root of the repository.
    """
    if schema:
        from callaudit.config.published import published

        output.write(published().decode("utf-8"))
        return
    found = configured(path, config)
    rows = [*_rows(found)]
    if format_ == "json":
        from callaudit.report.json_report import json_document

        settings = [{"name": name, "value": value, "from": origin} for name, value, origin in rows]
        output.write(json_document({"schema": "callaudit/config/1", "file": found.file, "settings": settings}))
        return
    from callaudit.config.wording import shown, toml_text
    from callaudit.report.text import rows_text

    output.say(f"callaudit: {found.file or 'no configuration file; these are the defaults'}", quiet=quiet)
    text = [(name, shown(value, toml_text), origin) for name, value, origin in rows]
    output.write(rows_text(("setting", "value", "from"), text, (False,) * 3, output.screen(color)), data=False)


def _rows(config: Config) -> Iterator[tuple[str, Any, str]]:
    for name, value in config.values.items():
        yield from _leaves(config, (name,), value.value)


def _leaves(config: Config, keys: tuple[str, ...], value: Any) -> Iterator[tuple[str, Any, str]]:
    """Yield every value of a table on its own, as each may be of another line."""
    from callaudit.config.quantities import PerSecond
    from callaudit.config.wording import told

    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(config, (*keys, str(name)), inner)
        return
    written = value.text if isinstance(value, PerSecond) else value
    yield told(keys), written, config.origin(*keys)
