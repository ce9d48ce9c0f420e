"""Every failure that a user can see: exit code, sentence, and what to do about it, in one table."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Failure(Struct, frozen=True):
    """Templates of a sentence and a hint; the exit code is 2 for mistakes, 3 where there is nothing to do.

    Codes above 128 are what a shell reports of a program that a signal ended.
    """

    code: int
    sentence: str
    hint: str = ""


FAILURES: Final = {
    "project": Failure(2, "{why}"),
    "nothing": Failure(
        3,
        "{path}: no TypeScript or JavaScript files to analyze",
        "give the folder of a repository; ignored files, node_modules and *.d.ts do not count",
    ),
    "unknown-name": Failure(
        2,
        "{name}: no such entry or endpoint",
        "did you mean {near}? callaudit inventory lists all of them",
    ),
    "document": Failure(2, "{path}: cannot be read: {why}", "give the path of an audit document in Markdown"),
    "query": Failure(2, "query: {why}", "callaudit schema lists tables, views and columns"),
    "outputs": Failure(2, "{formats} formats for {outputs} files", "give one --output for each --format but one"),
    "output": Failure(2, "{path}: cannot be written: {why}", "give another --output, or - for standard output"),
    "stdout": Failure(2, "the output cannot be written: {why}"),
    # The reader had enough, as head has: nothing went wrong, so nothing is said.
    "reader-gone": Failure(141, ""),
    "interrupted": Failure(130, "interrupted"),
    "internal": Failure(
        2,
        "internal error: {why}",
        "this is a mistake in callaudit; report it in its issue tracker with what --debug prints",
    ),
}


class Failed(Exception):  # noqa: N818 - what happened, not what went wrong
    """A failure of the table, with the values of its sentence; it ends the command."""

    def __init__(self, failure_name: str, /, **values: object) -> None:
        """Look up the failure; `values` are text from anywhere and are escaped here."""
        from callaudit.report.escape import visible

        failure = FAILURES[failure_name]
        shown = {key: visible(str(value)) for key, value in values.items()}
        self.code = failure.code
        self.sentence = failure.sentence.format_map(shown)
        self.hint = failure.hint.format_map(shown) if shown.get("near") != "" else ""
        super().__init__(self.sentence)
