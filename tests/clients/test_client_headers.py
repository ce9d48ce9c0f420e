"""Headers that are set on a client after it was made: they decide whose quota pays."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, cases

INSTANCE = "import axios from 'axios';\nconst c = axios.create({ baseURL: 'https://a.test' });\n"
ASK = "\nawait c.get('/one');"
USE = "c.interceptors.request.use("

SPELLINGS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "interceptor": (USE + "(config) => { config.headers['X-Key'] = process.env.KEY; return config; });", (("header", "x-key"),)),
    "interceptor with a dot": (USE + "(config) => { config.headers.Authorization = 'x'; return config; });", (("header", "authorization"),)),
    "interceptor with set": (USE + "(config) => { config.headers.set('X-Key', 'k'); return config; });", (("header", "x-key"),)),
    "interceptor, asserted": (USE + "(config) => { config.headers!['X-Key'] = 'k'; return config; });", (("header", "x-key"),)),
    "interceptor, all headers": (USE + "(config) => { config.headers = { ...config.headers, 'X-Key': 'k' }; return config; });", (("header", "x-key"),)),
    "interceptor, Object.assign": (USE + "(config) => { Object.assign(config.headers, { 'X-Key': 'k' }); return config; });", (("header", "x-key"),)),
    "interceptor, constant": ("const NAME = 'X-Key';\n" + USE + "(config) => { config.headers[NAME] = 'k'; return config; });", (("header", "x-key"),)),
    "interceptor elsewhere": ("function sign(config) { config.headers['X-Key'] = 'k'; return config; }\n" + USE + "sign);", (("header", "x-key"),)),
    "interceptor, async": (USE + "async (config) => { config.headers['X-Key'] = await key(); return config; });", (("header", "x-key"),)),
    "on a condition": (USE + "(config) => { if (token) { config.headers['X-Key'] = token; } return config; });", (("header-when", "x-key"),)),
    "computed": (USE + "(config) => { config.headers[name()] = 'k'; return config; });", (("headers", "an interceptor sets a header whose name is computed"),)),
    "handed on": (USE + "(config) => sign(config));", (("headers", "an interceptor hands its request on"),)),
    "of a package": ("import { sign } from 'signer';\n" + USE + "sign);", (("headers", "an interceptor that is not followed may add headers"),)),
    "only read": (USE + "(config) => { console.log(config.url, config.headers['X-Key']); return config; });", ()),
    "of answers": ("c.interceptors.response.use((answer) => { answer.headers['X-Key'] = 'k'; return answer; });", ()),
    "of another client": ("const d = axios.create({});\nd.interceptors.request.use((config) => { config.headers['X-Key'] = 'k'; return config; });", ()),
    "defaults": ("c.defaults.headers.common['X-Key'] = 'k';", (("header", "x-key"),)),
    "defaults of a method": ("c.defaults.headers.post['X-Key'] = 'k';", (("header-when", "x-key"),)),
    "nothing": ("", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_headers_that_are_set_on_a_client(name: str) -> None:
    source, headers = SPELLINGS[name]
    inventory = audited({"package.json": '{"dependencies": {"axios": "1.0.0"}}', ENTRY: INSTANCE + source + ASK})
    (call,) = inventory.calls
    assert tuple(option for option in call.options if option[0].startswith("header")) == headers


OWNERS = {
    "the library itself": "import axios from 'axios';\naxios.interceptors.request.use((config) => { config.headers['X-Key'] = 'k'; return config; });\nawait axios.get('https://a.test/one');",
    "a field of a class": "import axios from 'axios';\nclass Api { constructor() { this.http = axios.create({ baseURL: 'https://a.test' }); this.http.interceptors.request.use((config) => { config.headers['X-Key'] = 'k'; return config; }); } get() { return this.http.get('/one'); } }\nawait new Api().get();",
    "made in a function": "import axios from 'axios';\nfunction make() { const http = axios.create({ baseURL: 'https://a.test' }); http.interceptors.request.use((config) => { config.headers['X-Key'] = 'k'; return config; }); return http; }\nconst http = make();\nawait http.get('/one');",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(OWNERS))
def test_whose_headers_they_are(name: str) -> None:
    (call,) = audited({"package.json": '{"dependencies": {"axios": "1.0.0"}}', ENTRY: OWNERS[name]}).calls
    assert ("header", "x-key") in call.options
