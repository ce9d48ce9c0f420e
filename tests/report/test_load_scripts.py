"""Scripts for k6 and locust: they run, send what the scenario sends, and nothing where it could do harm."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from callaudit.load.arrivals import Arrival, Arrivals, Bypass, Reason
from callaudit.report.load_scripts.k6 import k6_script
from callaudit.report.load_scripts.locust import locust_script

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '\'"`\\ ${process.exit(9)} */ */ \n\r\u2028 """ # // {x} \ud800'
WHY = (Reason("usePrices", "a.ts", 3),)
FOUND = Arrivals(
    "5000",
    200,
    0.2,
    (("/trade", 0.75), ("/lobby", 0.25)),
    (
        Arrival("", "POST", "/api/orders", 2.0, WHY),
        Arrival("/lobby", "GET", "/api/prices", 5.0, WHY),
        Arrival("/trade", "GET", "/api/fights/{id}/orders", 0.0125, WHY),
        Arrival("/trade", "GET", "/api/prices", 10.0, WHY),
    ),
    (Bypass("api.pacifica.fi", 7.5),),
    ("api.pacifica.fi",),
)
BAD = Arrivals(
    HOSTILE,
    10,
    0,
    ((HOSTILE, 1.0),),
    (Arrival(HOSTILE, "GET", "/" + HOSTILE, 1.0, (Reason(HOSTILE, HOSTILE, 1),)),),
    (Bypass(HOSTILE, 1.0),),
    (HOSTILE,),
)
STAGING = {"BASE_URL": "https://staging.example/"}

# k6's own globals and its module, as far as the script uses them; what was asked is printed.
RUN = """
globalThis.__ENV = JSON.parse(process.argv[2]);
globalThis.sent = [];
const { options, ask } = await import('./script.js');
for (const [name, { env }] of Object.entries(options.scenarios)) {
  Object.assign(__ENV, env);
  ask();
}
console.log(JSON.stringify({ options, sent }));
"""
HTTP = "export default { request: (...given) => { globalThis.sent.push(given); } };"

with_node = pytest.mark.skipif(not shutil.which("node"), reason="node is not installed: the k6 script is not run")


