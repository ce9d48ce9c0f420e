"""Where the user's cache lies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "CALLAUDIT_CACHE_DIR"
"""The environment variable that names another folder."""


def cache_folder() -> Path | None:
    """The folder for what is kept, by the custom of the system; `None` where the user has no home.

    A relative path counts as unset, as the XDG base directory specification asks.
    """
    own = os.environ.get(VARIABLE, "")
    if own:
        return Path.cwd() / own
    try:
        home = Path.home()
    except RuntimeError:
        return None
    base = home / ".cache"
    if sys.platform == "darwin":
        base = home / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif Path(os.environ.get("XDG_CACHE_HOME", "")).is_absolute():
        base = Path(os.environ["XDG_CACHE_HOME"])
    return base / "callaudit" if base.is_absolute() else None
