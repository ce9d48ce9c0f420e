"""Defaults of environment variables from example files, without anything that could be a secret."""

from __future__ import annotations

import re

from callaudit.project.reading import read_source
from callaudit.project.records import EnvDefault, Notice

_MAX_BYTES = 262_144
_MASK = "***"

_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w{0,199})\s*=\s*(.*)", re.ASCII)
_SECRET_NAME = re.compile(
    r"KEY|SECRET|TOKEN|PASS|PWD|PRIVATE|CREDENTIAL|AUTH|SALT|SEED|MNEMONIC|SIGNATURE|(?:^|_)PIN(?:_|$)",
    re.IGNORECASE,
)
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,19})://([^/?#\s]*)([^?#\s]*)(\?[^#\s]*)?(#\S*)?")
_HOST = re.compile(r"(?:localhost|(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{1,24})(?::\d{1,5})?")
_PATH = re.compile(r"\.{0,2}/[\w./~@-]*", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")
_CRON = re.compile(
    r"@[a-z]{4,12}|[\d*][\d*/,-]{0,30}(?: (?:[\d*?][\d*/,#L-]{0,30}|[A-Z]{3}(?:[,-][A-Z]{3}){0,6})){4,5}", re.ASCII
)
# Tokens are long and mix letters with digits; words of a path do one of the two.
_TOKEN = re.compile(r"(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_+=-]{20,}")


def env_defaults(root: str, paths: list[str]) -> tuple[list[EnvDefault], list[Notice]]:
    """Read example environment files; the second list names those that could not be read.

    A value is kept when it is a URL (userinfo, credentials in its query and token-like parts masked), a path,
    a host with or without a port, a cron expression, or a plain number, and then only if the variable's name
    does not speak of a secret (a URL is kept for those too, masked). Every other variable is there with the
    value ''.
    """
    found: list[EnvDefault] = []
    notices: list[Notice] = []
    for path in paths:
        data = read_source(root, path, _MAX_BYTES)
        if isinstance(data, Notice):
            notices.append(data)
            continue
        for line, text in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
            match = _ASSIGNMENT.match(text)
            if match:
                name, value = match.groups()
                found.append(EnvDefault(name, safe_value(name, _bare(value)), path, line))
    return found, notices


def _bare(value: str) -> str:
    """Return a value without its quotes and without the comment behind it."""
    value = value.strip()
    quote = value[:1]
    if quote and quote in "\"'`":
        return value[1:].partition(quote)[0]
    return re.split(r"\s+#|^#", value, maxsplit=1)[0].rstrip()


def safe_value(name: str, value: str) -> str:
    """Return `value`, masked where needed, if it may be shown as the default of `name`, else ''."""
    if len(value) > 2000:
        return ""
    url = _URL.fullmatch(value)
    if url:
        return _masked(url)
    if _SECRET_NAME.search(name) or _TOKEN.search(value):
        return ""
    return value if any(form.fullmatch(value) for form in (_NUMBER, _HOST, _PATH, _CRON)) else ""


def _masked(url: re.Match[str]) -> str:
    scheme, authority, path, query, _ = url.groups()
    userinfo, at, host = authority.rpartition("@")
    if userinfo:
        host = f"{_MASK}{at}{host}"
    pieces = [
        f"{scheme}://{_TOKEN.sub(_MASK, host)}",
        "/".join(_TOKEN.sub(_MASK, part) for part in path.split("/")),
    ]
    if query:
        pairs = [pair.partition("=") for pair in query[1:].split("&")]
        pieces.append("?" + "&".join(key + eq + _masked_parameter(key, value) for key, eq, value in pairs))
    return "".join(pieces)


def _masked_parameter(key: str, value: str) -> str:
    return _MASK if value and (_SECRET_NAME.search(key) or _TOKEN.search(value)) else value
