"""How a function is started again is known while those run whose rounds these are; who runs it next finds it anew."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from callaudit.flow.machine import activation
from tests.projects import Files, audited, brief, cases

EACH_OTHER = {
    "after a wait": "declare const held: any; function send() { fetch('https://a.test/x'); next(); } function next() { if (held) return; send(); setTimeout(() => next(), 1000); }",
    "after a frame": "declare const held: any; function send() { const xhr = new XMLHttpRequest(); xhr.open('GET', 'https://a.test/x'); xhr.onload = () => next(); xhr.send(); } async function next() { if (held) return; send(); requestAnimationFrame(() => next()); }",
}  # fmt: skip


def started(source: str, callers: int) -> Files:
    """A page in which several functions begin what the functions of `source` do."""
    calls = "\n".join(f"function f{number}() {{ send(); }} f{number}();" for number in range(callers))
    return {"main.ts": f"{source}\n{calls}\n"}


def runs_of(files: Files) -> Counter[str]:
    """How often each function is run."""
    runs: Counter[str] = Counter()
    run = activation._run  # noqa: SLF001 - what is counted

    def counted(interpreter: Any, closure: Any, *args: Any, **named: Any) -> Any:
        runs[interpreter.function(closure.module, closure.index).name] += 1
        return run(interpreter, closure, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(activation, "_run", counted)
        audited(files)
    return runs


@pytest.mark.parametrize("name", cases(EACH_OTHER))
def test_what_functions_do_that_start_each_other_is_found_once(name: str) -> None:
    few, many = (runs_of(started(EACH_OTHER[name], callers)) for callers in (2, 8))
    assert few["send"] > 0
    assert (many["send"], many["next"]) == (few["send"], few["next"])


@pytest.mark.parametrize("name", cases(EACH_OTHER))
def test_who_begins_it_second_asks_as_who_begins_it_first(name: str) -> None:
    (one,) = audited(started(EACH_OTHER[name], 1)).entries
    (three,) = audited(started(EACH_OTHER[name], 3)).entries
    assert "GET a.test/x" in brief(one)
    (least, most), (least_of_one, most_of_one) = brief(three)["GET a.test/x"], brief(one)["GET a.test/x"]
    assert least == 3 * least_of_one
    assert most == (None if most_of_one is None else 3 * most_of_one)


def test_a_function_that_is_run_alone_after_that_is_still_a_timer() -> None:
    alone = "function tick() { fetch('https://a.test/tick'); setTimeout(() => tick(), 5000); } tick();"
    source = f"{EACH_OTHER['after a wait']} send(); {alone}"
    assert 5000 in {one.ms for trigger in audited({"main.ts": source}).triggers for one in trigger.intervals}
