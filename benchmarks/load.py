"""What the load estimate costs for many triggers in many scenarios: CPU time, analysis left out.

python benchmarks/load.py [TRIGGERS] [SCENARIOS]
"""

from __future__ import annotations

import sys
import time

from msgspec.structs import replace

from callaudit.inventory.model import Files, Interval, Inventory, Place, Reach, Trigger
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.estimate import estimate
from callaudit.load.ranges import exactly
from callaudit.load.streams import model_of
from callaudit.load.totals import Totals
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue


def main(triggers: int = 10_000, scenarios: int = 20) -> None:
    """Print the time of the model, and that of all scenarios."""
    found = tuple(_trigger(number) for number in range(triggers))
    inventory = Inventory("", "", "", Files(1, 0, 0), (), (), (), (), found, (), (), (), ())
    start = time.process_time()
    totals = Totals(model_of(inventory, Catalogue(builtin_profiles())))
    made = time.process_time()
    first = builtin_scenarios()[0]
    for number in range(scenarios):
        up, connected = exactly(number / scenarios), exactly(0.3 + number / 50)
        estimate(totals, replace(first, users=250 * (number + 1), websocket_uptime=up, share_connected=connected))
    done = time.process_time()
    print(f"{triggers:,} triggers: {made - start:.2f} s · {scenarios} scenarios: {done - made:.2f} s")


def _trigger(number: int) -> Trigger:
    own = number % 2 == 0
    reach = Reach(
        host="api.pacifica.fi",
        method="GET",
        path="/api/v1/positions",
        min=1,
        max=1,
        conditional=False,
        site=Place(f"{number}.ts", number),
        provider="pacifica",
        endpoint="GET /api/v1/positions",
        origin="browser" if own else "server",
        bucket="pacifica.ip.visitor" if own else "pacifica.api_key",
    )
    two = (Interval(1000 + number, "connected"), Interval(500 + number, "!connected"))
    return Trigger(
        kind="poll",
        mechanism="refetchInterval",
        file=f"{number}.ts",
        line=number,
        entry=f"use{number}",
        function=f"use{number}",
        origin="browser",
        reaches_upstream=True,
        calls_network=True,
        intervals=two if number % 3 else two[:1],
        period="interval+run",
        enabled="!!token" if number % 5 else "Boolean(account) && ready",
        background=False,
        mounted_on=(f"/{number % 20}",),
        reaches=(reach,),
    )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
