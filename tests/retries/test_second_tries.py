"""A request that is sent once more by hand where it failed is a retry; what else a handler sends is none."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

SETUP = """
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const one = () => fetch('https://a.test/one');
const get = (path: string) => fetch(`https://a.test/${path}`);
const tell = (text: string) => fetch('https://hook.test/x', { method: 'POST', body: text });
"""
Found = tuple[int | None, tuple[float, ...], str]

TRIES: dict[str, tuple[str, list[Found]]] = {
    "in a handler": ("async function f() { try { return await one(); } catch { return await one(); } }", [(2, (), "none")]),
    "after a wait": ("async function f() { try { return await one(); } catch (e) { await sleep(500); return one(); } }", [(2, (500,), "fixed")]),
    "on a condition": ("async function f(id: string) { try { return await get(id); } catch (e) { if (e.late) return get(id); throw e; } }", [(2, (), "none")]),
    "of what was handed in": ("async function again(ask: (n: number) => Promise<any>) { try { return await ask(1); } catch (e) { const n = Number(e.hint); if (n) return ask(n); throw e; } } async function f() { await again((n) => fetch('https://a.test/one', { method: 'POST', body: String(n) })); }", [(2, (), "none")]),
    "by a promise, in one line": ("const f = () => one().catch(() => one());", [(2, (), "none")]),
    "by a promise, without a function of its own": ("const f = () => fetch('https://a.test/one').catch(() => fetch('https://a.test/one'));", [(2, (), "none")]),
    "by a promise, something else in one line": ("const f = () => one().catch(() => get('two'));", []),
    "by a promise": ("async function f() { return one().catch(() => one()); }", [(2, (), "none")]),
    "by a promise, a name": ("async function f() { return one().catch(one); }", [(2, (), "none")]),
    "by a promise, after a wait": ("async function f(id: string) { return get(id).catch(async () => { await sleep(200); return get(id); }); }", [(2, (200,), "fixed")]),
    "after it was noted": ("let failures = 0; const note = () => { failures += 1; }; async function f() { try { return await one(); } catch { note(); return await one(); } }", [(2, (), "none")]),
    "waited for inside of what is returned": ("async function f() { try { return (await one()).json(); } catch { return one(); } }", [(2, (), "none")]),
    # ---
    "nobody waits for what is returned": ("async function f(id: string) { try { JSON.parse(id); return one(); } catch { return one(); } }", []),
    "a promise of it is returned": ("const f = (id: string) => { try { JSON.parse(id); return one().then((r) => r.json()); } catch { return one(); } };", []),
    "with a token that is renewed": ("let token = ''; const api = (p: string) => fetch('https://a.test/' + p, { headers: { authorization: token } }); const renew = async () => { token = await (await get('two')).text(); }; async function f() { try { return await api('one'); } catch (e) { await renew(); return await api('one'); } }", []),
    "by a promise, with a token that is renewed": ("let token = ''; const api = (p: string) => fetch('https://a.test/' + p, { headers: { authorization: token } }); const renew = async () => { token = await (await get('two')).text(); }; async function f() { return api('one').catch(async () => { await renew(); return api('one'); }); }", []),
    "of another thing": ("async function f(id: string, other: string) { try { return await get(id); } catch { return get(other); } }", []),
    "of another server": ("async function f() { try { return await one(); } catch { return await fetch('https://b.test/one'); } }", []),
    "of something else": ("async function f() { try { return await one(); } catch { return await get('two'); } }", []),
    "a message": ("async function f() { try { await tell('begun'); await one(); } catch (e) { await tell(String(e)); } }", []),
    "by a promise, another": ("async function f(id: string, other: string) { return get(id).catch(() => get(other)); }", []),
    "afterwards": ("async function f() { try { await one(); } catch { return; } await one(); }", []),
    "handed in, told what to do": ("async function run(act: (what: any) => any) { try { await get('two'); act(load()); } catch (e) { act(report(e)); } } const load = () => () => one(); const report = (e: any) => () => { console.error(e); one(); }; async function f() { await run((what) => what()); }", []),
    "handed in, told by a function": ("async function run(act: (what: any) => any) { try { await get('two'); act(() => one()); } catch { act(() => { console.error('failed'); one(); }); } } async function f() { await run((what) => what()); }", []),
    "for a user": ("async function f() { try { await one(); } catch { document.addEventListener('click', () => { one(); }); } }", []),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(TRIES))
def test_what_is_tried_twice(name: str) -> None:
    source, wanted = TRIES[name]
    source = SETUP + source.replace("{ ", "{\n").replace("; ", ";\n") + "\nf(process.argv[2], process.argv[3]);"
    retries = audited({"main.ts": source}).retries
    assert [(one.max_attempts, one.delays_ms, one.backoff) for one in retries] == wanted
    assert all(one.endpoints for one in retries)


def test_a_recursion_is_one_retry() -> None:
    source = SETUP + (
        "async function f(left = 2): Promise<any> {\n try {\n return await one();\n } catch (e) {\n"
        " if (!left) throw e;\n return f(left - 1);\n }\n}\nf();"
    )
    assert [one.max_attempts for one in audited({"main.ts": source}).retries] == [3]


def test_each_try_counts_once() -> None:
    source, _ = TRIES["in a handler"]
    (script,) = audited({"main.ts": SETUP + source + " f();"}).entries
    assert [(one.path, one.min, one.max) for one in script.reaches] == [("/one", 1, 2)]


ELSEWHERE = {
    "one.ts": "export const one = () => fetch('https://a.test/one');\n",
    "note.ts": "import { one } from './one';\nexport async function note() {\n  // asks for itself\n  console.log('failed');\n  await one();\n}\n",
    "main.ts": "import { one } from './one';\nimport { note } from './note';\nasync function f() {\n"
    "  try { await one(); } catch {\n    if (%s) await one();\n    await note();\n  }\n}\nf();\n",
}


@pytest.mark.parametrize(("test", "wanted"), [("true", [2]), ("false", [])])
def test_a_call_at_the_same_line_of_another_file_is_no_second_try(test: str, wanted: list[int]) -> None:
    files = {**ELSEWHERE, "main.ts": ELSEWHERE["main.ts"] % test}
    assert [one.max_attempts for one in audited(files).retries] == wanted
