"""A rule as SARIF describes it: what GitHub shows beside an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from callaudit.rules.model import Rule

MOST_TAGS: Final = 10
_PROBLEM: Final = {"error": "error", "warning": "warning", "note": "recommendation"}


def sarif_rule(rule: Rule) -> dict[str, Any]:
    """Return the descriptor of a rule; its help is what `callaudit explain` says."""
    help_text = rule_help(rule)
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.docs.what.strip() or rule.title},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {
            "precision": rule.confidence,
            "problem.severity": _PROBLEM[rule.severity],
            "number": rule.number,
            "tags": ["api-calls", rule.group][:MOST_TAGS],
        },
    }


def rule_help(rule: Rule) -> str:
    """Return the documentation of a rule as Markdown, without its title."""
    docs = rule.docs
    parts = (("", docs.what), ("Why", docs.why), ("How to fix", docs.fix), ("When to ignore", docs.ignore))
    told = [f"**{title}**\n\n{text.strip()}" if title else text.strip() for title, text in parts if text.strip()]
    suppress = f"Silence one place with `// callaudit: ignore[{rule.id}] -- reason`."
    return "\n\n".join([*told, suppress]) + "\n"
