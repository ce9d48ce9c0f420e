"""What the page is made of, without a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from callaudit.load.ranges import Range
from callaudit.load.results import ScenarioLoad
from callaudit.report.html.figures import amount, fit_words, scenario_words, spread
from callaudit.report.html.page import audit_html
from tests.html import sample

GOLDEN = Path(__file__).parent / "golden" / "document.html"


class Parts(HTMLParser):
    """Elements with their attributes, and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page() -> str:
    return audit_html(sample.document(), sample.pictured())


@pytest.fixture(scope="module")
def parts(page: str) -> list[tuple[str, dict[str, str | None]]]:
    return Parts(page).found


def test_equal_input_gives_equal_bytes_whatever_the_hash_seed() -> None:
    program = (
        "from callaudit.report.html.page import audit_html; from tests.html import sample; import hashlib;"
        "text = audit_html(sample.document(), sample.pictured());"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(seen) == 1


def test_the_document_looks_as_it_was_agreed(page: str) -> None:
    """CALLAUDIT_GOLDEN=write makes the file anew, to be reviewed; figures have tests of their own."""
    without = replace(sample.pictured(), model=None, inventory=replace(sample.inventory(), entries=()))
    text = audit_html(sample.document(), without)
    text = re.sub(r"(?s)<(style|script)>.*?</\1>", r"<\1></\1>", text)
    text = re.sub(r"sha256-[\w+/=]+", "sha256-", text)
    if os.environ.get("CALLAUDIT_GOLDEN") == "write":
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert page != text


def test_nothing_comes_from_anywhere_else(page: str, parts: list[tuple[str, dict[str, str | None]]]) -> None:
    policy = (
        next(found for tag, found in parts if found.get("http-equiv") == "Content-Security-Policy")["content"] or ""
    )
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not [
        tag for tag, _ in parts if tag in ("link", "img", "iframe", "object", "embed", "audio", "video", "base")
    ]
    assert not [found for _, found in parts if "src" in found or "style" in found]
    assert not [name for _, found in parts for name in found if name.startswith("on")]
    assert "@import" not in page
    assert "url(" not in page


def test_every_link_within_the_page_has_its_target_and_ids_are_unique(
    parts: list[tuple[str, dict[str, str | None]]],
) -> None:
    ids = [found["id"] for _, found in parts if "id" in found]
    assert len(ids) == len(set(ids))
    links = [found["href"] or "" for tag, found in parts if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    named = [value for _, found in parts for key in ("aria-labelledby", "for") if (value := found.get(key))]
    assert {name for value in named for name in value.split()} <= set(ids)


def test_a_number_links_to_everything_that_it_rests_on(page: str) -> None:
    anchor = re.search(r'<a class="figure" href="#(proof-\d+)" data-value="27">27 users</a>', page)
    assert anchor
    proof = re.search(rf'<li id="{anchor[1]}">(.*?)</li>', page, re.DOTALL)
    assert proof
    assert "125 users × 1 / 15 s = 8.33 requests/s" in proof[1]
    assert 'href="https://docs.example.test/limits"' in proof[1]
    assert f":{sample.LINE}</a>" in proof[1]


def test_evidence_shows_the_line_of_code_without_secrets() -> None:
    secret = "const KEY = 'x'; fetch('https://u:p@a.test/b?api_key=abc')"  # noqa: S105 - what is to be masked
    figures = replace(sample.pictured(), lines=lambda _: ("",) * (sample.LINE - 1) + (f"  {secret}",))
    page = audit_html(sample.document(), figures)
    assert "https://***@a.test/b?api_key=***" in page
    assert "u:p@" not in page


def test_a_repository_without_calls_has_a_page_without_figures() -> None:
    empty = replace(sample.inventory(), entries=())
    page = audit_html(sample.document(), replace(sample.pictured(), inventory=empty, model=None))
    assert 'id="map"' not in page
    assert 'id="what-if"' not in page
    assert 'id="chains"' not in page
    assert "Executive summary" in page


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0667, "0.0667"),
        (8.333, "8.33"),
        (41.67, "41.7"),
        (100, "100"),
        (28408.4, "28,408"),
        (float("inf"), "∞"),
    ],
)
def test_amounts(value: float, text: str) -> None:
    assert amount(value) == text


def test_ranges_users_and_scenarios_in_words() -> None:
    assert spread(Range(9, 27, 46)) == "27 (9…46)"
    assert spread(Range(27, 27, 27)) == "27"
    assert fit_words(Range(9, 27, 46), "all", known=True) == "27"
    assert fit_words(None, "all", known=True) == "any number"
    assert fit_words(Range(0, 0, 0), "visitor", known=True) == "none"
    assert fit_words(None, "all", known=False) == "not known"
    assert scenario_words(ScenarioLoad(name="5000", users=5000, buckets=())) == "5,000 users"
    assert scenario_words(ScenarioLoad(name="launch", users=800, buckets=())) == "launch, 800 users"
    bots = ScenarioLoad(name="250", users=250, buckets=(), processes=(("server", 1), ("worker", 2)))
    assert scenario_words(bots) == "1 server process, 2 worker processes"
