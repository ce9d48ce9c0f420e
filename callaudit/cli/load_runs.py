"""`callaudit load --simulate` and `--export`: scenarios that are run, here or by a load-testing tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.cli import output
from callaudit.cli.targets import write_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.model import Model
    from callaudit.load.scenario import Scenario

TOOLS: Final = ("k6", "locust")


def export(tool: str, model: Model, scenarios: Sequence[Scenario], target: str, *, quiet: bool) -> None:
    """Write a script for `tool` that sends what the first of the scenarios sends."""
    from callaudit.load.arrivals import arrivals
    from callaudit.load.resolve import resolved
    from callaudit.load.totals import Totals

    found = arrivals(model, resolved(scenarios[0], Totals(model)))
    if tool == "k6":
        from callaudit.report.load_scripts.k6 import k6_script as script
    else:
        from callaudit.report.load_scripts.locust import locust_script as script
    output.write(script(found), target, data=True)
    if len(scenarios) > 1:
        output.say(f"scenario {found.scenario}; --scenario NAME chooses another", quiet=quiet)
    if not found.arrivals:
        output.say("no route of the repository is asked: the script sends nothing", quiet=quiet)
    for one in found.bypasses:
        output.say(f"not sent, browsers ask it directly: {one.host}, {one.per_second:,.2f}/s", quiet=quiet)
    if target != output.STANDARD:
        output.say(f"wrote {target}", quiet=quiet)


def simulation(
    model: Model,
    scenarios: Sequence[Scenario],
    seed: int,
    wanted: Sequence[tuple[str, str]],
    color: str,
    *,
    quiet: bool,
) -> None:
    """Run every scenario, and write what happened beside what the estimate says."""
    from callaudit.load.runs import compared
    from callaudit.report.load.simulated import simulated_json, simulated_markdown, simulated_text

    runs = compared(model, scenarios, seed)

    def rendered(format_: str, target: str) -> str:
        if format_ == "json":
            return simulated_json(runs)
        if format_ == "markdown":
            return simulated_markdown(runs)
        return simulated_text(runs, output.screen(color, target))

    write_all(wanted, rendered, quiet=quiet)
