"""Node's functions of paths, of which programs make addresses, take `.` and `..` out."""

from __future__ import annotations

import pytest

from tests.projects import cases, run

HEAD = """
import path, { join, normalize } from 'path';
import * as node from 'node:path';
import { posix } from 'node:path';
const id = process.argv[2];
const BASE = process.env.BASE;
"""
ADDRESSES = {
    "a folder up": ("'https://a.test/api' + path.posix.join('/v1', '..', 'two')", "a.test/api/two"),
    "all up": ("'https://a.test/api' + posix.join('/v1', '..')", "a.test/api"),
    "above the root": ("'https://a.test/api' + node.join('/v1', '../..', 'x')", "a.test/api/x"),
    "here": ("'https://a.test' + join('/v1', './x')", "a.test/v1/x"),
    "of one path": ("'https://a.test' + normalize('/v1/../x//y')", "a.test/x/y"),
    "an address that is joined": ("posix.join('https://a.test', 'x', '../y')", "a.test/y"),
    "an own address": ("join(BASE, 'v1', '..', 'x')", "env:BASE/x"),
    "nothing": ("'https://a.test' + path.join('', '/x', '')", "a.test/x"),
    "in an address": ("'https://a.test/v1/../two'", "a.test/two"),
    "here, in an address": ("'https://a.test/v1/./two/.'", "a.test/v1/two"),
    # ---
    "names that begin with a dot": ("'https://a.test' + join('/.well-known', 'x..y')", "a.test/.well-known/x..y"),
    "above what is not known": ("`https://a.test/v1/${id}/../two`", "a.test/v1/{}/../two"),
    "joined above what is not known": ("'https://a.test' + join('/v1', id, '..', 'two')", "a.test/v1/{}/../two"),
    "above an own address": ("join(BASE, '..', 'x')", "env:BASE/../x"),
}


@pytest.mark.parametrize("name", cases(ADDRESSES))
def test_what_is_asked_for(name: str) -> None:
    written, wanted = ADDRESSES[name]
    assert run(f"{HEAD}fetch({written});") == {f"GET {wanted}": (1, 1)}
