"""What advice is given from: the inventory, the findings of rules, and the load estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.rules.model import Checked, Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.inventory.model import Inventory
    from callaudit.load.changes import Change
    from callaudit.load.model import Model, Stream
    from callaudit.load.results import Load, ScenarioLoad
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Profile


class Known(Struct, frozen=True, kw_only=True):
    """Everything that is known of a repository.

    `model` and `load` are the estimate, `changes` what it asked about, `checked` the findings of `rules`; `packages`
    are the libraries that the repository depends on, with the file that says so.
    """

    inventory: Inventory
    catalogue: Catalogue
    model: Model
    load: Load
    checked: Checked = Checked(())
    rules: tuple[Rule, ...] = ()
    changes: tuple[Change, ...] = ()
    packages: Mapping[str, str] = {}

    @property
    def providers(self) -> tuple[Profile, ...]:
        """The providers that some entry reaches and that have a profile, in the order of their ids."""
        used = {reach.provider for entry in self.inventory.entries for reach in entry.reaches}
        return tuple(self.catalogue.profiles[name] for name in sorted(used) if name in self.catalogue.profiles)

    @property
    def strangers(self) -> tuple[str, ...]:
        """The hosts that some entry reaches and that no profile knows, in alphabetical order."""
        hosts = {reach.host for entry in self.inventory.entries for reach in entry.reaches if reach.host}
        return tuple(host for host in sorted(hosts) if self.catalogue.provider_of(host) is None)

    def stream(self, number: int) -> Stream | None:
        """Return a stream of the model by its number."""
        return next((one for one in self.model.streams if one.id == number), None)

    def rule(self, name: str) -> Rule | None:
        """Return a rule by its id."""
        return next((rule for rule in self.rules if rule.id == name), None)

    def title(self, bucket: str) -> str:
        """Return what people call a quota: `Pacifica, server IP`."""
        return next((one.title for one in self.model.buckets if one.id == bucket and one.title), bucket)

    @property
    def smallest(self) -> ScenarioLoad:
        """The scenario with the fewest users, which stands for today."""
        return min(self.load.scenarios, key=lambda one: (one.users, one.name))

    @property
    def scenarios(self) -> tuple[ScenarioLoad, ...]:
        """All scenarios, the one with the fewest users first."""
        return tuple(sorted(self.load.scenarios, key=lambda one: (one.users, one.name)))

    @property
    def groups(self) -> tuple[tuple[ScenarioLoad, ...], ...]:
        """The same, those beside each other that have the same load together: then it does not depend on users."""
        found: list[list[ScenarioLoad]] = []
        for one in self.scenarios:
            if found and found[-1][-1].buckets == one.buckets:
                found[-1].append(one)
            else:
                found.append([one])
        return tuple(map(tuple, found))
