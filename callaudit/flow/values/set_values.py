"""What an assignment gives to a variable or property that may be something else before: `s.url = process.argv[2]`.

A default is the other way round: `given || "https://a.test"` says what it is where nothing is given.
"""

from __future__ import annotations

from callaudit.flow.values.values import ForeignValue, Unknown, Value


def set_at(value: Value, module: str, line: int) -> Value:
    """`value`, marked with the place where it is set where it is not known."""
    place = f"{module}:{line}"
    if type(value) is Unknown and not value.env and not value.set_at:
        return Unknown(
            value.name,
            value.why,
            type=value.type,
            default=value.default,
            given=value.given,
            receiver=value.receiver,
            most=value.most,
            set_at=place,
        )
    if type(value) is ForeignValue and value.args is None and not value.package and not value.made:
        marked = ForeignValue(value.package, value.path)
        marked.set_at = place
        return marked
    return value
