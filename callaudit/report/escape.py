r"""Makes text from source code and file names harmless in each format.

What cannot be seen is written as its number: control characters of terminals, marks that turn the direction
of writing, bytes of names that are not UTF-8 (`\x1b`, `\u202e`).
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 500
"""Characters of one piece of text that are shown; the JSON report has all of them."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~@!&$]|:(?=//))")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_FORMULA: Final = (
    *"=+-@\t\r",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)
_CREDENTIALS = re.compile(r"(?<=://)[^/\s\"'`@]+(?=@)")
_SECRET_PARAMETER = re.compile(
    r"(?i)(?<=[?&])([\w-]*(?:key|secret|token|passw|pwd|signature|auth)[\w-]*=)(?![{$])[^&#\s\"'`]+"
)
_SECRET_LITERAL = re.compile(
    r"(?i)(\b[\w-]*(?:api[_-]?key|secret|token|passw|pwd|private[_-]?key|credential|mnemonic|authorization)[\w-]*"
    r"[\"'`]?\]?\s*(?::\s*[\w.<>]+\s*)?(?:=|:|\?\?|\|\|)\s*)([\"'`])(?:(?!\2)[^\\$]|\\.){4,}\2"
)
_LONG_TOKEN = re.compile(r"(?<=[\"'` =/])(?=[A-Za-z_+=-]*\d)(?=[\d_+=-]*[A-Za-z])[A-Za-z0-9_+=]{24,}(?=[\"'`&\s/]|$)")
_HIDDEN_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_ZERO_WIDTH_SPACE = "\u200b"


def visible(text: str) -> str:
    """Return text for a terminal: one line of printable characters, at most `LONGEST` and an ellipsis."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that was not UTF-8, as os.fsdecode keeps it
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def markdown(text: str) -> str:
    """Return text for a line or a table cell of Markdown that shows as itself: no markup, link or mention."""
    escaped = _MARKDOWN.sub(r"\\\1", visible(text))
    escaped = _LEADING.sub(r"\1\\\2" if not escaped[:1].isdigit() else r"\1\2", escaped)
    # A mention of a person or an issue is made from text, past every backslash.
    escaped = escaped.replace("\\@", "\\@" + _ZERO_WIDTH_SPACE).replace("\\#", "\\#" + _ZERO_WIDTH_SPACE)
    return escaped.replace("www.", "www" + _ZERO_WIDTH_SPACE + ".")


def markdown_code(text: str) -> str:
    """Return text as a code span of Markdown, or as plain text where a table would cut the span."""
    shown = visible(text).strip()
    if "|" in shown or not shown:
        return markdown(shown)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    space = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{space}{shown}{space}{fence}"


def csv_cell(text: str) -> str:
    """Return text for a cell that no spreadsheet takes for a formula."""
    shown = visible(text)
    return "'" + shown if text.startswith(_FORMULA) else shown


def html_text(text: str) -> str:
    """Return text for a page, which its template escapes: ends of lines and tabs stay, nothing is cut."""
    if text.isprintable():
        return text
    return "".join(one if one in "\n\t" else _shown(one) for one in text)


def masked(code: str) -> str:
    """Return code without what may be a secret: credentials in URLs, literals with the name or the look of a key."""
    safe = _SECRET_PARAMETER.sub(r"\1***", _CREDENTIALS.sub("***", code))
    return _LONG_TOKEN.sub("***", _SECRET_LITERAL.sub(r"\1\2***\2", safe))


def json_text(document: str) -> str:
    """Return a JSON document in which characters that terminals act on are written as numbers."""
    return _HIDDEN_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", document)


def encodable(text: str) -> str:
    """Return text without lone surrogates, which no encoder takes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
