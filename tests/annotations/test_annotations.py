"""Comments that say what no analysis can know, and what is said of those that say it wrongly."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.projects import audited, entry, reached

TIMER = "setInterval(() => fetch('https://a.test/one'), Number(process.argv[2]));"


@pytest.mark.parametrize(
    "source",
    [
        f"// callaudit: interval=15s\n{TIMER}",
        f"{TIMER} // callaudit: interval=15s",
        f"/* callaudit: interval=15 s */\n{TIMER}",
        f"// callaudit: interval=0.25min\n{TIMER}",
    ],
)
def test_an_interval_is_given(source: str) -> None:
    inventory = audited({"main.ts": source})
    assert [[one.ms for one in item.intervals] for item in inventory.triggers] == [[15_000]]
    assert [(item.name, item.used) for item in inventory.annotations] == [("interval", True)]
    assert not [item for item in inventory.notices if "annotation" in item.what]


def test_without_it_the_interval_is_unknown_and_says_why() -> None:
    (trigger,) = audited({"main.ts": TIMER}).triggers
    assert trigger.intervals == ()
    assert trigger.why


def test_attempts_are_given() -> None:
    source = """
        async function get(left: number): Promise<any> {
          try {
            return await fetch('https://a.test/one');
          } catch (error) {
            if (left <= 0) throw error;
            // callaudit: attempts=4
            return get(left - 1);
          }
        }
        get(Number(process.argv[2]));
    """
    (retry,) = audited({"main.ts": source}).retries
    assert (retry.max_attempts, retry.why) == (4, "")


def test_a_call_is_given_with_its_url() -> None:
    source = "const url = await read();\n// callaudit: calls=GET https://a.test/one\nawait fetch(url);"
    inventory = audited({"main.ts": source})
    assert reached(inventory, "main.ts", "script") == {("GET", "a.test", "/one"): (1, 1)}
    assert inventory.unknowns == ()


def test_the_host_of_a_path_is_that_of_the_profile_that_knows_it() -> None:
    source = "const url = await read();\n// callaudit: calls=GET /api/v1/positions\nawait fetch(url);"
    assert reached(audited({"main.ts": source}), "main.ts", "script") == {
        ("GET", "api.pacifica.fi", "/api/v1/positions"): (1, 1)
    }


HOOK = """
    export function useOne() {
      useEffect(() => { fetch('https://a.test/one'); }, []);
    }
"""


@pytest.mark.parametrize(("comment", "pages"), [("// callaudit: mounted=/trade", ("/trade",)), ("// a hook", ())])
def test_a_hook_is_said_to_be_mounted(comment: str, pages: tuple[str, ...]) -> None:
    files = {
        "package.json": '{"dependencies": {"react": "18"}}',
        "one.ts": f"import {{ useEffect }} from 'react';\n{comment}\n{dedent(HOOK).strip()}",
    }
    found = entry(audited(files), "useOne")
    assert (found.mounted_on, found.dead) == (pages, not pages)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("interval=soon", "a time is a number"),
        ("attempts=0", "attempts are a number"),
        ("attempts=-1", "attempts are a number"),
        ("calls=/one", "a call is a method"),
        ("mounted=trade", "a page is a path"),
        ("intervall=15s", "there is no intervall"),
        ("hello", "it says none of"),
    ],
)
def test_what_is_wrong_is_a_notice_with_its_line(said: str, what: str) -> None:
    inventory = audited({"main.ts": f"const a = 1;\n// callaudit: {said}\n{TIMER}"})
    (notice,) = [item for item in inventory.notices if "annotation" in item.what]
    assert (notice.file, notice.line) == ("main.ts", 2)
    assert what in notice.why


def test_what_speaks_of_nothing_is_a_notice() -> None:
    inventory = audited({"main.ts": f"// callaudit: interval=15s\nconst a = 1;\n\n{TIMER}"})
    (notice,) = [item for item in inventory.notices if "annotation" in item.what]
    assert (notice.line, notice.what) == (1, "unused annotation: interval=15s")


def test_suppressions_are_not_annotations() -> None:
    inventory = audited({"main.ts": f"// callaudit: ignore[unbounded-retry] -- known\n{TIMER}"})
    assert not [item for item in inventory.notices if "annotation" in item.what]
