"""Roles by name and place."""

from __future__ import annotations

import pytest

from callaudit.project.names import is_env_example, role_of


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("src/a.ts", "source"),
        ("src/a.test.ts", "test"), ("src/a.spec.tsx", "test"), ("src/contest.ts", "source"),
        ("src/__tests__/a.ts", "test"), ("src/__e2e__/a.ts", "test"),
        ("test/a.ts", "test"), ("tests/x/a.ts", "test"), ("e2e/a.ts", "test"),
        ("cypress/a.ts", "test"), ("playwright/a.ts", "test"), ("test/app.e2e-spec.ts", "test"),
        ("jest.setup.ts", "test"), ("src/setup.ts", "source"), ("test.ts", "source"),
        ("src/test.config/a.ts", "source"),
        ("app/test/route.ts", "source"), ("src/app/api/tests/route.ts", "source"),
        ("app/x/__tests__/a.ts", "test"),
        ("app/test/page.test.tsx", "test"), ("pages/api/mocks/x.ts", "source"),
        ("__mocks__/fs.ts", "mock"), ("src/mocks/handlers.ts", "mock"), ("src/a.mock.ts", "mock"),
        ("src/msw/server.ts", "mock"), ("public/mockServiceWorker.js", "mock"), ("src/mock.ts", "source"),
        ("src/Button.stories.tsx", "story"), ("src/stories.tsx", "source"),
        ("src/api.generated.ts", "generated"), ("src/__generated__/a.ts", "generated"),
        ("src/generated.ts", "source"),
        ("next.config.mjs", "config"), ("config/vite.config.ts", "config"), ("src/api.config.ts", "source"),
        ("config.ts", "source"),
    ],
)  # fmt: skip
def test_role(path: str, role: str) -> None:
    assert role_of(path, "") == role


def test_the_name_of_a_package_is_no_role() -> None:
    assert role_of("packages/app/test/a.ts", "packages/app") == "test"
    assert role_of("packages/test/src/a.ts", "packages/test") == "source"
    assert role_of("packages/test/src/a.ts", "") == "test"


@pytest.mark.parametrize(
    "name",
    [".env.example", ".env.sample", ".env.template", ".env.defaults", ".env.web.example", "example.env"],
)
def test_example_environment_files(name: str) -> None:
    assert is_env_example(name)


@pytest.mark.parametrize(
    "name",
    [
        ".env",
        ".env.local",
        ".env.production",
        ".env.development",
        ".env.example.local",
        "example.ts",
        "x.env",
    ],
)
def test_real_environment_files_are_never_read(name: str) -> None:
    assert not is_env_example(name)
