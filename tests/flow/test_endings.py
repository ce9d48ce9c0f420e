"""Calls that never come back: what follows them does not happen, what stands beside them does."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Bounds, Files, audited, called, cases, run

SETUP = """
import * as errors from './errors';
import { fail as stop, failLater, notYet } from './errors';
const go = Math.random() > 0.5;
const one = () => fetch('https://a.test/one');
const two = () => fetch('https://a.test/two');
function always(): number { throw new Error('no'); }
const arrow = () => { throw new Error('no'); };
async function later(): Promise<string> { await Promise.resolve(); throw new Error('no'); }
function maybe(): number { if (go) throw new Error('no'); return 1; }
function both(): number { if (go) { throw new Error('a'); } else { throw new Error('b'); } }
function deep(): number { always(); return 1; }
const returned = () => later();
function exits(): number { console.error('x'); process.exit(1); }
function typed(): never { while (true) { JSON.parse('1'); } }
function handled(): number { try { always(); } catch { return 1; } return 2; }
function rethrown(): number { try { one; } catch (e) { throw e; } finally { throw new Error('no'); } }
function byCase(): number { switch (go) { case true: throw new Error('a'); default: throw new Error('b'); } }
function someCase(): number { switch (go) { case true: throw new Error('a'); } return 1; }
function perItem(): number { for (const x of process.argv) { throw new Error(x); } return 1; }
const table = { fail() { throw new Error('no'); } };
let set = (): number => { throw new Error('not set'); };
export function register(f: () => number) { set = f; }
class Vault { key(): string { throw new Error('not implemented'); } static open(): string { throw new Error('no'); } }
abstract class Source { abstract url(): string; load(): string { throw new Error('to be replaced'); } async run() { this.load(); await one(); } }
class Feed extends Source { url() { return ''; } load() { return 'x'; } }
"""
ERRORS = """
export function fail(message: string): never { throw new Error(message); }
export async function failLater(message: string) { throw new Error(message); }
export const notYet = (name: string) => { throw new Error(name); };
"""
O = "GET a.test/one"  # noqa: E741 - reads like the request
T = "GET a.test/two"

CASES: dict[str, tuple[str, dict[str, Bounds]]] = {
    "function": ("await one(); always(); await two();", {O: (1, 1)}),
    "arrow": ("arrow(); await one();", {}),
    "one that may return": ("maybe(); await one();", {O: (1, 1)}),
    "both branches": ("both(); await one();", {}),
    "through another function": ("deep(); await one();", {}),
    "every case": ("byCase(); await one();", {}),
    "some case": ("someCase(); await one();", {O: (1, 1)}),
    "in a loop of items": ("perItem(); await one();", {O: (1, 1)}),
    "caught inside": ("handled(); await one();", {O: (1, 1)}),
    "its last block": ("rethrown(); await one();", {}),
    "ends the process": ("exits(); await one();", {}),
    "never by its type": ("typed(); await one();", {}),
    "imported under another name": ("stop('x'); await one();", {}),
    "of a module as an object": ("errors.fail('x'); await one();", {}),
    "imported arrow": ("notYet('x'); await one();", {}),
    "of an object": ("table.fail(); await one();", {}),
    "method": ("new Vault().key(); await one();", {}),
    "static method": ("Vault.open(); await one();", {}),
    "method that a class replaces": ("await new Feed().run();", {O: (1, 1)}),
    "variable that may be set": ("set(); await one();", {O: (1, 1)}),
    # promises
    "awaited": ("await later(); await one();", {}),
    "not awaited": ("later(); await one();", {O: (1, 1)}),
    "not awaited, kept": ("const p = later(); await one();", {O: (1, 1)}),
    "awaited through a function that is not async": ("await returned(); await one();", {}),
    "not awaited, through such a function": ("void returned(); await one();", {O: (1, 1)}),
    "awaited with a handler": ("await later().catch(() => null); await one();", {O: (1, 1)}),
    "awaited, imported": ("await failLater('x'); await one();", {}),
    "declared with it": ("const key = await later(); await fetch('https://a.test/one?' + key);", {}),
    # where it stands
    "as an argument": ("await fetch('https://a.test/one', { headers: { k: String(always()) } });", {}),
    "as an argument after another call": ("console.log(await one(), always()); await two();", {O: (1, 1)}),
    "as an argument before another call": ("JSON.stringify([always(), await one()]); await two();", {}),
    "returned": ("const f = () => { return always(); }; f(); await one();", {}),
    "in a condition": ("if (always()) { await one(); } else { await two(); }", {}),
    "in a list of a loop": ("for (const x of [always()]) { await one(); }", {}),
    "in one branch": ("if (go) always(); await one();", {O: (1, 1)}),
    "in one branch, with work before": ("if (go) { await two(); always(); } await one();", {O: (1, 1), T: (0, 1)}),
    "in both branches": ("if (go) always(); else arrow(); await one();", {}),
    "after &&": ("go && always(); await one();", {O: (1, 1)}),
    "after ??": ("const x = process.env.X ?? always(); await one();", {O: (1, 1)}),
    "before &&": ("always() && go; await one();", {}),
    "in a ternary": ("const x = go ? 1 : always(); await one();", {O: (1, 1)}),
    "in both ways of a ternary": ("const x = go ? arrow() : always(); await one();", {}),
    "in a callback": ("setTimeout(() => always(), 10); await one();", {O: (1, 1)}),
    "in a handler of errors": ("one().catch(() => always()); await two();", {O: (1, 1), T: (1, 1)}),
    "in a try": ("try { always(); await one(); } catch { await two(); }", {T: (1, 1)}),
    "in a try, after work": ("try { await one(); always(); } catch { await two(); }", {O: (1, 1), T: (1, 1)}),
    "in a try with a last block": ("try { always(); await one(); } finally { await two(); }", {T: (1, 1)}),
    "after a try that catches it": ("try { always(); } catch {} await one();", {O: (1, 1)}),
    "in a loop": ("for (const x of process.argv) { always(); await one(); } await two();", {T: (1, 1)}),
    "one of two functions": ("const f = go ? always : maybe; f(); await one();", {O: (1, 1)}),
    "one of two functions that throw": ("const f = go ? always : arrow; f(); await one();", {}),
    "recursion": ("const f = (n: number): number => { if (n > 3) throw new Error(); return f(n + 1); }; f(0); await one();", {O: (1, 1)}),
}  # fmt: skip

GAPS: dict[str, str] = {}


@pytest.mark.parametrize("name", cases(CASES, GAPS))
def test_what_follows(name: str) -> None:
    """A call that always throws ends its function."""
    source, expected = CASES[name]
    assert run(SETUP + source, {"errors.ts": ERRORS}) == expected


def _page(body: str) -> Files:
    return {
        "package.json": '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0"}}',
        "app/shop/page.tsx": f"""
            import {{ redirect, notFound, useRouter }} from 'next/navigation';
            import {{ redirect as away }} from './own';
            import {{ createContext, useContext, useRef }} from 'react';
            const Saving = createContext(() => {{ throw new Error('no provider'); }});
            const Api = createContext({{ save: () => {{ throw new Error('no provider'); }} }});
            export default async function Page() {{
                const shop = JSON.parse('{{}}');
                {body}
                await fetch('https://a.test/shop');
                return null;
            }}
        """,
        "app/shop/own.ts": "export function redirect(to: string) { return to; }",
    }


WHOLE = {"GET a.test/shop": (1, 1)}
PAGES: dict[str, tuple[str, dict[str, Bounds]]] = {
    "redirect": ("redirect('/');", {}),
    "not found": ("notFound();", {}),
    "redirect on a condition": ("if (!shop.id) redirect('/');", WHOLE),
    "redirect caught by mistake": ("try { redirect('/'); } catch {}", WHOLE),
    "a function of that name": ("away('/');", WHOLE),
    "what a context holds without a provider": ("const save = useContext(Saving); save();", WHOLE),
    "a property of such a context": ("const { save } = useContext(Api); save();", WHOLE),
    "what a ref begins with": ("const r = useRef(() => { throw new Error('early'); }); r.current();", WHOLE),
}


@pytest.mark.parametrize("name", cases(PAGES))
def test_redirects(name: str) -> None:
    """`redirect` and `notFound` throw; what stands in for something that is set later does not count."""
    body, expected = PAGES[name]
    assert called(audited(_page(body)), "page", "/shop") == expected


def test_what_is_passed_over_is_listed_as_dead() -> None:
    """A call site behind a call that never comes back is in the inventory, and counts nowhere."""
    inventory = audited({"main.ts": SETUP.replace("await one();", "") + "always(); await fetch('https://a.test/lost');"
                         " async function f() { always(); await fetch('https://a.test/inner'); } f();",
                         "errors.ts": ERRORS})  # fmt: skip
    dead = {(call.path, call.dead) for call in inventory.calls if call.path in ("/lost", "/inner")}
    assert ("/inner", True) in dead
    assert not any(entry.reaches for entry in inventory.entries)


CHECKS: dict[str, str] = {
    "names that are missing, thrown": "const missing = ['A', 'B'].filter((v) => !process.env[v]); if (missing.length > 0) throw new Error(missing.join());",
    "names that are missing, exit": "const missing = ['A', 'B'].filter((v) => !process.env[v]).map((v) => v + '!'); if (missing.length) { console.error(missing); process.exit(1); }",
    "a part of a list": "const rest = ['a', 'b'].slice(JSON.parse('1')); if (rest.length === 2) throw new Error('x');",
    "in a constructor": "class Config { every = 5; constructor() { const missing = ['A'].filter((v) => !process.env[v]); if (missing.length > 0) throw new Error('x'); this.every = 6; } } new Config();",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(CHECKS))
def test_a_check_of_what_was_chosen_may_hold_or_not(name: str) -> None:
    """How many items a filter leaves is not known: what follows the check does happen."""
    assert run(SETUP + CHECKS[name] + " one();") == {"GET a.test/one": (1, 1)}


def test_the_length_of_a_list_that_is_written_down_is_known() -> None:
    assert run(SETUP + "const all = ['A']; if (all.length > 0) throw new Error('x'); one();") == {}
