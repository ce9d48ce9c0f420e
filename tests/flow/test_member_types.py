"""Types of members: `Settings["api"]` is that of one member, not that of its owner."""

from __future__ import annotations

from tests.projects import audited, run

DECLARED = """
    interface Settings { api: Api; name: string }
    interface Api { get(): Promise<unknown> }
    class Remote implements Api { async get() { return fetch("https://a.test/one"); } }
    class Other implements Settings { api: Settings["api"] = new Remote(); name = ""; }
"""


def test_a_member_s_type_finds_its_classes() -> None:
    source = (
        DECLARED
        + """
        function use(used: Settings["api"]) { return used.get(); }
        new Other();
        await use(JSON.parse(""));
        """
    )
    assert run(source) == {"GET a.test/one": (1, 1)}


def test_what_it_declares_is_declared() -> None:
    """The owner's class has no such member, and nothing is said of that."""
    source = """
        interface Settings { API: { URL: string } }
        class Config implements Settings { API: Settings["API"]; set(other: Settings) { this.API = other.API; } }
        const config = new Config();
        config.set(JSON.parse(""));
        await fetch(config.API.URL);
        """
    assert [one.why for one in audited({"main.ts": source}).unknowns if "declared" in one.why] == []
