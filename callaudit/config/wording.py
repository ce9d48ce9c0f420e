"""How a key and its value are written in a message: as the configuration file would write them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from callaudit.providers.mistakes import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.config.lines import Keys

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_NOTHING: Final = object()


def told(keys: Keys, value: Any = _NOTHING) -> str:
    """Return `fail_on`, `[scenario.5000] share_connected = 1.4`, or `[scenario.5000] ` where the last key is empty."""
    table = f"[{'.'.join(map(key, keys[:-1]))}] " if len(keys) > 1 else ""
    name = key(keys[-1]) if keys[-1] else ""
    return f"{table}{name}" + ("" if value is _NOTHING else f" = {shown(value)}")


def key(name: str) -> str:
    """Return a key of TOML, quoted where it has to be."""
    return name if _BARE.fullmatch(name) else quote(name)


def shown(value: Any, text: Callable[[str], str] = quote) -> str:
    """Return a value as TOML writes it; a table as inline table. `text` writes texts, cut to a readable length."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return text(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(shown(item, text) for item in value)}]"
    if isinstance(value, dict):
        inside = ", ".join(f"{key(str(name))} = {shown(item, text)}" for name, item in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return "null" if value is None else str(value)


def toml_text(text: str) -> str:
    """Return a text as TOML, whole: what JSON escapes, and what only TOML has to."""
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")
