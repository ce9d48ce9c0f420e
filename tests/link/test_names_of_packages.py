"""Names of packages that a barrel hands on without naming them."""

from __future__ import annotations

import pytest

from tests.projects import audited, run

USE = "import { create } from './barrel';\ncreate({ baseURL: 'https://a.test' }).get('/x');"
BARRELS = {
    "at once": {"barrel.ts": "export * from 'axios';"},
    "through another": {"barrel.ts": "export * from './inner';", "inner.ts": "export * from 'axios';"},
    "beside other packages": {"barrel.ts": "export * from 'chalk';\nexport * from 'axios';\nexport const own = 1;"},
    "beside a file that is missing": {"barrel.ts": "export * from './generated';\nexport * from 'axios';"},
}


@pytest.mark.parametrize("name", BARRELS)
def test_a_name_is_of_the_package_that_has_it(name: str) -> None:
    assert run(USE, BARRELS[name]) == {"GET a.test/x": (1, 1)}
    assert not audited({"main.ts": USE, **BARRELS[name]}).unknowns


@pytest.mark.parametrize(
    "use", [USE, "import * as all from './barrel';\nall.create({ baseURL: 'https://a.test' }).get('/x');"]
)
def test_what_a_file_has_is_not_of_the_package(use: str) -> None:
    barrel = "export * from 'axios';\nexport const create = () => ({ get: () => fetch('https://own.test/y') });"
    assert run(use, {"barrel.ts": barrel}) == {"GET own.test/y": (1, 1)}


def test_a_name_that_may_be_of_a_missing_file_is_not_known() -> None:
    use = "import { ask } from './barrel';\nask();"
    inventory = audited({"main.ts": use, "barrel.ts": "export * from './generated';\nexport * from 'axios';"})
    assert [one.what for one in inventory.unknowns] == ["./barrel"]
    assert not audited({"main.ts": use, "barrel.ts": "export * from 'chalk';"}).unknowns
