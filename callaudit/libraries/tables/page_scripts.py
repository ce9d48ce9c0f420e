"""Code that runs in the pages of a browser which a script drives: it is handed the arguments that follow it.

puppeteer 10 to 25 (https://pptr.dev/api/puppeteer.page.evaluate), playwright 1 (https://playwright.dev/docs/evaluating:
one argument). Requests of such code leave by the machine that the browser runs on.
"""

from callaudit.libraries.model import Arg, Invoke, Library, Make, Model

_EVALUATE = Invoke(how="once", returns="result", given=tuple(Arg(number) for number in range(1, 8)))
_PAGE: dict[str, Model] = {
    "evaluate": _EVALUATE,
    "evaluateHandle": _EVALUATE,
    "mainFrame": Make("page"),
    "frame": Make("page"),
}
_OPENS: dict[str, Model] = {
    "newPage": Make("page"),
    **dict.fromkeys(("createBrowserContext", "createIncognitoBrowserContext", "newContext"), Make("browser")),
}
_DRIVERS = ("", "puppeteer.", "chromium.", "firefox.", "webkit.")

LIBRARY = Library(
    name="page scripts",
    packages=(
        "puppeteer",
        "puppeteer-core",
        "puppeteer-extra",
        "rebrowser-puppeteer",
        "@cloudflare/puppeteer",
        "playwright",
        "playwright-core",
        "playwright-chromium",
        "playwright-extra",
        "patchright",
    ),
    exports={
        f"{of}{driver}{name}": Make("browser")
        for of in ("default.", "")
        for driver in _DRIVERS
        for name in ("launch", "connect", "launchPersistentContext")
    },
    clients={"browser": _OPENS, "page": _PAGE},
    types={
        **dict.fromkeys(("Page", "Frame", "WebWorker"), "page"),
        **dict.fromkeys(("Browser", "BrowserContext"), "browser"),
    },
)