def run_k6(folder: Path, script: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    module = folder / "node_modules" / "k6"
    module.mkdir(parents=True, exist_ok=True)
    (module / "package.json").write_text('{"type": "module", "exports": {"./http": "./http.js"}}')
    (module / "http.js").write_text(HTTP)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "script.js").write_text(script, encoding="ascii")
    (folder / "run.js").write_text(RUN)
    command = ["node", "run.js", json.dumps(variables)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def k6(folder: Path, variables: dict[str, str]) -> dict[str, Any]:
    done = run_k6(folder, k6_script(FOUND), variables)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@with_node
def test_k6_sends_each_route_at_its_rate(tmp_path: Path) -> None:
    ran = k6(tmp_path, {**STAGING, "WRITES": "1", "PARAM_ID": "a/b", "BODY": '{"x":1}', "COOKIE": "s=1"})
    asked = {(method, url): body for method, url, body, _ in ran["sent"]}
    assert asked == {
        ("GET", "https://staging.example/api/prices"): None,
        ("POST", "https://staging.example/api/orders"): '{"x":1}',
        ("GET", "https://staging.example/api/fights/a%2Fb/orders"): None,
    }
    scenarios = ran["options"]["scenarios"].values()
    assert sorted(one["rate"] for one in scenarios) == [45, 7200, 54000]
    assert {(one["executor"], one["timeUnit"], one["duration"]) for one in scenarios} == {
        ("constant-arrival-rate", "1h", "10m")
    }
    assert all(given[3]["headers"]["Cookie"] == "s=1" and given[3]["redirects"] == 0 for given in ran["sent"])


@with_node
def test_k6_writes_nothing_unless_it_is_told(tmp_path: Path) -> None:
    assert {method for method, *_ in k6(tmp_path, STAGING)["sent"]} == {"GET"}


@with_node
@pytest.mark.parametrize(
    ("variables", "why"),
    [
        ({}, "BASE_URL is missing"),
        ({"BASE_URL": "staging.example"}, "BASE_URL is missing"),
        ({"BASE_URL": "https://api.pacifica.fi"}, "must not be aimed at it"),
        ({"BASE_URL": "https://me@API.pacifica.fi.:443/x"}, "must not be aimed at it"),
    ],
)
def test_k6_refuses_to_run_without_a_staging_server(tmp_path: Path, variables: dict[str, str], why: str) -> None:
    done = run_k6(tmp_path, k6_script(FOUND), variables)
    assert done.returncode != 0
    assert why in done.stderr


@with_node
def test_k6_takes_any_text_as_text(tmp_path: Path) -> None:
    done = run_k6(tmp_path, k6_script(BAD), STAGING)
    assert done.returncode == 0, done.stderr
    (sent,) = json.loads(done.stdout)["sent"]
    assert sent[1] == "https://staging.example/" + HOSTILE.replace("{x}", "1")


def test_scripts_say_what_they_leave_out() -> None:
    for script in (k6_script(FOUND), locust_script(FOUND)):
        assert "api.pacifica.fi  7.50/s" in script
        assert "usePrices a.ts:3" in script


def run_locust(script: str, variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[type]:
    for name in ("BASE_URL", "WRITES", "BODY", "COOKIE", "AUTHORIZATION", "PARAM_ID", "PARAM_X"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    locust = ModuleType("locust")
    locust.HttpUser = type("HttpUser", (), {})  # type: ignore[attr-defined]
    locust.constant_throughput = float  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "locust", locust)
    names: dict[str, Any] = {}
    exec(compile(script, "script.py", "exec"), names)  # noqa: S102 - the script that is tested
    return [value for name, value in names.items() if name.startswith("Page") and value is not None]


def asked(user: type, times: int) -> Counter[tuple[str, str]]:
    """What a user of a class sends."""
    found: Counter[tuple[str, str]] = Counter()

    def request(method: str, path: str, **_: object) -> None:
        found[method, path] += 1

    random.seed(1)
    for _ in range(times):
        user.tasks[0](SimpleNamespace(client=SimpleNamespace(request=request)))  # type: ignore[attr-defined]
    return found


def test_locust_has_a_class_for_each_page(monkeypatch: pytest.MonkeyPatch) -> None:
    users: list[Any] = run_locust(locust_script(FOUND), {**STAGING, "WRITES": "1"}, monkeypatch)
    assert [(user.host, user.weight) for user in users] == [
        ("https://staging.example", 750),
        ("https://staging.example", 250),
    ]
    # 150 users of /trade: 10.0125/s and their part of 2 orders a second; 50 of /lobby: 5/s and theirs.
    assert 150 * users[0].wait_time == pytest.approx(10.0125 + 1.5)
    assert 50 * users[1].wait_time == pytest.approx(5 + 0.5)
    shares = asked(users[1], 5500)
    assert shares["GET", "/api/prices"] == pytest.approx(5000, rel=0.05)
    assert shares["POST", "/api/orders"] == pytest.approx(500, rel=0.15)


def test_locust_writes_nothing_unless_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    users = run_locust(locust_script(FOUND), STAGING, monkeypatch)
    assert {method for user in users for method, _ in asked(user, 50)} == {"GET"}


@pytest.mark.parametrize("base", ["", "staging.example", "https://api.pacifica.fi", "https://API.pacifica.fi.:443/x"])
def test_locust_refuses_to_run_without_a_staging_server(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit):
        run_locust(locust_script(FOUND), {"BASE_URL": base}, monkeypatch)


def test_locust_takes_any_text_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    script = locust_script(BAD)
    script.encode("ascii")
    (user,) = run_locust(script, STAGING, monkeypatch)
    assert asked(user, 1) == {("GET", "/" + HOSTILE.replace("{x}", "1")): 1}
