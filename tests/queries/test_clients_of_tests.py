"""Query clients of tests say nothing of the queries of the app."""

from __future__ import annotations

import pytest

from tests.queries.hooks import page

HEAD = "import { useQuery } from '@tanstack/react-query';"
QUERY = "useQuery({ queryKey: ['k'], queryFn: () => one() });"
CLIENT = """
import { QueryClient } from '@tanstack/react-query';
export const client = new QueryClient({ defaultOptions: { queries: { retry: 1, retryDelay: 30_000 } } });
"""
OTHER = "export const made = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });"


@pytest.mark.parametrize(
    "tool",
    ["import { render } from '@testing-library/react';", "import { vi } from 'vitest';", "import '@storybook/react';"],
)
def test_a_client_beside_test_tools_is_not_the_apps(tool: str) -> None:
    other = f"{tool}\nimport {{ QueryClient }} from '@tanstack/react-query';\n{OTHER}"
    found = page(QUERY, HEAD, {"lib/client.ts": CLIENT, "lib/render.tsx": other})
    assert "computed (for all queries)" not in [value for one in found.triggers for _, value in one.settings]
    (retry,) = found.retries
    assert (retry.file, retry.max_attempts, retry.delays_ms) == ("lib/client.ts", 2, (30_000,))


def test_a_second_client_of_the_app_is() -> None:
    other = f"import {{ QueryClient }} from '@tanstack/react-query';\n{OTHER}"
    found = page(QUERY, HEAD, {"lib/client.ts": CLIENT, "lib/render.tsx": other})
    assert "computed (for all queries)" in [value for one in found.triggers for _, value in one.settings]
