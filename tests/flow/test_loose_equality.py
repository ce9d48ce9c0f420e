"""What `==` compares it may convert before: of constants of two kinds nothing is lost."""

from __future__ import annotations

import pytest

from tests.projects import audited, called

ASKED = "fetch('https://a.test/one')"


@pytest.mark.parametrize("test", ["V == 2", "2 == V", "!(V != 2)", "ON == 1", "1 == ON", "ON == '1'"])
def test_constants_of_two_kinds_may_be_equal(test: str) -> None:
    source = f"const V = '2';\nconst ON = true;\nif ({test}) {ASKED};\n"
    assert called(audited({"main.ts": source}), "script", "main.ts") == {"GET a.test/one": (0, 1)}


@pytest.mark.parametrize("test", ["V === 2", "V == '3'", "V == null", "null == V", "3 == 2", "ON === 1", "ON == false"])
def test_others_are_told_apart(test: str) -> None:
    source = f"const V = '2';\nconst ON = true;\nif ({test}) {ASKED}; else {ASKED.replace('one', 'two')};\n"
    assert called(audited({"main.ts": source}), "script", "main.ts") == {"GET a.test/two": (1, 1)}
