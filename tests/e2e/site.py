"""The copy of the fixture as a running site: packages by lock file, `next build`, and `next start` for each visit."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from msgspec import Struct

from tests.e2e.shortened import HERE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_STARTS_WITHIN = 30.0
PACKAGES = HERE / "node_modules"


class Site(Struct, frozen=True):
    """A `next start` of its own on `port`."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: object = None) -> int:
        """Send one request as the account that is logged in and wait for the whole answer; its status."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, {"Cookie": "fc_session=demo", "Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def missing() -> str:
    """Why the tests cannot run on this machine, or an empty text."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node and npm are not installed"
    if not chromium():
        return "chromium is not installed (Debian: apt-get install chromium)"
    return install()


def chromium() -> str:
    """The system's Chromium."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), "")


def install() -> str:
    """Have npm's packages of the lock file installed; why that is not possible, or an empty text."""
    lock, installed = HERE / "package-lock.json", PACKAGES / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return ""
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True, text=True, check=False, timeout=300
    )
    return "" if done.returncode == 0 else f"npm ci failed in tests/e2e: {done.stderr.strip()[-300:]}"


def build(copy: Path, socket_port: int) -> None:
    """Link the packages into the copy and build it; its pages look for their WebSocket on `socket_port`."""
    _link_packages(copy)
    _run(copy, [_program("typescript/bin/tsc"), "-b", "packages/shared", "packages/db"], {})
    _run(
        copy / "apps" / "web",
        [_program("next/dist/bin/next"), "build"],
        {"NEXT_PUBLIC_PACIFICA_WS_URL": f"ws://127.0.0.1:{socket_port}/ws"},
    )


def start(copy: Path, upstream_port: int) -> Site:
    """Start the built site, with the upstream on `upstream_port`."""
    port = _free_port()
    command = ["node", _program("next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(
        command,
        cwd=copy / "apps" / "web",
        env=_environment({"PACIFICA_API_URL": f"http://127.0.0.1:{upstream_port}"}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Site(port, process)


def wait_for(sites: Iterable[Site]) -> None:
    """Wait until every site answers; a route that asks no upstream is asked."""
    for site in sites:
        deadline = time.monotonic() + _STARTS_WITHIN
        while not _answers(site):
            if time.monotonic() > deadline or site.process.poll() is not None:
                raise RuntimeError(f"next start did not answer within {_STARTS_WITHIN:.0f} s")
            time.sleep(0.1)


def stop(sites: Iterable[Site]) -> None:
    """End the sites' own processes."""
    for site in sites:
        site.process.terminate()
    for site in sites:
        site.process.wait(10)


def _link_packages(copy: Path) -> None:
    """Node looks for packages upward from the copy: give it links to those that the lock file installed."""
    target = copy / "node_modules"
    for package in PACKAGES.iterdir():
        if package.name.startswith("@"):
            (target / package.name).mkdir(parents=True)
            for scoped in package.iterdir():
                (target / package.name / scoped.name).symlink_to(scoped)
        elif not package.name.startswith("."):
            target.mkdir(exist_ok=True)
            (target / package.name).symlink_to(package)
    own = target / "@fightclub"
    own.mkdir()
    for package in (copy / "packages").iterdir():
        (own / package.name).symlink_to(package)


def _program(name: str) -> str:
    return str(PACKAGES / name)


def _run(folder: Path, command: list[str], variables: dict[str, str]) -> None:
    done = subprocess.run(
        ["node", *command],
        cwd=folder,
        env=_environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=180,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}")


def _environment(variables: dict[str, str]) -> dict[str, str]:
    """What a site is started with: nothing of the developer's own keys and addresses."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "NEXT_TELEMETRY_DISABLED": "1", "NODE_ENV": "production", **variables}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(site: Site) -> bool:
    try:
        return site.ask("GET", "/lobby") == 200
    except (HTTPException, OSError):
        return False
