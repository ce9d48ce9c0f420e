"""What the audit document is written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.rules.model import Checked, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callaudit.inventory.model import Inventory
    from callaudit.load.changes import Change
    from callaudit.load.model import Model, Stream
    from callaudit.load.results import BucketLoad, Load, ScenarioLoad
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Profile


class Material(Struct, frozen=True):
    """Everything that is known of a repository when its document is written.

    `name` is what the repository is called. `lines` reads a file of it: its lines without their ends, nothing where
    it cannot be read. `model` and `load` are the estimate, `changes` what it asked about, `checked` the findings of
    `rules`; `packages` are the
    libraries that it depends on, with the file that says so.
    """

    inventory: Inventory
    catalogue: Catalogue
    name: str
    lines: Callable[[str], tuple[str, ...]]
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

    def stream(self, number: int) -> Stream | None:
        """Return a stream of the model by its number."""
        return next((one for one in self.model.streams if one.id == number), None)

    def rule(self, name: str) -> Rule | None:
        """Return a rule by its id."""
        return next((rule for rule in self.rules if rule.id == name), None)

    @property
    def smallest(self) -> ScenarioLoad:
        """The scenario with the fewest users, which stands for today."""
        return min(self.load.scenarios, key=lambda one: (one.users, one.name))

    @property
    def scenarios(self) -> tuple[ScenarioLoad, ...]:
        """All scenarios, the one with the fewest users first."""
        return tuple(sorted(self.load.scenarios, key=lambda one: (one.users, one.name)))


def share(bucket: BucketLoad) -> float:
    """Return what part of a quota is expected to be used; 0 where its capacity is not known."""
    return bucket.credits_per_window.expected / bucket.capacity if bucket.capacity else 0.0
