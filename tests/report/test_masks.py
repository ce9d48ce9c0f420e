from __future__ import annotations

import pytest

from callaudit.report.escape import html_text, masked


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("fetch('https://u:p@h.test/x?api_key=abc123&y=1')", "fetch('https://***@h.test/x?api_key=***&y=1')"),
        ("const API_KEY = 'sk_live_abcdef';", "const API_KEY = '***';"),
        ("headers: { 'X-API-KEY': \"abcd1234\" }", "headers: { 'X-API-KEY': \"***\" }"),
        ('const token: string = "xyzabc";', 'const token: string = "***";'),
        ("process.env.SECRET ?? 'fallback-x'", "process.env.SECRET ?? '***'"),
        ("send('9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM')", "send('***')"),
    ],
)
def test_what_may_be_a_secret_is_masked(code: str, shown: str) -> None:
    assert masked(code) == shown


@pytest.mark.parametrize(
    "code",
    [
        "queryKey: ['positions', account]",
        "`${API}/x?account=${account}&key=${key}`",
        "import x from '@/lib/abc/defghijklmnopqrstuvwxyz'",
        "refetchInterval: isConnected ? 30000 : 15000,",
        "const tokenMint = params.token;",
        "fetch(`${API_URL}/api/v1/trades/history?account_address=${address}&limit=10`)",
    ],
)
def test_what_is_no_secret_stays(code: str) -> None:
    assert masked(code) == code


def test_a_page_shows_what_cannot_be_seen_and_keeps_its_lines() -> None:
    assert html_text("a\x1b[31m\n\tb\u202e\udc80") == "a\\x1b[31m\n\tb\\u202e\\x80"
    assert len(html_text("x\x00" * 600)) == 600 * 5
