"""A poll whose query is asked again after an action begins its interval anew; others go on."""

from __future__ import annotations

from math import e

import pytest

from callaudit.load.ranges import exactly
from callaudit.load.restarts import Restart
from callaudit.load.scenario import Action
from tests.load.models import model, project, rates, scenario, stream

PACKAGE = '{"dependencies": {"next": "15.0.0", "react": "18.0.0", "@tanstack/react-query": "5.0.0", "swr": "2.0.0"}}'
PAGE = """
    'use client';
    import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
    import useSWR from 'swr';
    const read = () => fetch('https://api.pacifica.fi/api/v1/positions');
    export default function Page() {
      const client = useQueryClient();
      %s
      useMutation({
        mutationFn: () => fetch('/api/orders', { method: 'POST' }),
        onSuccess: () => client.invalidateQueries({ queryKey: ['positions'] }),
      });
      return null;
    }
"""
ROUTE = """
    export async function POST() {
      await fetch('https://api.pacifica.fi/api/v1/orders/create_market', { method: 'POST' });
      return Response.json({});
    }
"""


@pytest.mark.parametrize(
    ("poll", "actions"),
    [
        ("useQuery({ queryKey: ['positions', account], queryFn: read, refetchInterval: 15000 });", True),
        ("useQuery({ queryKey: ['orders'], queryFn: read, refetchInterval: 15000 });", False),
        ("useSWR('positions', read, { refreshInterval: 15000 });", False),
        ("useEffect(() => { setInterval(read, 15000); });", False),
    ],
)
def test_what_an_action_asks_again_for_restarts_the_poll_of_that_query(poll: str, actions: bool) -> None:
    found = project({"package.json": PACKAGE, "app/a/page.tsx": PAGE % poll, "app/api/orders/route.ts": ROUTE})
    (one,) = [each for each in found.streams if each.kind in ("poll", "timer")]
    assert ("POST /api/orders" in {each.action for each in one.restarts}) == actions
    assert all(each.chance.expected == 1 for each in one.restarts)


def test_a_poll_and_its_refetches_ask_less_than_both_apart() -> None:
    """An action of each user in every 15 s: of polls 1/(e-1) is left, and the refetches come on top."""
    poll = stream(restarts=(Restart("act", exactly(1)),))
    again = stream(1, kind="refetch", action="act", alternatives=(), pages=())
    assumed = scenario(actions=(Action("act", exactly(1 / 15), per_user=True),))
    both, apart = rates(model(poll, again), assumed), rates(model(stream(), again), assumed)
    name = ("poll", "use0", "GET /0")
    assert both[name].expected / apart[name].expected == pytest.approx(1 / (e - 1))
    assert both["refetch", "use1", "GET /1"] == apart["refetch", "use1", "GET /1"]


def test_nobody_acts_and_nothing_is_put_off() -> None:
    poll = stream(restarts=(Restart("act", exactly(1)),))
    assert rates(model(poll), scenario()) == rates(model(stream()), scenario())
