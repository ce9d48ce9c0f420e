"""Decorators that put something in the place of a method: retries of the program's own, and of libraries."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, called, cases

SETUP = """
const one = () => fetch('https://a.test/one');
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
function Retry(times: number, wait = 0) {
  return function (target: any, key: string, descriptor: PropertyDescriptor) {
    const original = descriptor.value;
    descriptor.value = async function (...args: any[]) {
      for (let i = 0; i < times; i++) {
        try { return await original.apply(this, args); } catch (e) { if (i === times - 1) throw e; }
        await sleep(wait);
      }
    };
    return descriptor;
  };
}
function Thrice(times = 3, wait = 10) { return Retry(times, wait); }
function Twice(target: any, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  descriptor.value = async function (...args: any[]) {
    for (let i = 0; i < 2; i++) { try { return await original.call(this, ...args); } catch (e) { if (i) throw e; } }
  };
}
const Again = (options: { times: number }) => (method: any, context: any) => async function (this: any, ...args: any[]) {
  let tries = 0;
  while (true) { try { return await method.call(this, ...args); } catch (e) { if (++tries >= options.times) throw e; } }
};
function Logged(target: any, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  descriptor.value = function (...args: any[]) { console.log(key); return original.apply(this, args); };
}
const Marked = (name: string) => (target: any, key: string) => { target[name] = key; };
"""
Found = tuple[int | None, tuple[float, ...], str]

DECORATORS: dict[str, tuple[str, str, list[Found]]] = {
    "a number": ("", "@Retry(3)", [(3, (0, 0), "none")]),
    "a number and a wait": ("", "@Retry(3, 500)", [(3, (500, 500), "fixed")]),
    "by default": ("", "@Thrice()", [(3, (10, 10), "fixed")]),
    "without parentheses": ("", "@Twice", [(2, (), "none")]),
    "as the standard has it": ("", "@Again({ times: 4 })", [(4, (), "none")]),
    "beside others": ("", "@Logged @Retry(2, 10) @Marked('x')", [(2, (10,), "fixed")]),
    "of a library": (
        "import { Retryable } from 'typescript-retry-decorator';",
        "@Retryable({ maxAttempts: 2, backOff: 1000 })",
        [(3, (1000, 1000), "fixed")],
    ),
    "of a library, growing": (
        "import { Retryable, BackOffPolicy } from 'typescript-retry-decorator';",
        "@Retryable({ maxAttempts: 3, backOffPolicy: BackOffPolicy.ExponentialBackOffPolicy, backOff: 500 })",
        [(4, (500, 1000, 2000), "exponential")],
    ),
    "of a library, growing by default": (
        "import { Retryable, BackOffPolicy } from 'typescript-retry-decorator';",
        "@Retryable({ maxAttempts: 2, backOffPolicy: BackOffPolicy.ExponentialBackOffPolicy })",
        [(3, (1000, 2000), "exponential")],
    ),
    # ---
    "once": ("", "@Retry(1)", []),
    "what only logs": ("", "@Logged", []),
    "what only marks": ("", "@Marked('x')", []),
    "of a package that is not known": ("import { Sometimes } from 'somewhere';", "@Sometimes(3)", []),
}


def _source(imports: str, decorators: str) -> str:
    return f"{imports}{SETUP}class A {{ {decorators} async go() {{ return one(); }} run() {{ return this.go(); }} }}\nnew A().run();"


@pytest.mark.parametrize("name", cases(DECORATORS))
def test_a_decorated_method(name: str) -> None:
    imports, decorators, wanted = DECORATORS[name]
    inventory = audited({"main.ts": _source(imports, decorators)})
    assert [(one.max_attempts, one.delays_ms, one.backoff) for one in inventory.retries] == wanted
    most = wanted[0][0] if wanted else 1
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (1, most)}


def test_arguments_reach_the_method() -> None:
    source = (
        SETUP
        + "class A { @Retry(2) async go(path: string) { return fetch('https://a.test/' + path); } }\nnew A().go('x');"
    )
    assert called(audited({"main.ts": source}), "script", "main.ts") == {"GET a.test/x": (1, 2)}


def test_a_method_that_calls_itself_is_one_retry() -> None:
    source = SETUP + (
        "class A {\n  @Logged async go(n = 0): Promise<any> {\n    try { return await one(); }\n    catch (e) {\n"
        "      if (n < 3) return this.go(n + 1);\n      throw e;\n    }\n  }\n}\nnew A().go();"
    )
    inventory = audited({"main.ts": source})
    line = (SETUP + source.removeprefix(SETUP)).split("\n").index("      if (n < 3) return this.go(n + 1);")
    assert [(one.max_attempts, one.line) for one in inventory.retries] == [(4, line)]
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (1, 4)}


def test_a_static_method() -> None:
    source = SETUP + "class A { @Retry(3) static async go() { return one(); } }\nA.go();"
    assert called(audited({"main.ts": source}), "script", "main.ts") == {"GET a.test/one": (1, 3)}


def test_a_decorator_in_another_file() -> None:
    files = {
        "retry.ts": SETUP.replace("function Retry", "export function Retry"),
        "main.ts": "import { Retry } from './retry';\nclass A { @Retry(2) async go() { return fetch('https://a.test/one'); } }\nnew A().go();",
    }
    inventory = audited(files)
    assert [(one.file, one.max_attempts) for one in inventory.retries] == [("retry.ts", 2)]
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (1, 2)}
