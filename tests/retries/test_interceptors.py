"""Interceptors that send a failed request again."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, cases

CLIENT = "import axios from 'axios';\nconst api = axios.create({ baseURL: 'https://a.test' });\n"
USE = "api.interceptors.response.use((r) => r, async (error) => {"
END = "return Promise.reject(error); });"
ASK = "\nawait api.get('/one');"

SPELLINGS: dict[str, tuple[str, int | None]] = {
    "flag": ("const original = error.config; if (error.response?.status === 401 && !original._retry) { original._retry = true; await refresh(); return api(original); }", 2),
    "flag, destructured": ("const { config } = error; if (!config.again) { config.again = true; return api(config); }", 2),
    "flag, left early": ("const config = error.config; if (config.again) return Promise.reject(error); config.again = true; return api.request(config);", 2),
    "counter": ("const config = error.config; config.count = config.count || 0; if (config.count >= 3) return Promise.reject(error); config.count += 1; return api(config);", 4),
    "counter below": ("const config = error.config; if ((config.count ?? 0) < 3) { config.count = (config.count ?? 0) + 1; await new Promise((r) => setTimeout(r, 1000)); return api(config); }", 4),
    "counter, constant": ("const MAX = 5; const config = error.config; if (config.count < MAX) { config.count++; return axios(config); }", 6),
    "counter of a typed request": ("const config = error.config as InternalAxiosRequestConfig & { count?: number }; config.count = config.count ?? 0; if (config.count >= 3) throw error; config.count += 1; return api(config);", 4),
    "counter up to": ("const config = error.config; if (config.count <= 3) { config.count++; return api(config); }", 5),
    "without end": ("if (error.response?.status === 429) { return api(error.config); }", None),
    "flag that is never asked": ("error.config.again = true; return api(error.config);", None),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_requests_that_are_sent_again(name: str) -> None:
    body, attempts = SPELLINGS[name]
    inventory = audited(
        {"package.json": '{"dependencies": {"axios": "1.0.0"}}', ENTRY: CLIENT + USE + body + END + ASK}
    )
    (retry,) = inventory.retries
    assert (retry.mechanism, retry.max_attempts, retry.endpoints) == ("interceptor", attempts, ("GET a.test/one",))


NONE = {
    "another request": "await axios.post('https://b.test/log', { url: error.config.url });",
    "only looked at": "console.log(error.config.url);",
    "handed to something else": "queue.push(error.config);",
}


@pytest.mark.parametrize("name", cases(NONE))
def test_interceptors_that_send_nothing_again(name: str) -> None:
    inventory = audited(
        {"package.json": '{"dependencies": {"axios": "1.0.0"}}', ENTRY: CLIENT + USE + NONE[name] + END + ASK}
    )
    assert inventory.retries == ()


def test_an_interceptor_is_its_client_s_alone() -> None:
    other = "const other = axios.create({ baseURL: 'https://b.test' });"
    source = CLIENT + other + USE + SPELLINGS["flag"][0] + END + "\nawait other.get('/one');"
    assert audited({"package.json": '{"dependencies": {"axios": "1.0.0"}}', ENTRY: source}).retries == ()
