"""Objects that are found in lists and tables by keys which are not known, also where only their type is."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, run

CLASSES = """
import * as _ from "lodash";
import { indexBy } from "underscore";
interface Source { name: string; load(): Promise<unknown>; }
class One implements Source { name = "one"; async load() { return fetch("https://a.test/one"); } }
class Two implements Source { name = "two"; async load() { return fetch("https://a.test/two"); } }
"""
EITHER: dict[str, Bounds] = {"GET a.test/one": (0, 1), "GET a.test/two": (0, 1)}


@pytest.mark.parametrize(
    "found",
    [
        "_.keyBy(sources, (one) => one.name)[name]",
        "_.keyBy(sources, 'name')[name]",
        "indexBy(sources, 'name')[name]",
        "Object.fromEntries(sources.map((one) => [one.name, one]))[name]",
        "new Map(sources.map((one) => [one.name, one])).get(name)",
    ],
)
@pytest.mark.parametrize("sources", ["[new One(), new Two()]", "JSON.parse(process.argv[3]) as Source[]"])
def test_any_item_may_be_found(found: str, sources: str) -> None:
    body = f"async function main(name: string, sources: Source[]) {{ await {found}!.load(); }}"
    assert run(f"{CLASSES} {body} new One(); new Two(); await main(process.argv[2], {sources});") == EITHER


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("Source[]", "given[0]"),
        ("Array<Source>", "given[1]"),
        ("{ [name: string]: Source }", "given[name]"),
        ("{ readonly [name: string]: Source; }", "given[name]"),
        ("Record<string, Source>", "given[name]"),
    ],
)
def test_the_type_of_a_container_tells_its_items(kind: str, found: str) -> None:
    body = f"async function main(name: string, given: {kind}) {{ await {found}.load(); }}"
    assert run(f"{CLASSES} {body} new One(); new Two(); await main('x', JSON.parse(process.argv[2]));") == EITHER


def test_what_is_no_container_tells_none() -> None:
    body = "async function main(name: string, given: { name: Source }) { await given[name].load(); }"
    assert run(f"{CLASSES} {body} new One(); new Two(); await main('x', JSON.parse(process.argv[2]));") == {}
