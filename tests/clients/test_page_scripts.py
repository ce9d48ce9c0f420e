"""Code that a script runs in the pages of a browser: it is handed what follows it."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, cases, run

SPELLED: dict[str, tuple[str, dict[str, Bounds]]] = {
    "puppeteer, what it closes over is not there": (
        """
        import puppeteer from 'puppeteer';
        const browser = await puppeteer.launch();
        const page = await browser.newPage();
        await page.goto('https://a.test/');
        await page.evaluate(() => fetch('https://a.test/api').then((r) => r.json()));
        """,
        {"GET a.test/api": (1, 1)},
    ),
    "arguments, through a field of a class": (
        """
        import puppeteer, { type Browser, type Page } from 'puppeteer';
        class Base {
          protected page?: Page;
          constructor(protected browser: Browser) {}
          protected async ask(method: string, path: string) {
            if (!this.page) this.page = await this.browser.newPage();
            return this.page.evaluate(
              async (url: string, inMethod: string) => (await fetch(url, { method: inMethod })).json(),
              'https://a.test' + path,
              method,
            );
          }
        }
        class Games extends Base {
          async all() { await this.ask('GET', '/one'); await this.ask('POST', '/two'); }
        }
        await new Games(await puppeteer.launch()).all();
        """,
        {"GET a.test/one": (1, 1), "POST a.test/two": (1, 1)},
    ),
    "playwright, one argument": (
        """
        import { chromium } from 'playwright';
        const browser = await chromium.launch();
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.evaluate(async ({ id }) => fetch(`https://a.test/items/${id}`), { id: 'x1' });
        """,
        {"GET a.test/items/x1": (1, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(SPELLED))
def test_requests_of_pages(name: str) -> None:
    source, expected = SPELLED[name]
    assert run(source) == expected
