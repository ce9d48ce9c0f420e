"""Where HTTP clients are told how long a request may take, in milliseconds, and what they do untold.

axios 1 (https://axios-http.com/docs/req_config: none by default), got 11 to 14 (`timeout.request`; a number before
12), ky 1 and 2 (https://github.com/sindresorhus/ky#timeout: 10 s by default), undici 5 to 7 (`headersTimeout`,
`bodyTimeout`), node-fetch 2 (`timeout`), ofetch 1, request 2, needle 3 (https://github.com/tomas/needle#request-options),
Node's http. `signal` is the Fetch standard's, which all but request and needle take.
"""

from __future__ import annotations

TIMEOUTS: dict[str, tuple[str, ...]] = {
    "axios": ("timeout",),
    "HttpService": ("timeout",),
    "got": ("timeout.request", "timeout.response", "timeout"),
    "ky": ("timeout",),
    "fetch": ("timeout", "headersTimeout", "bodyTimeout"),
    "web": (),
    "request": ("timeout",),
    "needle": ("response_timeout", "read_timeout", "timeout", "open_timeout"),
    "node:http": ("timeout",),
    "jquery": ("timeout",),
}
"""Options by the name of the library, the first that is given counts."""

UNTOLD: dict[str, float] = {"ky": 10_000}
"""What applies where nothing is said."""
