"""What a promise holds that a program makes itself."""

from __future__ import annotations

import pytest

from tests.projects import run

ONE = {"GET a.test/one": (1, 1)}
CLIENT = "const client = { one: () => fetch('https://a.test/one') };\n"

RESOLVED = {
    "resolved at once": "const load = () => new Promise((resolve) => resolve(client));",
    "resolved later": "const load = () => new Promise((done) => { setTimeout(() => done(client), 500); });",
    "resolved by another promise": (
        "const find = async () => client;\nconst load = () => new Promise((yes, no) => { find().then(yes, no); });"
    ),
    "tried again": """
        const find = async () => client;
        const load = (tries = 0) => new Promise((yes, no) => {
          const once_more = (why) => (tries < 3 ? load(tries + 1).then(yes, no) : no(why));
          find().then(yes, (why) => setTimeout(once_more, 10, why));
        });
        """,
}


@pytest.mark.parametrize("how", RESOLVED)
def test_what_it_is_resolved_with(how: str) -> None:
    assert run(f"{CLIENT}{RESOLVED[how]}\nload().then((found) => found.one());") == ONE


REJECTED = {
    "with an error": ("const load = () => new Promise((resolve, reject) => { reject(client); });", {}),
    "of another name": (
        "const load = () => new Promise((resolve) => { setTimeout(resolve, 500); other(client); });",
        {"GET a.test/one": (0, 1)},  # who is handed it may call it
    ),
}


@pytest.mark.parametrize("how", REJECTED)
def test_what_it_is_not_resolved_with(how: str) -> None:
    source, wanted = REJECTED[how]
    assert run(f"{CLIENT}{source}\nload().then((found) => found.one());") == wanted
