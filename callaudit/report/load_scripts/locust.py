"""A locust script: a class of users for each page, as many of them as the scenario has there (docs.locust.io)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.load_scripts.literals import because, comment, python, rate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.arrivals import Arrival, Arrivals

_USAGE = '''\
"""What {users} users at a time send, written by callaudit load --export locust.

    BASE_URL=https://staging.example locust -f FILE --headless -u {number} -r 50 -t 10m

BASE_URL   the staging server; there is no default, and hosts that the code calls upstream are refused
WRITES     1 sends what is no read as well (POST, PUT, ...): it changes data
BODY       JSON of a write's body, {{}} if it is left out
COOKIE, AUTHORIZATION   headers of a logged-in user
PARAM_ID   what stands for {{id}} in a path, 1 if it is left out; the same for other names

Each user sends as often as one of the scenario does: with fewer users (-u) there is less load in proportion.
"""
'''
_BODY = '''\
BASE = os.environ.get("BASE_URL", "").rstrip("/")
if not BASE.startswith(("http://", "https://")):
    raise SystemExit("BASE_URL is missing: give the address of a staging server, BASE_URL=https://staging.example")
HOST = (urlsplit(BASE).hostname or "").rstrip(".")
if HOST in UPSTREAM:
    raise SystemExit(f"{HOST} is called upstream: a load test must not be aimed at it")
HEADERS = {"Content-Type": "application/json"}
for header, variable in (("Cookie", "COOKIE"), ("Authorization", "AUTHORIZATION")):
    if os.environ.get(variable):
        HEADERS[header] = os.environ[variable]
WRITES = os.environ.get("WRITES") == "1"


def _filled(path):
    """The path with a value for each name in braces."""
    return re.sub(r"\\{(\\w+)\\}", lambda name: quote(os.environ.get(f"PARAM_{name[1].upper()}", "1"), safe=""), path)


def _users(page, weight, routes):
    """A class of users of one page, who ask for each route at its own rate."""
    sent = [route for route in routes if route["reads"] or WRITES]
    each = sum(route["per_user"] for route in sent)

    def ask(user):
        route = random.choices(sent, [route["per_user"] for route in sent])[0]
        name = f"{route['method']} {route['path']}"
        body = None if route["reads"] else os.environ.get("BODY", "{}")
        path = _filled(route["path"])
        user.client.request(route["method"], path, name=name, headers=HEADERS, data=body, allow_redirects=False)

    fields = {"host": BASE, "weight": weight, "tasks": [ask], "wait_time": constant_throughput(each)}
    return type(page, (HttpUser,), fields) if sent else None


'''


def locust_script(found: Arrivals) -> str:
    """The script, for locust 2."""
    lines = [
        _USAGE.format(users=f"{found.users:,}", number=found.users),
        "import os",
        "import random",
        "import re",
        "from urllib.parse import quote, urlsplit",
        "",
        "from locust import HttpUser, constant_throughput",
        "",
        f"# Scenario {comment(found.scenario)}.",
        *_left_out(found),
        "# Hosts that the code calls itself.",
        f"UPSTREAM = {{{', '.join(python(host) for host in found.upstream)}}}"
        if found.upstream
        else "UPSTREAM = set()",
        _BODY.rstrip("\n"),
        "",
        "",
    ]
    for number, (page, share) in enumerate(found.pages, 1):
        lines += _class(found, number, page, share)
    return "\n".join(lines) + "\n"


def _class(found: Arrivals, number: int, page: str, share: float) -> Iterator[str]:
    """The users of one page: what it asks, and their part of what all users do."""
    here = found.users * share
    yield f"# {comment(page)}: {here:,.0f} users"
    yield f"Page{number} = _users("
    yield f"    {python(f'Page{number}')},"
    yield f"    {max(1, round(share * 1000))},"
    yield "    ["
    for arrival in found.arrivals:
        if arrival.page == page:
            yield from _route(arrival, arrival.per_second / here if here else 0.0)
        elif not arrival.page:
            yield from _route(arrival, arrival.per_second / found.users if found.users else 0.0)
    yield "    ],"
    yield ")"
    yield ""


def _route(arrival: Arrival, per_user: float) -> Iterator[str]:
    if per_user <= 0:
        return
    yield f"        # {rate(arrival.per_second)} of all: {because(arrival.reasons)}"
    fields = (("method", python(arrival.method)), ("path", python(arrival.path)), ("reads", str(arrival.reads)))
    named = ", ".join(f'"{name}": {value}' for name, value in fields)
    yield f'        {{{named}, "per_user": {per_user:.9g}}},'


def _left_out(found: Arrivals) -> Iterator[str]:
    if found.bypasses:
        yield "# Not sent, because browsers ask other hosts directly and not this server:"
        for one in found.bypasses:
            yield f"#   {comment(one.host)}  {rate(one.per_second)}"
