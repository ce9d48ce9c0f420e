"""A k6 script: one scenario of constant arrival rate for each route (grafana.com/docs/k6, executors)."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from callaudit.report.load_scripts.literals import HOUR_S, because, comment, javascript, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.arrivals import Arrival, Arrivals

_USAGE = """\
//
//   k6 run -e BASE_URL=https://staging.example FILE
//
// BASE_URL   the staging server; there is no default, and hosts that the code calls upstream are refused
// WRITES     1 sends what is no read as well (POST, PUT, ...): it changes data
// BODY       JSON of a write's body, {} if it is left out
// COOKIE, AUTHORIZATION   headers of a logged-in user
// PARAM_ID   what stands for {id} in a path, 1 if it is left out; the same for other names
// DURATION   10m if it is left out
"""
_BODY = """\
const base = (__ENV.BASE_URL || '').replace(/\\/+$/, '');
if (!/^https?:\\/\\/[^/]+/.test(base)) {
  throw new Error('BASE_URL is missing: give the address of a staging server, -e BASE_URL=https://staging.example');
}
const host = base.replace(/^https?:\\/\\/(?:[^/@]*@)?/, '').replace(/\\.?(?:[:/].*)?$/, '').toLowerCase();
if (UPSTREAM.includes(host)) {
  throw new Error(`${host} is called upstream: a load test must not be aimed at it`);
}

const headers = { 'Content-Type': 'application/json' };
if (__ENV.COOKIE) headers.Cookie = __ENV.COOKIE;
if (__ENV.AUTHORIZATION) headers.Authorization = __ENV.AUTHORIZATION;

const sent = ROUTES.filter(({ reads }) => reads || __ENV.WRITES === '1');
if (sent.length === 0) throw new Error('nothing is sent: all of this are writes, which -e WRITES=1 allows');

export const options = {
  scenarios: Object.fromEntries(
    sent.map((route) => [
      route.name,
      {
        executor: 'constant-arrival-rate',
        exec: 'ask',
        env: { ROUTE: route.name },
        rate: route.perHour,
        timeUnit: '1h',
        duration: __ENV.DURATION || '10m',
        preAllocatedVUs: route.vus,
        maxVUs: route.vus * 10,
      },
    ]),
  ),
};

export function ask() {
  const route = ROUTES.find(({ name }) => name === __ENV.ROUTE);
  const path = route.path.replace(/\\{(\\w+)\\}/g, (_, name) =>
    encodeURIComponent(__ENV[`PARAM_${name.toUpperCase()}`] || '1'),
  );
  const body = route.reads ? null : __ENV.BODY || '{}';
  http.request(route.method, base + path, body, {
    headers,
    redirects: 0,
    tags: { name: `${route.method} ${route.path}` },
  });
}
"""


def k6_script(found: Arrivals) -> str:
    """The script, for k6 0.49 or newer."""
    merged = _merged(found.arrivals)
    lines = [
        f"// What {found.users:,} users at a time send in scenario {comment(found.scenario)}.",
        "// Written by callaudit load --export k6.",
        _USAGE.rstrip("\n"),
        *_left_out(found),
        "",
        "import http from 'k6/http';",
        "",
        "// Hosts that the code calls itself.",
        f"const UPSTREAM = [{', '.join(javascript(host) for host in found.upstream)}];",
        "",
        "const ROUTES = [",
    ]
    for number, arrival in enumerate(merged, 1):
        lines.append(f"  // {rate(arrival.per_second)}: {because(arrival.reasons)}")
        lines.append(f"  {_route(arrival, number, found.latency_s)},")
    return "\n".join([*lines, "];", "", _BODY])


def _route(arrival: Arrival, number: int, latency_s: float) -> str:
    fields = {
        "name": javascript(f"route_{number}"),
        "method": javascript(arrival.method),
        "path": javascript(arrival.path),
        "reads": "true" if arrival.reads else "false",
        "perHour": str(max(1, round(arrival.per_second * HOUR_S))),
        "vus": str(max(1, ceil(arrival.per_second * max(latency_s, 1.0)))),
    }
    return "{ " + ", ".join(f"{name}: {value}" for name, value in fields.items()) + " }"


def _merged(arrivals: tuple[Arrival, ...]) -> list[Arrival]:
    """Each route once, whatever page asks, the busiest first."""
    from msgspec.structs import replace

    found: dict[tuple[str, str], Arrival] = {}
    for one in arrivals:
        before = found.get((one.method, one.path))
        if before is not None:
            reasons = tuple(sorted({*before.reasons, *one.reasons}))
            one = replace(one, page="", per_second=before.per_second + one.per_second, reasons=reasons)  # noqa: PLW2901
        found[one.method, one.path] = one
    return sorted(found.values(), key=lambda one: (-one.per_second, one.path, one.method))


def _left_out(found: Arrivals) -> Iterator[str]:
    if found.bypasses:
        yield "//"
        yield "// Not sent, because browsers ask other hosts directly and not this server:"
        for one in found.bypasses:
            yield f"//   {comment(one.host)}  {rate(one.per_second)}"
