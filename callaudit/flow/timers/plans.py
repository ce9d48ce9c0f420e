"""When a schedule fires: what a scheduler is told, as intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.records import Span
from callaudit.flow.timers.cron import period
from callaudit.flow.timers.durations import UNITS, duration
from callaudit.flow.timers.recurrence_rules import range_of
from callaudit.flow.timers.schedule_options import settings_of
from callaudit.flow.timers.spans import number_of, ways
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, ForeignValue, Record, Seq, Text, Undefined, Unknown, Value
from callaudit.libraries.cron_expressions import EXPRESSIONS
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter

NAMED = {"hourly": "@hourly", "daily": "@daily", "weekly": "@weekly", "monthly": "@monthly"}
"""Units that say the interval themselves, as Convex's methods do."""
FIELDS = ("second", "minute", "hour", "date", "month", "dayOfWeek")
"""Fields of a rule of node-schedule 2, in the order of a cron expression."""
CDK_FIELDS = ("minute", "hour", "day", "month", "weekDay", "year")
"""Options of a cron schedule of the CDK, in the order of an expression."""
AMOUNTS = {name: UNITS[name.removesuffix("s")] for name in ("seconds", "minutes", "hours", "days")}
ONCE = "it runs once, at a date"
MOST_RULE_ITEMS = 60


class Plan(Struct, frozen=True):
    """When something fires; without `spans`, `why` says why that is not known."""

    spans: tuple[Span, ...] = ()
    why: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    shown: str = ""
    """The expression as the code has it, for names."""


def plan(interpreter: Interpreter, value: Value, unit: str) -> Plan:
    """What `value` says as a schedule.

    `unit` is `cron`, `aws`, `human`, `ms`, `s`, `units` (an object of amounts) or a word of `NAMED`.
    """
    spans: dict[Span, None] = {}
    settings: dict[tuple[str, str], None] = {}
    why = shown = ""
    for one, when in _alternatives(interpreter, value):
        found = _one(interpreter, one, unit)
        spans.update((Span(span.ms, when), None) for span in found.spans)
        settings.update(dict.fromkeys(found.settings))
        why = why or found.why
        shown = shown or found.shown
    kept = tuple(spans)
    if len({span.ms for span in kept}) == 1:
        kept = (Span(kept[0].ms),)
    return Plan(kept, "" if kept else why or "no schedule is given", tuple(settings), shown)


def _alternatives(interpreter: Interpreter, value: Value) -> Iterable[tuple[Value, str]]:
    if _is_date(value):
        return [(value, "")]
    found = ways(interpreter, value)
    expanded: list[tuple[Value, str]] = []
    for one, when in found:
        known = forced(one)
        if isinstance(known, Seq) and known.items and not known.open:  # several expressions for one job
            expanded.extend((forced(item), when or _each(item)) for item in known.items[:MOST_RULE_ITEMS])
        else:
            expanded.append((known, when))
    return expanded


def _each(item: Value) -> str:
    """One of several expressions that all fire, in the place of a condition."""
    known = forced(item)
    return f"by '{known.value}'" if isinstance(known, Const) else "by one of several"


def _is_date(value: Value) -> bool:
    expr = value.expr if isinstance(value, Lazy) else None
    return isinstance(expr, Call) and isinstance(expr.callee, Name) and expr.callee.id == "Date"


def _one(interpreter: Interpreter, value: Value, unit: str) -> Plan:
    if unit in NAMED:
        return of_cron(NAMED[unit])
    if _is_date(value):
        return Plan(why=ONCE)
    value = forced(value)
    if isinstance(value, Unknown) and value.env and value.default:
        found = _one(interpreter, Const(value.default), unit)
        return Plan(found.spans, found.why, (*found.settings, ("default_of", value.env)), found.shown)
    if isinstance(value, Text) and (variables := _variables(value)):
        written = "".join(part if isinstance(part, str) else part.default for part in value.parts)
        found = _one(interpreter, Const(written), unit)
        return Plan(found.spans, found.why, (*found.settings, ("default_of", ", ".join(variables))), found.shown)
    if unit in ("ms", "s"):
        return _number(value, 1_000 if unit == "s" else 1)
    if isinstance(value, Const) and isinstance(value.value, str):
        return _text(value.value, unit)
    if isinstance(value, Const) and unit in ("human", "cron") and number_of(value):
        return _number(value, 1)
    if isinstance(value, ForeignValue):
        return of_construct(interpreter, value) or _foreign(interpreter, value)
    if isinstance(value, Record):
        return _units(value) if unit == "units" else _rule(interpreter, value, unit)
    return _unknown(value)


def _variables(value: Text) -> tuple[str, ...]:
    """The variables of the environment in a text that is known by their defaults; none where that is not enough."""
    holes = [part for part in value.parts if isinstance(part, Unknown)]
    known = all(part.env and part.default for part in holes)
    return tuple(dict.fromkeys(part.env or "" for part in holes)) if known else ()


def _number(value: Value, unit: float) -> Plan:
    number = number_of(value)
    if number is None:
        return _unknown(value)
    ms = number * unit
    if ms <= 0:
        return Plan(why="its interval is not positive", shown=f"{number:g}")
    return Plan((Span(int(ms) if ms == int(ms) else ms),), shown=f"{number:g}")


