"""Settings that a page is given when it is served: `window.API_URL`, `window._env_.API_URL`.

A script beside the program, or the page that loads it, sets them from variables of the environment, so that they are
read as those are. The platform names nothing so: what it has are words in small letters, and classes.
"""

from __future__ import annotations

import re

_CONSTANT = re.compile(r"^_*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+_*$")
"""The name of a setting: words in capitals with a line between them."""
_CLASS = re.compile(r"^[A-Z]\w*[a-z]")
"""A class or an object of the platform, whose constants are no settings: `Number.MAX_VALUE`, `NodeFilter.SHOW_TEXT`."""


def is_setting(path: tuple[str, ...]) -> bool:
    """Whether a global of this path, without `window`, is a setting: one itself, or the member of an object of some."""
    return 0 < len(path) <= 2 and bool(_CONSTANT.match(path[-1])) and (len(path) == 1 or not _CLASS.match(path[0]))
