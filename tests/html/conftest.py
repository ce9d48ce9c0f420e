"""A headless Chromium and the pages that it opens; without it these tests are skipped, and the reason is printed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callaudit.cli.configuration import configured
from callaudit.cli.documenting import material_of
from callaudit.cli.page import page_of
from callaudit.report.audit_document.build import audit_document
from callaudit.report.html.page import audit_html
from tests.html import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Opened = Callable[..., Page]

HERE = Path(__file__).parent


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for these tests alone: Playwright runs once at a time, and other tests start it too."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for path in map(shutil.which, names) if path), "")
    if not program:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program)
        yield started
        started.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages on disk, as a reader has them: a small document, the whole audit of the fixture, and an attack."""
    folder = tmp_path_factory.mktemp("pages")
    settings = configured(str(sample.FIXTURE), None)
    material, _ = material_of(str(sample.FIXTURE), settings, quiet=True)
    texts = {
        "audit": page_of(audit_document(material), material, settings),
        "fixture": audit_html(sample.document(), sample.pictured()),
        "unknown": audit_html(sample.document(), sample.without_limits()),
        "hostile": audit_html(sample.hostile_document(), sample.hostile_figures()),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8", errors="strict")
    return {name: folder / f"{name}.html" for name in texts}


@pytest.fixture
def opened(browser: Browser, pages: dict[str, Path]) -> Iterator[Opened]:
    """Opens a page; the test fails when it logs anything, raises an error, opens a dialog or asks for anything."""
    contexts = []
    complaints: list[str] = []

    def open_page(name: str = "fixture", **settings: object) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        url = pages[name].as_uri()
        page.on("request", lambda sent: None if sent.url == url else complaints.append(f"request: {sent.url}"))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, installed by its lock file."""
    source = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        npm = shutil.which("npm")
        if not npm:
            pytest.skip("npm is not installed: nothing brings axe-core")
        done = subprocess.run(
            [str(npm), "ci", "--no-audit", "--no-fund"],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            pytest.skip(f"npm ci failed in tests/html: {done.stderr.strip()[-300:]}")
    return source.read_text(encoding="utf-8")