def _text(text: str, unit: str) -> Plan:
    if unit in ("human", "aws"):
        ms = duration(text)
        if ms is not None:
            return Plan((Span(int(ms) if ms == int(ms) else ms),), shown=text)
    if unit == "aws":
        text = text.strip()
        if text.startswith("cron(") and text.endswith(")"):
            return of_cron(text[5:-1], "aws")
        return Plan(why=f"the schedule {text!r} is not understood", shown=text)
    return of_cron(text)


def of_cron(text: str, dialect: str = "") -> Plan:
    """What a cron expression says."""
    found = period(text, dialect)
    if found.why:
        return Plan(why=found.why, shown=text)
    uneven = (("shortest_ms", str(found.shortest)),) if found.shortest != found.ms else ()
    return Plan((Span(found.ms),), settings=(("cron", text), *uneven), shown=text)


def _foreign(interpreter: Interpreter, value: ForeignValue) -> Plan:
    """A member of Nest's enumeration of expressions, or an object that a library made of an expression."""
    name = value.path[-1] if value.path else ""
    if value.args is None and value.path[-2:-1] == ("CronExpression",):
        text = EXPRESSIONS.get(name)
        if text is None:
            return Plan(why=f"CronExpression has no {name}", shown=name)
        found = of_cron(text)
        return Plan(found.spans, found.why, found.settings, name)
    if value.args and name in ("CronTime", "cron", "CronPattern"):  # of cron, of later, of croner
        return plan(interpreter, value.args[0], "cron")
    if value.args and name == "text":  # of later
        return plan(interpreter, value.args[0], "human")
    return Plan(why=f"a value of {value.package or 'the platform'} that is not followed")


def of_construct(interpreter: Interpreter, value: ForeignValue) -> Plan | None:
    """What the CDK's `Schedule.rate(Duration.minutes(5))`, `.cron({ minute: '0' })` and `.expression('…')` say."""
    name = value.path[-1] if value.path else ""
    argument = forced(value.args[0]) if value.args else None
    if value.path[-2:-1] == ("Duration",) and name in AMOUNTS and argument is not None:
        return _number(argument, AMOUNTS[name])
    if value.path[-2:-1] != ("Schedule",) or argument is None:
        return None
    if name == "rate":
        return _one(interpreter, argument, "aws")
    if name == "expression":
        return _one(interpreter, argument, "aws")
    if name == "cron" and isinstance(argument, Record):
        texts = [_field(forced(argument.fields[field])) if field in argument.fields else "*" for field in CDK_FIELDS]
        if all(texts):
            return of_cron(" ".join(text or "*" for text in texts), "aws")
    return None


def _rule(interpreter: Interpreter, value: Record, unit: str) -> Plan:
    """An object with an expression in it, or with the fields of one."""
    for name in ("rule", "cron", "pattern", "cronTime", "expression", "schedule"):
        if name in value.fields:
            return plan(interpreter, value.fields[name], unit)
    if "every" in value.fields:
        return plan(interpreter, value.fields["every"], "human")
    if "dayOfMonth" in value.fields:  # Deno
        value = Record({**value.fields, "date": value.fields["dayOfMonth"]}, open=value.open)
    given = [name for name in FIELDS if name in value.fields]
    if not given or value.open:
        return Plan(why="an object of which no schedule is known")
    parts: list[str] = []
    for name in FIELDS:
        text = _field(forced(value.fields[name])) if name in value.fields else "0" if name == "second" else "*"
        if text is None:
            return Plan(why=f"its {name} is not known")
        parts.append(str(int(text) + 1) if name == "month" and text.isdigit() else text)
    return of_cron(" ".join(parts))


def _field(value: Value) -> str | None:
    """One field of a rule: a number, names, a list of them, `{ every: 5 }`, or nothing."""
    if isinstance(value, Record) and list(value.fields) == ["every"]:  # Deno
        step = number_of(value.fields["every"])
        return f"*/{int(step)}" if step and step >= 1 else None
    if isinstance(value, Undefined) or (isinstance(value, Const) and value.value is None):
        return "*"
    if isinstance(value, Const) and not isinstance(value.value, bool):
        return str(value.value)
    if isinstance(value, ForeignValue):
        return range_of(value)
    if isinstance(value, Seq) and value.items and not value.open:
        parts = [_field(forced(item)) for item in value.items[:MOST_RULE_ITEMS]]
        return ",".join(part for part in parts if part) if all(parts) else None
    return None


def _units(value: Record) -> Plan:
    """Amounts by unit: `{ minutes: 5 }`."""
    total: float = 0
    for name, item in value.fields.items():
        size = UNITS.get(name.lower().removesuffix("s"))
        if size is None:
            continue
        amount = number_of(item)
        if amount is None:
            return _unknown(forced(item))
        total += amount * size
    if total <= 0:
        return Plan(why="no amount of time is given")
    return Plan((Span(int(total)),), settings=settings_of(value), shown=f"{int(total)} ms")


def _unknown(value: Value) -> Plan:
    if isinstance(value, Unknown):
        why = f"{value.name}: {value.why}" if value.why else f"{value.name} is not known"
        return Plan(why=why, shown="{" + value.name + "}")
    if isinstance(value, Text):
        hole = next((part for part in value.parts if isinstance(part, Unknown)), None)
        text = "".join(part if isinstance(part, str) else "{" + part.name + "}" for part in value.parts)
        if hole is not None:
            why = f"a part of {text} is not known: {hole.name}" + (f": {hole.why}" if hole.why else "")
            return Plan(why=why, settings=(("cron", text),), shown=text)
    return Plan(why="no schedule is given" if isinstance(value, Undefined) else "the schedule is not followed")
