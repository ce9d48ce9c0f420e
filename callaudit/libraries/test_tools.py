"""Packages that only code for tests and catalogs of components uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PACKAGES = frozenset(
    {
        "@jest/globals",
        "@playwright/test",
        "@vitest/runner",
        "ava",
        "chai",
        "cypress",
        "cypress/react",
        "enzyme",
        "jest",
        "mocha",
        "node:test",
        "react-test-renderer",
        "sinon",
        "supertest",
        "vitest",
        "vitest/browser",
        "vitest-browser-react",
    }
)
_SCOPES = ("@testing-library/", "@storybook/")


def is_for_tests(sources: Iterable[str]) -> bool:
    """Whether a module that imports `sources` is one for tests."""
    return any(source in _PACKAGES or source.startswith(_SCOPES) for source in sources)
