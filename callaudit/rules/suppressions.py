"""Comments that silence findings: `// callaudit: ignore[rule-id] -- reason`, and those that silence nothing.

A comment speaks of its own line and of the next one, `ignore-file[...]` of its whole file. Rules are named by id or
by number, several with commas between.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.providers.mistakes import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from callaudit.rules.model import Finding, Rule

    Comments = Mapping[str, Sequence[tuple[int, str]]]
    """Of each file the comments that speak to callaudit: their first line and their text."""

    Row = tuple[str, int, str, str, str]

_SAID = re.compile(r"callaudit:\s*(ignore(?:-file)?)\b\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)
_REASON = re.compile(r"--\s*(.*?)\s*(?:\*/\s*\}?|-->)?\s*$", re.DOTALL)


class _Comment(Struct, frozen=True):
    """One comment that silences something; `lines` are those that it speaks of, none for its whole file."""

    file: str
    line: int
    said: str
    names: tuple[str, ...]
    reason: str
    lines: tuple[int, ...]


class Suppressions:
    """All comments of a repository that silence findings, and which of them did."""

    def __init__(self, comments: Comments, rules: Iterable[Rule]) -> None:
        """Read the comments; `rules` are all that there are, whether they run or not."""
        self._rules = {name: rule.id for rule in rules for name in (rule.id, rule.number)}
        self._comments: dict[str, list[_Comment]] = {}
        for file, found in comments.items():
            read = [one for line, text in found if (one := _read(file, line, text)) is not None]
            if read:
                self._comments[file] = read
        self._used: set[tuple[str, int, str]] = set()

    def applied(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings, those that a comment silences with its reason."""
        return tuple(self._marked(one) for one in findings)

    def idle(self, ran: frozenset[str]) -> Iterator[Row]:
        """Give a row of the table `suppressions` for each name that silences nothing or is none.

        A rule that did not run could have found something, so comments about it are left alone.
        """
        for comments in self._comments.values():
            for one in comments:
                if not one.names:
                    why = "it names no rule; write ignore[rule-id]"
                    yield one.file, one.line, one.said, "unclear", why
                for name in one.names:
                    rule = self._rules.get(name)
                    if rule is None:
                        near = did_you_mean(name, self._rules).replace('"', "")
                        yield one.file, one.line, one.said, "unclear", f"there is no rule {name}{near}"
                    elif rule in ran and (one.file, one.line, name) not in self._used:
                        where = "on its line or the next one" if one.lines else "in this file"
                        yield one.file, one.line, one.said, "unused", f"{rule} finds nothing {where}"

    def _marked(self, finding: Finding) -> Finding:
        for one in self._comments.get(finding.file, ()):
            if one.lines and finding.line not in one.lines:
                continue
            for name in one.names:
                if self._rules.get(name) == finding.rule:
                    self._used.add((one.file, one.line, name))
                    return replace(finding, suppressed=True, reason=one.reason)
        return finding


def _read(file: str, line: int, text: str) -> _Comment | None:
    found = _SAID.search(text)
    if found is None:
        return None
    reason = _REASON.match(found[3])
    names = tuple(name for part in (found[2] or "").split(",") if (name := part.strip()))
    last = line + text.rstrip().count("\n")
    lines = () if found[1] == "ignore-file" else tuple(range(line, last + 2))
    return _Comment(file, line, found[2] or "", names, " ".join(reason[1].split()) if reason else "", lines)
