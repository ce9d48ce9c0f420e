"""Every failure that a user can see: exit code, sentence, and what to do about it, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


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
        "looked for .ts, .tsx, .js, .jsx, .vue, .svelte and .astro files that git does not ignore, node_modules and "
        "*.d.ts left out; "
        "give the folder of a repository",
    ),
    "unknown-name": Failure(
        2,
        "{name}: no such entry or endpoint",
        "did you mean {near}? callaudit inventory lists all of them",
    ),
    "document": Failure(2, "{path}: cannot be read: {why}", "give the path of an audit document in Markdown"),
    "no-target": Failure(2, "--check needs a file", "name the committed document with -o FILE"),
    "config": Failure(2, "{mistakes} in {path}; nothing was analyzed"),
    "rules": Failure(
        2,
        "{mistakes} in rules; nothing was analyzed",
        "callaudit test FILE reads rules and runs their examples; rules/rule.schema.json describes them",
    ),
    "selection": Failure(2, "{mistakes} in the names of rules; nothing was analyzed", "callaudit rules lists them"),
    "unknown-rule": Failure(2, "{name}: no such rule", "did you mean {near}? callaudit rules lists all of them"),
    "baseline": Failure(2, "{why}", "callaudit baseline write makes a new one"),
    "no-baseline": Failure(2, "no baseline is named", "give --baseline FILE, or set baseline in the configuration"),
    "diff": Failure(2, "--diff {base}: {why}", "{near}"),
    "exists": Failure(2, "{path} {why}", "--force writes the file all the same, -o - only prints it"),
    "query": Failure(2, "query: {why}", "callaudit schema lists tables, views and columns"),
    "options": Failure(2, "{mistakes} in options; nothing was analyzed", "callaudit load --help says more"),
    "scenario": Failure(2, "{name}: no such scenario", "{near}"),
    "plan": Failure(2, "--plan wants a whole number of users, not {name}", "callaudit load --help says more"),
    "export": Failure(2, "--export {tool} writes one script", "leave out --format, and give one --output at most"),
    "combined": Failure(2, "{name} cannot be combined with {base}", "run callaudit load once for each"),
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

    def __init__(self, failure_name: str, /, lines: Iterable[str] = (), **values: object) -> None:
        """Look up the failure; `values` and `lines` are text from anywhere and are escaped here.

        `lines` are mistakes, each with its place, that are said before the sentence.
        """
        from callaudit.report.escape import visible

        failure = FAILURES[failure_name]
        shown = {key: visible(str(value)) for key, value in values.items()}
        self.lines = tuple(map(visible, lines))
        self.code = failure.code
        self.sentence = failure.sentence.format_map(shown)
        # Where no name is near, only what comes after the question is said.
        hint = failure.hint.partition("? ")[2] if shown.get("near") == "" else failure.hint
        self.hint = hint.format_map(shown)
        super().__init__(self.sentence)
