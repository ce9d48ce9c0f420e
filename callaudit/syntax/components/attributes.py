"""Attributes of elements as JSX writes them."""

from __future__ import annotations

import json
import re

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_WORD = re.compile(r"(?<![.\w$])[A-Za-z_$][\w$]*")
_TEXT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")
_FUNCTION = re.compile(r"\s*(?:async\b\s*)?(?:function\b|\((?:[^()]|\([^()]*\))*\)\s*(?::[^=]+)?=>|[\w$]+\s*=>)")
_PATH = re.compile(r"\s*[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*|\[[^\]]*\])*\s*")
_NO_NAMES = frozenset({"true", "false", "null", "undefined", "typeof", "instanceof", "in", "of", "new", "void"})


def property_name(name: str) -> str:
    """`api-url` as `apiUrl`; empty where JSX cannot write it."""
    first, *rest = name.split("-")
    found = first + "".join(part[:1].upper() + part[1:] for part in rest)
    return found if _NAME.fullmatch(found) else ""


def component_name(name: str) -> str:
    """`todo-item` as `TodoItem`; empty where no component can be called so."""
    parts = re.split(r"[-_ ]+", name)
    found = "".join(part[:1].upper() + part[1:] for part in parts)
    return found if all(_NAME.fullmatch(part) for part in found.split(".")) else ""


def quoted(text: str) -> str:
    """A static value."""
    return json.dumps(text)


def is_handler(code: str) -> bool:
    """Whether the value of a handler is a function, not what is done."""
    return bool(_FUNCTION.match(code) or _PATH.fullmatch(code))


def calls_something(code: str) -> bool:
    """Whether evaluating `code` may do anything."""
    return "(" in code or "`" in code


def is_fixed(code: str, fixed: frozenset[str]) -> bool:
    """Whether `code` mentions nothing that may hold something else later."""
    words = set(_WORD.findall(_TEXT.sub("''", code))) - _NO_NAMES
    return words <= fixed
