"""What only holds while a program is tested: `process.env.NODE_ENV === "test"`.

Jest and Vitest set `NODE_ENV` to `test`, Vite's `import.meta.env.MODE` is `test` under Vitest, and nothing that runs a
program for its users does. What the program asks under tests is nobody's quota. `MODE` of a process may be anything.
"""

from __future__ import annotations

from callaudit.flow.values.values import Const, Unknown, Value

OF_BUNDLER = "the mode in which a bundler was run"
"""Why `import.meta.env.MODE` is not known."""
_TESTS = "test"


def only_in_tests(left: Value, right: Value) -> bool:
    """Whether two values are equal at most where the program is tested."""
    return _says_tests(left, right) or _says_tests(right, left)


def _says_tests(mode: Value, word: Value) -> bool:
    says = type(mode) is Unknown and (mode.env == "NODE_ENV" or mode.why == OF_BUNDLER)
    return says and type(word) is Const and word.value == _TESTS
