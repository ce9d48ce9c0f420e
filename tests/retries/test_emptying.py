"""Functions that call themselves for the next item of a queue try nothing again."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

ADD = "const queue: string[] = []; process.on('message', (m) => { queue.push(m); next(); });\n"
ASK = "fetch('https://a.test/one')"
EMPTYING = {
    "finally": f"let busy = false; function next() {{ if (busy || !queue.length) return; busy = true; queue.shift(); {ASK}.finally(() => {{ busy = false; next(); }}); }}",
    "where there is one": f"function next() {{ if (queue.length > 0) {{ const id = queue.shift(); {ASK}.finally(() => next()); }} }}",
    "awaited": f"async function next() {{ const id = queue.pop(); if (!id) return; await {ASK}; next(); }}",
    "both ways": f"function next() {{ const id = queue.shift(); if (id === undefined) return; {ASK}.then(next, next); }}",
    "a field": f"class Q {{ items: string[] = []; async drain() {{ const id = this.items.shift(); if (!id) return; try {{ await {ASK}; }} catch (e) {{ console.error(e); }} finally {{ this.drain(); }} }} add(id: string) {{ this.items.push(id); this.drain(); }} }} const q = new Q(); const next = () => q.add('a');",
}  # fmt: skip
RETRIES = {
    "puts it back": f"async function next() {{ const id = queue.shift(); if (!id) return; try {{ await {ASK}; }} catch {{ queue.unshift(id); }} next(); }}",
    "puts it back after a while": f"async function next() {{ const id = queue.shift(); if (!id) return; try {{ await {ASK}; }} catch {{ setTimeout(() => {{ queue.push(id); }}, 1000); }} await next(); }}",
    "a chain puts it back after a while": f"function next() {{ const id = queue.shift(); if (!id) return; {ASK}.catch(() => {{ setTimeout(() => queue.push(id), 1000); }}).finally(next); }}",
    "takes it when it went well": f"async function next() {{ if (queue.length === 0) return; try {{ await {ASK}; queue.shift(); }} catch {{ }} await next(); }}",
    "makes the list itself": f"async function next(): Promise<any> {{ const own = [1, 2]; const id = own.shift(); if (!id) return; try {{ return await {ASK}; }} catch {{ return next(); }} }}",
    "asks whether there is one or not": f"async function next(): Promise<any> {{ const id = queue.shift(); if (id) {{ console.log(id); }} else {{ console.log('none'); }} try {{ return await {ASK}; }} catch {{ return next(); }} }}",
    "takes from no queue": f"async function next(): Promise<any> {{ try {{ return await {ASK}; }} catch {{ return next(); }} }}",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(EMPTYING))
def test_what_goes_on_with_the_next_item_is_no_retry(name: str) -> None:
    inventory = audited({"main.ts": ADD + EMPTYING[name]})
    assert [reach.path for entry in inventory.entries for reach in entry.reaches] == ["/one"]
    assert not inventory.retries


@pytest.mark.parametrize("name", cases(RETRIES))
def test_what_may_ask_for_the_same_once_more_is_one(name: str) -> None:
    (retry,) = audited({"main.ts": ADD + RETRIES[name]}).retries
    assert (retry.mechanism, retry.max_attempts) == ("recursion", None)
