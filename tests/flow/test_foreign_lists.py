"""Lists that packages or the platform have: what is done for each item is done as often as there are any."""

from __future__ import annotations

import pytest

from tests.projects import run

_LISTS = {
    "arguments of the process": "process.argv",
    "a list of a package": "tokens",
    "a list in an object of a package": "book.tokens",
}


@pytest.mark.parametrize("method", ["map", "forEach"])
@pytest.mark.parametrize("name", _LISTS)
def test_each_item_of_a_list(name: str, method: str) -> None:
    assert run(
        f"""
        import {{ tokens, book }} from "address-book";
        {_LISTS[name]}.{method}((id) => fetch(`https://api.example.com/items/${{id}}`));
        """
    ) == {"GET api.example.com/items/{}": (0, None)}


def test_a_function_that_a_package_is_handed_runs_once_at_most() -> None:
    assert run(
        """
        import { book } from "address-book";
        book.open((id) => fetch("https://api.example.com/opened"));
        """
    ) == {"GET api.example.com/opened": (0, 1)}
