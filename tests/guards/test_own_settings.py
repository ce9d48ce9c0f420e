"""Variables that hold what the program makes itself keep no answer, though a test of one decides about a request."""

from __future__ import annotations

import pytest

from tests.projects import audited

LAST = "async function last() {{ return {test} ? {kept} : await fetch('https://a.example/last') }}"


def _guards(source: str) -> list[str]:
    return [one.kind for one in audited({"main.ts": source}).guards]


@pytest.mark.parametrize("read", ["function read() {", "const read = () => {"])
def test_settings_that_are_read_again_are_no_cache(read: str) -> None:
    source = f"""
    {read} return {{ off: process.env.OFF === 'true' }} }}
    let config = read()
    async function login() {{ config = read(); await fetch('https://a.example/login') }}
    {LAST.format(test="config.off", kept="null")}
    setInterval(async () => {{ await login(); await last() }}, 60000)
    """
    assert _guards(source) == []


@pytest.mark.parametrize(
    "written",
    [
        "kept = await (await fetch('https://a.example/last')).json()",
        "kept = await load()",
        "const answer = await load(); kept = parsed(answer)",
    ],
)
def test_what_a_function_asked_for_and_kept_is_a_cache(written: str) -> None:
    source = f"""
    let kept: any = null
    const parsed = (answer: any) => ({{ data: answer }})
    async function load() {{ return (await fetch('https://a.example/last')).json() }}
    async function refresh() {{ {written} }}
    {LAST.format(test="kept", kept="kept.data")}
    setInterval(refresh, 60000)
    setInterval(last, 1000)
    """
    assert "cache" in _guards(source)
