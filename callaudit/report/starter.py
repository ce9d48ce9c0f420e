"""A configuration to begin with: every setting with its default, and what was found in the repository.

All of it but `fail_on` is commented out: nothing is in force that nobody chose.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from callaudit.config.wording import shown, toml_text
from callaudit.inventory.counts import counts
from callaudit.report.escape import visible
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callaudit.config.settings import Setting
    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue

_MOST: Final = 8
_WRITES: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def starter_toml(inventory: Inventory, catalogue: Catalogue, settings: Mapping[str, Setting]) -> str:
    """Return the text of a `callaudit.toml` for the repository of `inventory`."""
    parts = [_head(inventory), _settings(settings)]
    if "providers" in settings:
        parts.append(_providers(inventory, catalogue))
    if "scenario" in settings:
        parts.append(_scenario(inventory))
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _head(inventory: Inventory) -> Iterator[str]:
    count = counts(inventory)
    yield "# callaudit.toml: settings of callaudit for this repository. Everything has a default, shown where it is"
    yield "# commented out. callaudit config prints what holds, callaudit config --schema describes all settings."
    yield "#"
    yield f"# Found in {plural(count.files, 'file')}:"
    kinds: dict[str, Counter[str]] = {}
    for entry in inventory.entries:
        if entry.reaches and not entry.dead:
            kinds.setdefault(entry.app or ".", Counter())[entry.kind] += 1
    for app, found in sorted(kinds.items()):
        told = ", ".join(plural(number, kind) for kind, number in sorted(found.items()))
        yield f"#   {visible(app)}: {told} that call out"
    if not kinds:
        yield "#   nothing that calls out"
    if count.unknown:
        yield f"#   {plural(count.unknown, 'unknown call')} (callaudit inventory --view unknowns)"


def _settings(settings: Mapping[str, Setting]) -> Iterator[str]:
    for number, (name, setting) in enumerate(settings.items()):
        if isinstance(setting.default, dict):
            continue
        if number:
            yield ""
        yield f"# {setting.says}"
        yield f"{'' if name == 'fail_on' else '# '}{name} = {shown(setting.default)}"
    yield ""
    yield "# Severities of single rules: error, warning, note or off."
    yield "# [severity]"
    yield '# unmetered-calls = "off"'


def _providers(inventory: Inventory, catalogue: Catalogue) -> Iterator[str]:
    hosts = sorted({reach.host for entry in inventory.entries for reach in entry.reaches if reach.host})
    strange = []
    seen = set()
    for host in hosts:
        profile = catalogue.provider_of(host)
        if profile is None:
            strange.append(host)
            continue
        if profile.provider.id in seen:
            continue
        seen.add(profile.provider.id)
        yield f"# {profile.provider.name} ({visible(host)})"
        tiers = [name for bucket in profile.buckets if bucket.tiers for name in bucket.tiers.values]
        if tiers:
            yield f"# The level of your account, which decides the quota: {', '.join(dict.fromkeys(tiers))}."
            yield f"# [providers.{profile.provider.id}]"
            yield f"# tier = {toml_text(tiers[0])}"
    if strange:
        more = f" and {len(strange) - _MOST} more" if len(strange) > _MOST else ""
        yield f"# Hosts of which no profile knows limits: {', '.join(map(visible, strange[:_MOST]))}{more}"


def _scenario(inventory: Inventory) -> Iterator[str]:
    """Yield a scenario with the pages and actions that call out; its figures are for the reader to give."""
    live = [entry for entry in inventory.entries if entry.reaches and not entry.dead]
    pages = sorted({page for entry in live for page in ([entry.name] if entry.kind == "page" else entry.mounted_on)})
    actions = sorted(
        {
            entry.name
            for entry in live
            if entry.kind == "action" or (entry.kind == "route" and entry.name.partition(" ")[0] in _WRITES)
        }
    )
    if not pages and not actions:
        return
    yield "# Who uses it, for callaudit load. Pages and actions are those that call out; the figures are yours to give."
    yield "# [scenario.expected]"
    yield "# users = 1000"
    yield "# share_concurrent = 0.5"
    if actions:
        told = ", ".join(f'{toml_text(name)} = "10/min"' for name in actions[:_MOST])
        yield f"# actions = {{ {told} }}"
    if pages:
        share = 100 // min(len(pages), _MOST) / 100  # shares of all add up to at most 1
        yield f"# pages = {{ {', '.join(f'{toml_text(name)} = {share}' for name in pages[:_MOST])} }}"
    for what, names in (("actions", actions), ("pages", pages)):
        if len(names) > _MOST:
            yield f"# {len(names) - _MOST} more {what}: callaudit inventory"
